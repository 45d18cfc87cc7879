/** log(exp(x_i) / sum_j exp(x_j)) for each i; shifted by the maximum, so that large inputs do not overflow. */
export function logSoftmax(values: readonly number[]): readonly number[] {
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity)
  const logSum = largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
  return values.map((value) => value - logSum)
}

export function softmax(values: readonly number[]): readonly number[] {
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity)
  const weights = values.map((value) => Math.exp(value - largest))
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / total)
}

/**
 * The index that one uniform draw in [0, 1) selects by inverse CDF. Two distributions drawn with the same uniform
 * differ only where they really differ, which is what makes a flip meaningful.
 */
export function drawIndex(probabilities: readonly number[], uniform: number): number {
  let cumulative = 0
  let last = 0
  for (const [index, probability] of probabilities.entries()) {
    if (probability === 0) continue
    cumulative += probability
    if (uniform < cumulative) return index
    last = index
  }
  // Rounding can leave the sum a little below 1.
  return last
}
