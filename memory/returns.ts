/** The discounted sum of rewards, the first worth 1 and each later one gamma times less; 0 when there are none. */
export function discountedReturn(rewards: readonly number[], gamma: number): number {
  return rewards.reduceRight((later, reward) => reward + gamma * later, 0)
}
