import type { MessagePort } from 'node:worker_threads'
import type { RunEvent } from '../harness/index.ts'
import { TurnGate, turns } from './tui/turn-gate.ts'
import type { FromWorker, ToWorker } from './watched-run.ts'

/** Turns that may be on their way to the screen: enough that a run never waits for a frame, too few to fill memory. */
const turnsUnderWay = 64

/** The worker's side of a watched run: plays as the commands say and posts turn after turn. */
export async function serveRun(port: MessagePort, events: AsyncIterable<RunEvent>, turnsPerSecond: number) {
  const gate = new TurnGate(turnsPerSecond)
  const post = (message: FromWorker) => port.postMessage(message)
  let underWay = 0
  let taken = () => {}
  port.on('message', (message: ToWorker) => {
    if (message.type !== 'taken') return gate.accept(message)
    underWay -= 1
    taken()
  })
  for await (const turn of turns(events, gate)) {
    post({ type: 'turn', events: turn })
    underWay += 1
    while (underWay >= turnsUnderWay) await new Promise<void>((resolve) => (taken = resolve))
  }
  post({ type: 'done' })
  port.close()
}
