/** What one learning curve comes to. Scores are the game's points, one per episode. */
export interface ScoreSummary {
  readonly mean: number
  /** Mean of the last five episodes, or of all where there are fewer. */
  readonly lastFive: number
  readonly final: number
  readonly best: number
  /** Sum of scores / (episodes * highest possible score); null where the story names no highest score. */
  readonly auc: number | null
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** `scores` holds at least one episode; `maxScore` is positive or null. */
export function summarizeScores(scores: readonly number[], maxScore: number | null): ScoreSummary {
  return {
    mean: mean(scores),
    lastFive: mean(scores.slice(-5)),
    final: scores.at(-1) ?? Number.NaN,
    best: Math.max(...scores),
    auc: maxScore === null ? null : mean(scores) / maxScore,
  }
}

/** Each number is the mean over the runs; all runs are of one story. */
export function averageSummaries(runs: readonly ScoreSummary[]): ScoreSummary {
  const aucs = runs.flatMap(({ auc }) => (auc === null ? [] : [auc]))
  return {
    mean: mean(runs.map((run) => run.mean)),
    lastFive: mean(runs.map((run) => run.lastFive)),
    final: mean(runs.map((run) => run.final)),
    best: mean(runs.map((run) => run.best)),
    auc: aucs.length === 0 ? null : mean(aucs),
  }
}

/** The mean of each value and the `window - 1` before it; the first values have fewer before them. */
export function movingAverage(values: readonly number[], window: number): readonly number[] {
  return values.map((_, index) => mean(values.slice(Math.max(0, index - window + 1), index + 1)))
}
