import { expect, test } from 'vitest'
import { bootstrapRng, learningCurve, smoothingWindow } from '../../reports/index.ts'

test('the line is the mean over seeds, the band its interval at each episode', () => {
  const curve = learningCurve(
    [
      [0, 2],
      [4, 4],
    ],
    1,
    bootstrapRng(),
  )
  expect(curve.line).toEqual([2, 3])
  // Of two seeds the interval reaches from one to the other.
  expect(curve.band).toEqual([
    [0, 4],
    [2, 4],
  ])
})

test('the line and its band are smoothed, the raw curve is not', () => {
  const curve = learningCurve(
    [
      [0, 4, 8],
      [0, 4, 8],
    ],
    2,
    bootstrapRng(),
  )
  expect(curve.line).toEqual([0, 2, 6])
  expect(curve.band).toEqual([
    [0, 0],
    [2, 2],
    [6, 6],
  ])
  expect(curve.raw).toEqual([0, 4, 8])
})

test('a single seed has no band', () => {
  expect(learningCurve([[1, 2]], 1, bootstrapRng()).band).toBeNull()
})

test('only curves of twenty episodes or more are smoothed', () => {
  expect(smoothingWindow(19)).toBe(1)
  expect(smoothingWindow(20)).toBe(5)
})
