import { type Deviation, deviations } from '../harness/index.ts'
import type { Comparison, PolicyScores } from './comparison.ts'
import { costOfRun, type MeasuredRuns, measured, measuresOf } from './conduct-measures.ts'
import { type LearnSummary, learnSummary } from './learn-summary.ts'
import type { PriceList } from './price-list.ts'
import type { RunConduct } from './run-conduct.ts'
import type { DigestedRun } from './run-digest.ts'

/** What a run did beside scoring. Times are left out of JSON: equal runs are to print equal results. */
export interface Conduct extends RunConduct {
  /** US dollars; null where a model has no price. */
  readonly cost: number | null
}

/** By the key of a measure. */
export type MeanConduct = Readonly<Record<string, MeasuredRuns | null>>

interface PolicySummary extends PolicyScores {
  /** What is otherwise than in the policy's preset. */
  readonly deviations: readonly Deviation[]
  readonly conduct: MeanConduct
}

/** What `grue compare --json` prints. */
export interface ComparisonSummary extends Comparison {
  readonly policies: Readonly<Record<string, PolicySummary>>
}

/** What `grue learn --json` prints. Throws `EmptyRunError` before the first episode has ended. */
export function runSummary(run: DigestedRun, prices: PriceList): LearnSummary & { readonly conduct: Conduct } {
  return { ...learnSummary(run), conduct: { ...run.digest.conduct, cost: costOfRun(run, prices) } }
}

/** The comparison of these very runs, with what they did beside scoring. */
export function comparisonSummary(
  comparison: Comparison,
  runs: readonly DigestedRun[],
  prices: PriceList,
): ComparisonSummary {
  const summaries = Object.entries(comparison.policies).map(([name, scores]) => {
    const own = runs
      .filter(({ config }) => config.policy.name === name)
      .toSorted((a, b) => a.config.seed - b.config.seed)
    const summary: PolicySummary = {
      ...scores,
      deviations: deviations(own[0]!.config),
      conduct: meanConduct(own, prices),
    }
    return [name, summary] as const
  })
  return { ...comparison, policies: Object.fromEntries(summaries) }
}

/** Every measure of these runs. */
export function meanConduct(runs: readonly DigestedRun[], prices: PriceList): MeanConduct {
  return Object.fromEntries(
    measuresOf(runs).flatMap((measure) =>
      measure.key === null ? [] : [[measure.key, measured(measure, runs, prices)] as const],
    ),
  )
}
