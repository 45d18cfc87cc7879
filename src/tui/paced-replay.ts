import type { RunEvent } from '../../harness/index.ts'
import { TurnGate, turns, type WatchedRun } from './turn-gate.ts'

/** A recorded run's events at a person's pace, with the controls of a live one. */
export function pacedReplay(recorded: AsyncIterable<RunEvent>, initial: { readonly speed: number }): WatchedRun {
  const gate = new TurnGate(initial.speed)
  async function* events(): AsyncGenerator<RunEvent> {
    for await (const turn of turns(recorded, gate)) yield* turn
  }
  return { events: events(), control: (command) => gate.accept(command), abandon: () => gate.accept({ type: 'stop' }) }
}
