import type { View } from '../../harness/contracts.ts'
import { createPolicy } from '../../harness/create-policy.ts'
import type { RunConfig, RunEvent } from '../../harness/events.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { MeteredPrior } from '../../harness/metered-prior.ts'
import { type RunDeps, runEpisodes } from '../../harness/run.ts'
import { encodeState } from '../../harness/state-encoder.ts'
import type { ExperienceStore } from '../../memory/index.ts'
import { BruteForceStore } from '../memory/brute-force-store.ts'
import { ToyEnvironment, toyStory } from './toy-environment.ts'

const temperature = 0.8

export function toyConfig(spec: string, changes: Partial<RunConfig> = {}): RunConfig {
  const base = { seed: 1, episodes: 4, stepLimit: 12, gameSeed: { type: 'per-episode' }, ...changes } as const
  return {
    story: toyStory,
    policy: toyPolicy(spec, base.seed).info,
    prior: { name: 'lexical', rung: 'lexical features' },
    temperature,
    handicaps: ['valid actions'],
    ...base,
  }
}

/** The events of a run on the lighthouse, as `runEpisodes` makes them; `recorded` is what an earlier start has left. */
export function toyRun(
  config: RunConfig,
  store: ExperienceStore,
  recorded: Pick<RunDeps, 'unfinished'> = {},
  prior = new MeteredPrior(new LexicalPrior()),
): AsyncGenerator<RunEvent> {
  const policy = createPolicy(config.policy.name, { prior, store, temperature, seed: config.seed })
  return runEpisodes({ environment: new ToyEnvironment(), store, policy, prior, cache: new Map(), ...recorded }, config)
}

function toyPolicy(spec: string, seed: number) {
  return createPolicy(spec, { prior: new LexicalPrior(), store: new BruteForceStore(), temperature, seed })
}

/** What a policy sees in some room of no particular story. */
export function viewOf(changes: Partial<View> & { readonly text?: string; readonly location?: string } = {}): View {
  const { text = 'A room.', location = 'Room', validActions = ['north', 'wait'], ...rest } = changes
  const observation = { text, location, inventory: [], score: 0, maxScore: 10, moves: 0, input: 'line' } as const
  const state = encodeState({ observation, validActions, commands: [] })
  return { story: toyStory, episode: 1, turn: 1, observation, state, validActions, history: [], ...rest }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
