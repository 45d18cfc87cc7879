/**
 * Aggregates over runs, and over stories, that a single lucky or unlucky run does not decide: Agarwal et al., Deep
 * Reinforcement Learning at the Edge of the Statistical Precipice (2021), arXiv 2108.13264.
 */

/** The scores of one policy: one list per story, one number per run. Stories in the same order for every policy. */
export type ScoresByStory = readonly (readonly number[])[]

/** The mean of the middle half: the quarter of the numbers at either end, rounded down, is left out. NaN of nothing. */
export function interquartileMean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 4)
  const middle = values.toSorted((a, b) => a - b).slice(cut, values.length - cut)
  return middle.reduce((sum, value) => sum + value, 0) / middle.length
}

/**
 * How likely a run of `x` scores more than a run of `y` on the same story, ties counted as half (Mann and Whitney's U
 * over the number of pairs), averaged over stories; 0 to 1.
 */
export function probabilityOfImprovement(x: ScoresByStory, y: ScoresByStory): number {
  const perStory = x.map((ours, story) => {
    const theirs = y[story]!
    const wins = ours.reduce((sum, a) => sum + theirs.reduce((won, b) => won + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0)
    return wins / (ours.length * theirs.length)
  })
  return perStory.reduce((sum, probability) => sum + probability, 0) / perStory.length
}

/** The share of all runs that scored more than each threshold (the run-score distribution). */
export function performanceProfile(scores: ScoresByStory, thresholds: readonly number[]): readonly number[] {
  const runs = scores.flat()
  return thresholds.map((threshold) => runs.filter((score) => score > threshold).length / runs.length)
}
