import type { RecordedRun, RunConfig, RunEvent } from '../../harness/index.ts'

export const STORY: RunConfig['story'] = {
  id: 'lighthouse',
  title: 'The Lighthouse',
  version: 5,
  release: 3,
  serial: '260101',
  sha256: 'ab'.repeat(32),
  maxScore: 50,
}

export interface RunSettings extends Partial<Omit<RunConfig, 'policy'>> {
  readonly policy?: string
  readonly parameters?: RunConfig['policy']['parameters']
  readonly command?: string
  readonly events?: readonly RunEvent[]
}

/** A run that scored this, one number per episode. */
export function runOf(scores: readonly number[], settings: RunSettings = {}): RecordedRun {
  const { policy = 'jitrl', parameters = {}, command = 'grue learn lighthouse', events = [], ...config } = settings
  return {
    directory: `runs/${policy}-${config.seed ?? 1}`,
    run: `lighthouse/${policy}/seed-${config.seed ?? 1}/00000000`,
    async *events() {
      yield* events
    },
    config: {
      story: STORY,
      policy: { name: policy, parameters },
      prior: { name: 'lexical', rung: 'lexical features' },
      seed: 1,
      gameSeed: { type: 'per-episode' },
      episodes: scores.length,
      stepLimit: 60,
      temperature: 1,
      handicaps: ['valid actions'],
      ...config,
    },
    provenance: { command, version: '0.1.0', node: 'v20.20.2', machine: '2 x Test CPU' },
    episodes: scores.map((score, index) => ({
      episode: index + 1,
      gameSeed: index,
      score,
      maxScore: 50,
      steps: 60,
      terminated: false,
      truncated: true,
      victory: false,
      seconds: 2,
    })),
  }
}
