import type { RecordedRun, RunEvent } from '../harness/index.ts'

/** What a recording holds of the episodes that are in its memory: a run that is resumed plays the rest. */
export async function* finishedEpisodes(run: RecordedRun): AsyncGenerator<RunEvent> {
  let events: RunEvent[] = []
  for await (const event of run.events()) {
    if (event.type === 'run-ended') return
    events.push(event)
    if (event.type !== 'memory-stored') continue
    yield* events
    events = []
  }
}
