import type { Rng } from '../harness/index.ts'
import { bootstrapIntervals, type Interval } from './bootstrap.ts'
import { mean, movingAverage } from './statistics.ts'

/** One policy's curve over its seeds; every list has one entry per episode, in points. */
export interface LearningCurve {
  /** Mean over seeds of the scores, each averaged over `window` episodes up to and including its own. */
  readonly line: readonly number[]
  /** 95 % bootstrap over seeds, whole curves, of `line` at each episode; null with a single seed. */
  readonly band: readonly Interval[] | null
  /** Mean over seeds of the scores as they were. */
  readonly raw: readonly number[]
}

/** A band is read off a drawing, not as numbers to two places. */
const BAND_RESAMPLES = 2_000

/** `seeds`: the scores of each seed, equally many. */
export function learningCurve(seeds: readonly (readonly number[])[], window: number, rng: Rng): LearningCurve {
  const smoothed = seeds.map((scores) => movingAverage(scores, window))
  return {
    line: meanCurve(smoothed),
    band: seeds.length > 1 ? bootstrapIntervals(smoothed, rng, BAND_RESAMPLES) : null,
    raw: meanCurve(seeds),
  }
}

/** Single scores jump: a curve of twenty episodes or more is averaged over five, a shorter one is shown as it is. */
export function smoothingWindow(episodes: number): number {
  return episodes < 20 ? 1 : 5
}

function meanCurve(curves: readonly (readonly number[])[]): readonly number[] {
  return Array.from(curves[0] ?? [], (_, index) => mean(curves.map((curve) => curve[index]!)))
}
