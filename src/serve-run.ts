import type { MessagePort } from 'node:worker_threads'
import type { RunEvent } from '../harness/index.ts'
import type { Person } from './person.ts'
import { TurnGate, turns } from './tui/turn-gate.ts'
import type { FromWorker, ToWorker } from './watched-run.ts'

/** Turns that may be on their way to the screen: enough that a run never waits for a frame, too few to fill memory. */
const turnsUnderWay = 64

/**
 * The worker's side of a watched run: plays as the commands say and posts turn after turn, as JSON: one string is
 * handed over in a fraction of the time that an object of a hundred small ones takes.
 */
export async function serveRun(
  port: MessagePort,
  events: AsyncIterable<RunEvent>,
  turnsPerSecond: number,
  person: Person,
): Promise<void> {
  const gate = new TurnGate(turnsPerSecond)
  const post = (message: FromWorker) => port.postMessage(message)
  let underWay = 0
  let taken = () => {}
  port.on('message', (message: ToWorker) => {
    if (message.type === 'taken') {
      underWay -= 1
      return taken()
    }
    if (message.type === 'intervene') person.does(message.doing)
    gate.accept(message)
  })
  for await (const turn of turns(events, gate)) {
    post({ type: 'turn', events: JSON.stringify(turn) })
    underWay += 1
    while (underWay >= turnsUnderWay) await new Promise<void>((resolve) => (taken = resolve))
  }
  post({ type: 'done' })
  port.close()
}
