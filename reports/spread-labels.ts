/**
 * Moves labels apart vertically until none covers another, each as near to its line's end as the others let it.
 *
 * `positions`: the wanted y of each label; `gap`: the least distance of two; `bottom`: the largest y allowed. The gap
 * shrinks when all of them do not fit. Same order as given.
 */
export function spreadLabels(positions: readonly number[], gap: number, top: number, bottom: number): number[] {
  const distance = Math.min(gap, (bottom - top) / Math.max(1, positions.length - 1))
  const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]!)
  const placed = [...positions]
  let least = top
  for (const index of order) {
    placed[index] = Math.max(placed[index]!, least)
    least = placed[index]! + distance
  }
  let most = bottom
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, most)
    most = placed[index]! - distance
  }
  return placed
}
