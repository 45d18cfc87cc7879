import type { Observed, RunEvent } from './events.ts'
import { RecordingError } from './recording-error.ts'

/** One turn as a log holds it. */
export interface RecordedTurn {
  /** What happened up to the step: model calls, the decision, an intervention. */
  readonly before: readonly RunEvent[]
  /** Null for the opening. */
  readonly command: string | null
  readonly observed: Observed
}

/** The turns of one episode's events, the opening first. What follows the last `observed` is no finished turn. */
export function recordedTurns(events: readonly RunEvent[]): readonly RecordedTurn[] {
  const turns: RecordedTurn[] = []
  let before: RunEvent[] = []
  let command: string | null = null
  for (const event of events) {
    if (event.type === 'stepped') command = event.command
    else if (event.type !== 'observed') before.push(event)
    else {
      turns.push({ before, command, observed: event })
      before = []
      command = null
    }
  }
  return turns
}

/** Throws `RecordingError` where a turn that was played again came to another world than its record says. */
export function checkReplayed(turn: RecordedTurn | undefined, { worldHash }: { readonly worldHash: string }): void {
  if (turn === undefined || turn.observed.worldHash === worldHash) return
  const { episode, turn: number } = turn.observed
  throw new RecordingError(
    `Episode ${episode}, turn ${number} does not come out as it was recorded: world ${turn.observed.worldHash} then, ${worldHash} now. ` +
      'The record was changed, or another version of grue made it; start the run again in an empty folder.',
  )
}
