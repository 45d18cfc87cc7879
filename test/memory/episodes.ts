import fc from 'fast-check'
import type { EpisodeRecord, StateRecord } from '../../memory/index.ts'

/** A state whose tokens are the words of its key. */
export function state(key: string): StateRecord {
  return { key, situation: `${key} (situation)`, tokens: [...new Set(key.split(' '))].sort() }
}

/** An episode of run `run` that walks through states named by their words; every step is an `[action, reward]`. */
export function walk(
  episode: number,
  path: readonly (readonly [state: string, action: string, reward: number])[],
  { run = 'run', end = 'end' }: { readonly run?: string; readonly end?: string } = {},
): EpisodeRecord {
  return {
    run,
    episode,
    gameSeed: 1000 + episode,
    score: path.reduce((sum, [, , reward]) => sum + reward, 0),
    terminated: false,
    victory: false,
    steps: path.map(([key, action, reward]) => ({ state: state(key), action, reward, terminated: false })),
    finalState: state(end),
  }
}

/** Few tokens, so that sets repeat, overlap and tie; the empty set and sets of one included. */
export const anyTokens = fc.array(fc.constantFrom('attic', 'dark', 'lamp', 'north', 'rope', 'troll'), { maxLength: 7 })

const anyState: fc.Arbitrary<StateRecord> = fc.record({
  key: fc.constantFrom('', 'attic', "it's [dark]\n\0'; DROP TABLE steps"),
  situation: fc.constantFrom('a', 'b'),
  tokens: anyTokens,
})

/** Plus 0, because SQLite does not keep the sign of a zero; not so large that a sum of them is infinite. */
const anyFraction = fc.double({ min: -1e300, max: 1e300, noNaN: true }).map((number) => number + 0)

const anySteps = fc.array(
  fc.record({
    state: anyState,
    action: fc.string(),
    reward: fc.oneof(fc.integer({ min: -20, max: 50 }), anyFraction),
    terminated: fc.boolean(),
  }),
  { maxLength: 6 },
)

const anyEpisode: fc.Arbitrary<EpisodeRecord> = fc.record({
  run: fc.constantFrom('one', 'two'),
  episode: fc.integer({ min: 1, max: 1000 }),
  gameSeed: fc.maxSafeNat(),
  score: fc.integer(),
  terminated: fc.boolean(),
  victory: fc.boolean(),
  steps: anySteps,
  finalState: anyState,
})

/** Episodes with pairwise different (run, episode). */
export const anyEpisodes = fc.uniqueArray(anyEpisode, {
  selector: ({ run, episode }) => `${run} ${episode}`,
  maxLength: 12,
})
