/**
 * What a step is worth in an agent's memory, by name.
 *
 * - `score`: the points that the game gave for it.
 * - `score+death`: and `deathPenalty` points less for the step that ended the story without victory.
 * - `evaluator`: where the game gave no points, what a model says of the step, -1 to 1.
 *
 * Each with `,novelty`: `novelty` points more for the first time in a run that a situation is reached.
 */
export const rewardNames: readonly string[] = ['score', 'score+death', 'evaluator'].flatMap((name) => [
  name,
  `${name},novelty`,
])

export const defaultReward = 'score'

/** How much its additions weigh, in points, unless set otherwise. */
export function rewardParametersOf(reward: string): Readonly<Record<string, number>> {
  return { ...(reward.includes('death') && { deathPenalty: 10 }), ...(reward.includes('novelty') && { novelty: 1 }) }
}
