import type { Rng } from '../harness/index.ts'
import { bootstrapIntervals, FEWEST_SEEDS, type Interval } from './bootstrap.ts'
import { mean } from './statistics.ts'

/** The curves of two policies on one seed, in points per episode; equally long. */
export interface CurvePair {
  readonly seed: number
  readonly a: readonly number[]
  readonly b: readonly number[]
}

/** Mean score of a minus mean score of b, in points per episode. */
export interface Difference {
  readonly difference: number
  /** 95 % bootstrap over paired seeds, whole curves; null with a single seed, from which no spread can be known. */
  readonly interval: Interval | null
}

export interface PairedDifference extends Difference {
  /** The seeds that both policies ran with. */
  readonly seeds: readonly number[]
  /** True under five seeds: the interval is then too narrow to be trusted. */
  readonly rough: boolean
  /** Area between the two learning curves, in points: the difference summed over the episodes. */
  readonly area: Difference
  /** The same over the last ten episodes alone (all of them where there are fewer). */
  readonly lastTen: Difference
}

/** `pairs` is not empty. */
export function pairedDifference(pairs: readonly CurvePair[], rng: Rng): PairedDifference {
  const differences = pairs.map(({ a, b }) => [mean(a) - mean(b), mean(a.slice(-10)) - mean(b.slice(-10))] as const)
  const [all, lastTen] = pairs.length > 1 ? bootstrapIntervals(differences, rng) : []
  const difference = mean(differences.map(([overall]) => overall))
  const episodes = pairs[0]!.a.length
  return {
    difference,
    interval: all ?? null,
    seeds: pairs.map(({ seed }) => seed),
    rough: pairs.length < FEWEST_SEEDS,
    area: {
      difference: difference * episodes,
      interval: all === undefined ? null : [all[0] * episodes, all[1] * episodes],
    },
    lastTen: { difference: mean(differences.map(([, late]) => late)), interval: lastTen ?? null },
  }
}

export function excludesZero([low, high]: Interval): boolean {
  return low > 0 || high < 0
}
