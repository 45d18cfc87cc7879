import type { Decision, RunEvent } from '../harness/index.ts'

/** How often the base policy was right where it was that sure. */
export interface CalibrationBin {
  /** Of the probability, `from` inclusive, `to` exclusive but for the last. */
  readonly from: number
  readonly to: number
  /** Commands, each in its situation. */
  readonly count: number
  /** Mean probability that the base policy gave them. */
  readonly predicted: number
  /** Share of them that turned out to be the best of their situation. */
  readonly observed: number
}

export interface Calibration {
  /** Only those that hold something. */
  readonly bins: readonly CalibrationBin[]
  /** Expected calibration error: mean distance of predicted and observed, weighted by count (Naeini et al. 2015). */
  readonly error: number
  readonly situations: number
}

/** One situation as it was last met: what the base policy gave each command, and which was the best as far as known. */
export interface Judged {
  readonly priors: readonly number[]
  readonly best: number
}

/**
 * Remembers each situation as the run last met it, when most was known of it. Only situations in which at least two
 * commands have an estimated return, and one of them the largest alone, say which is the best: of equals, as where
 * nothing was ever earned, the first would be it by its place in the list.
 */
export class PriorJudge {
  readonly #situations = new Map<string, Judged>()

  take(event: RunEvent): void {
    if (event.type !== 'decided') return
    const { situation } = event.decision.state
    const judged = judge(event.decision)
    if (judged === null) this.#situations.delete(situation)
    else this.#situations.set(situation, judged)
  }

  result(): readonly Judged[] {
    return [...this.#situations.values()]
  }
}

function judge({ candidates }: Decision): Judged | null {
  const returns = candidates.map(({ q }) => q ?? Number.NEGATIVE_INFINITY)
  const known = returns.filter(Number.isFinite)
  const largest = Math.max(...known)
  if (known.length < 2 || known.filter((q) => q === largest).length > 1) return null
  return { priors: candidates.map(({ prior }) => prior), best: returns.indexOf(largest) }
}

const BINS = 10

/** Ten bins of equal width; null of nothing. */
export function calibrate(situations: readonly Judged[]): Calibration | null {
  if (situations.length === 0) return null
  const sums = Array.from({ length: BINS }, () => ({ count: 0, predicted: 0, hits: 0 }))
  for (const { priors, best } of situations)
    for (const [index, prior] of priors.entries()) {
      const bin = sums[Math.min(BINS - 1, Math.floor(prior * BINS))]!
      bin.count++
      bin.predicted += prior
      if (index === best) bin.hits++
    }
  const bins = sums
    .map(({ count, predicted, hits }, index) => ({
      from: index / BINS,
      to: (index + 1) / BINS,
      count,
      predicted: predicted / count,
      observed: hits / count,
    }))
    .filter(({ count }) => count > 0)
  const all = bins.reduce((sum, { count }) => sum + count, 0)
  const error = bins.reduce((sum, bin) => sum + (bin.count / all) * Math.abs(bin.predicted - bin.observed), 0)
  return { bins, error, situations: situations.length }
}
