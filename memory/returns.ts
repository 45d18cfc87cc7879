/**
 * The discounted return of step `from` of an episode that ends before `to`: the sum of
 * gamma^(i - from) * rewards[i] over from <= i < to, in the unit of the rewards; 0 when nothing is to come.
 */
export function discountedReturn(rewards: readonly number[], gamma: number, from: number, to: number): number {
  let sum = 0
  for (let i = to - 1; i >= from; i--) sum = rewards[i]! + gamma * sum
  return sum
}
