import type { ModelCall } from './contracts.ts'
import type { RunEvent } from './events.ts'

/** The calls to a model that an event tells of: those of a turn or an episode, or of the probe, which cost as much. */
export function modelCallsOf(event: RunEvent): readonly ModelCall[] {
  if (event.type === 'model-called') return [event.call]
  return event.type === 'model-probed' ? event.calls : []
}
