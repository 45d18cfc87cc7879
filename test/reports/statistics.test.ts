import { expect, test } from 'vitest'
import { averageSummaries, movingAverage, summarizeScores } from '../../reports/index.ts'

test('a curve is summed up by its mean, its last five, its final and best score, and its share of what was possible', () => {
  // 0+0+5+10+5+10 = 30 over 6 episodes is 5; the last five, 0+5+10+5+10 = 30, over 5 is 6; 30 of 6 * 50 points is 0.1.
  expect(summarizeScores([0, 0, 5, 10, 5, 10], 50)).toEqual({ mean: 5, lastFive: 6, final: 10, best: 10, auc: 0.1 })
})

test('a curve of fewer than five episodes has its mean as its last five', () => {
  expect(summarizeScores([2, 4], 10)).toEqual({ mean: 3, lastFive: 3, final: 4, best: 4, auc: 0.3 })
})

test('a story that names no highest score has no area under its curve', () => {
  expect(summarizeScores([1, -3], null)).toEqual({ mean: -1, lastFive: -1, final: -3, best: 1, auc: null })
})

test('runs are averaged number by number', () => {
  const one = summarizeScores([0, 10], 20)
  const other = summarizeScores([4, 6], 20)
  // Finals 10 and 6, bests 10 and 6; means 5 and 5, each a quarter of 20.
  expect(averageSummaries([one, other])).toEqual({ mean: 5, lastFive: 5, final: 8, best: 8, auc: 0.25 })
})

test('a moving average looks back, over fewer values at the start', () => {
  expect(movingAverage([3, 5, 10, 0], 3)).toEqual([3, 4, 6, 5])
  expect(movingAverage([3, 5, 10, 0], 1)).toEqual([3, 5, 10, 0])
})
