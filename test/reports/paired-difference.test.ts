import { expect, test } from 'vitest'
import { bootstrapRng, excludesZero, pairedDifference } from '../../reports/index.ts'

test('the difference is taken seed by seed, and its interval over seeds', () => {
  const pairs = [
    { seed: 1, a: [4, 6], b: [1, 3] }, // 5 - 2 = 3
    { seed: 2, a: [2, 2], b: [0, 2] }, // 2 - 1 = 1
  ]
  const result = pairedDifference(pairs, bootstrapRng())
  expect(result.difference).toBe(2)
  expect(result.interval).toEqual([1, 3])
  expect(result.seeds).toEqual([1, 2])
})

test('seeds that differ much between themselves and little within the pair give a narrow interval', () => {
  const pairs = [0, 100, 200, 300, 400].map((level, index) => ({ seed: index, a: [level + 5], b: [level] }))
  expect(pairedDifference(pairs, bootstrapRng())).toMatchObject({ difference: 5, interval: [5, 5] })
})

test('the last ten episodes are also compared alone', () => {
  const learner = [0, 0, 15, 5, 5, 5, 5, 5, 5, 5, 5, 5] // 60 over 12 is 5, over the last ten 6
  const flat = Array.from({ length: 12 }, () => 1)
  const pairs = [1, 2].map((seed) => ({ seed, a: learner, b: flat }))
  const result = pairedDifference(pairs, bootstrapRng())
  expect(result).toMatchObject({ difference: 4, interval: [4, 4] })
  expect(result.lastTen).toEqual({ difference: 5, interval: [5, 5] })
})

test('under five seeds the result says that it is rough', () => {
  const pairs = (count: number) => Array.from({ length: count }, (_, seed) => ({ seed, a: [seed], b: [0] }))
  expect(pairedDifference(pairs(4), bootstrapRng()).rough).toBe(true)
  expect(pairedDifference(pairs(5), bootstrapRng()).rough).toBe(false)
})

test('a single seed has a difference but no interval', () => {
  const result = pairedDifference([{ seed: 1, a: [7], b: [4] }], bootstrapRng())
  expect(result).toEqual({
    difference: 3,
    interval: null,
    area: { difference: 3, interval: null },
    seeds: [1],
    rough: true,
    lastTen: { difference: 3, interval: null },
  })
})

test('an interval excludes zero when all of it lies on one side', () => {
  expect(excludesZero([0.1, 2])).toBe(true)
  expect(excludesZero([-2, -0.1])).toBe(true)
  expect(excludesZero([-1, 1])).toBe(false)
  expect(excludesZero([0, 1])).toBe(false)
})
