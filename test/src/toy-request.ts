import type { RunEvent } from '../../harness/index.ts'
import { type RunRequest, startRun } from '../../src/run.ts'
import { ToyEnvironment } from '../harness/toy-environment.ts'

/** A run on the lighthouse. */
export function toyRequest(out: string, changes: Partial<RunRequest> = {}): RunRequest {
  return {
    story: 'lighthouse',
    policy: 'jitrl',
    parameters: {},
    model: null,
    memory: null,
    seed: 1,
    gameSeed: { type: 'per-episode' },
    episodes: 4,
    stepLimit: 8,
    temperature: 0.8,
    out,
    command: 'grue learn lighthouse',
    ...changes,
  }
}

/** Plays it, up to an event if need be; without the actions that other runs have left on this machine. */
export async function playToy(request: RunRequest, isLast: (event: RunEvent) => boolean = () => false) {
  const events: RunEvent[] = []
  for await (const event of startRun(request, { environment: new ToyEnvironment() })) {
    events.push(event)
    if (isLast(event)) break
  }
  return events
}
