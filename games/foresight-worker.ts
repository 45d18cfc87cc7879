// A thread that plays commands ahead of a search (foresight.ts).
import { type MessagePort, workerData } from 'node:worker_threads'
import { type Batch, type LearntStory, type Played, POSTED, type SearchStart, takeLast } from './foresight.ts'
import { Machine } from './machine.ts'
import { passKeys } from './opening-keys.ts'
import { Probe } from './probe.ts'
import { learnStory } from './story-knowledge.ts'

const { story, port }: { story: LearntStory; port: MessagePort } = workerData
const machine = new Machine(story.bytes, 0)
passKeys(machine, machine.glk.takeText())
const { world } = learnStory(machine, story.calibration, story.learned)
let search = 0
let probe: Probe | null = null

port.on('message', (message: SearchStart | Batch) => {
  if ('start' in message) {
    machine.load(message.start)
    search = message.search
    probe = Probe.on(machine, world)
    probe.keepDiceAt(message.kept)
  } else if (probe) play(message, probe)
})

function play(batch: Batch, probe: Probe): void {
  for (let commands = takeLast(batch); commands.length > 0; commands = takeLast(batch)) {
    const outcomes = commands.map((command) => {
      const before = machine.spent
      const outcome = probe.play(command)
      return [command, { outcome, spent: machine.spent - before }] as const
    })
    const played: Played = { search, outcomes }
    port.postMessage(played)
    Atomics.add(batch.board, POSTED, 1)
    Atomics.notify(batch.board, POSTED)
  }
}
