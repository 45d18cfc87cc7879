import { describe, expect, test } from 'vitest'
import { interquartileMean, performanceProfile, probabilityOfImprovement } from '../../reports/index.ts'

// The score matrices of rliable's own tests (google-research/rliable, tests/rliable/metrics_test.py), by task.
const X = [
  [1, 2, 1, 2],
  [2, 2, 1, 1],
]
const Y = [
  [1, 2, 3],
  [1, 2, 3],
]

describe('the interquartile mean', () => {
  test('is that of rliable', () => {
    expect(interquartileMean(X.flat())).toBe(1.5)
    expect(interquartileMean(Y.flat())).toBe(2)
  })

  test('leaves out a quarter at either end, rounded down', () => {
    // Of eight the two lowest and the two highest: (3 + 4 + 5 + 6) / 4.
    expect(interquartileMean([8, 1, 7, 2, 6, 3, 1000, 4, 5].filter((value) => value !== 8))).toBe(4.5)
    // Of five one at either end: (2 + 3 + 4) / 3; of three none.
    expect(interquartileMean([100, 4, 2, 3, -100])).toBe(3)
    expect(interquartileMean([0, 0, 9])).toBe(3)
  })
})

describe('the probability of improvement', () => {
  test('is that of rliable', () => {
    // Each story: X has two 1s, which tie with one of three (1/6 each), and two 2s, which beat one and tie with one (1/2).
    expect(probabilityOfImprovement(X, Y)).toBeCloseTo(1 / 3)
  })

  test('is a half between equals, and what is left is the other’s', () => {
    expect(probabilityOfImprovement(X, X)).toBe(0.5)
    expect(probabilityOfImprovement(Y, X)).toBeCloseTo(2 / 3)
  })

  test('gives each story the same weight, however many runs it has', () => {
    expect(probabilityOfImprovement([[1], [0, 0, 0]], [[0], [1, 1, 1]])).toBe(0.5)
  })
})

test('a performance profile is the share of runs above each threshold', () => {
  expect(performanceProfile([[0.1, 0.2], [0.4], [1]], [0, 0.2, 0.5, 1])).toEqual([1, 0.5, 0.25, 0])
})
