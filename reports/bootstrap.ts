import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Rng } from '../harness/index.ts'

export type Interval = readonly [low: number, high: number]

/** Below this many seeds a percentile bootstrap is known to be too narrow, so results say that they are rough. */
export const FEWEST_SEEDS = 5

/**
 * 95 % percentile-bootstrap interval of the mean of every column (Efron and Tibshirani, An Introduction to the
 * Bootstrap, chapter 13).
 *
 * `units`: one row of numbers per seed, all equally long. A resample draws whole rows with replacement, so what belongs
 * to one seed (a curve, both sides of a pair) stays together. One row yields an interval of no width, which says nothing.
 */
export function bootstrapIntervals(
  units: readonly (readonly number[])[],
  rng: Rng,
  resamples = 10_000,
): readonly Interval[] {
  const seeds = units.length
  const draws = Uint32Array.from({ length: resamples * seeds }, () => Math.floor(rng.next() * seeds))
  const means = new Float64Array(resamples)
  return (units[0] ?? []).map((_, column) => {
    const values = Float64Array.from(units, (row) => row[column]!)
    for (let resample = 0; resample < resamples; resample++) {
      let sum = 0
      for (let draw = resample * seeds; draw < (resample + 1) * seeds; draw++) sum += values[draws[draw]!]!
      means[resample] = sum / seeds
    }
    return percentiles(means)
  })
}

/**
 * 95 % percentile-bootstrap intervals of any statistics of scores in strata. A resample draws within each stratum, as
 * many as it holds, so that every story keeps its weight (stratified bootstrap, Agarwal et al. 2021, section 4.1).
 *
 * `strata`: none empty; strata of one value never vary. `statistics`: as many numbers every time.
 */
export function stratifiedIntervals(
  strata: readonly (readonly number[])[],
  statistics: (strata: readonly (readonly number[])[]) => readonly number[],
  rng: Rng,
  resamples = 2_000,
): readonly Interval[] {
  const columns = statistics(strata).map(() => new Float64Array(resamples))
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = strata.map((values) => values.map(() => values[Math.floor(rng.next() * values.length)]!))
    for (const [index, value] of statistics(drawn).entries()) columns[index]![resample] = value
  }
  return columns.map(percentiles)
}

/** The same stream every time: a report made twice from the same runs is the same report. */
export function bootstrapRng(): Rng {
  const generator = xoroshiro128plus(2601_18510)
  return { next: () => uniformFloat64(generator) }
}

function percentiles(resampled: Float64Array): Interval {
  resampled.sort()
  return [quantile(resampled, 0.025), quantile(resampled, 0.975)]
}

/** Linear between the two nearest order statistics (type 7 of Hyndman and Fan 1996, the default of NumPy and R). */
function quantile(sorted: Float64Array, probability: number): number {
  const position = (sorted.length - 1) * probability
  const below = sorted[Math.floor(position)]!
  const above = sorted[Math.ceil(position)]!
  return below + (above - below) * (position - Math.floor(position))
}
