import { describe, expect, test } from 'vitest'
import { bootstrapIntervals, bootstrapRng } from '../../reports/index.ts'

/** Gives these numbers in turn. */
function scripted(numbers: readonly number[]) {
  const left = [...numbers]
  return { next: () => left.shift() ?? Number.NaN }
}

describe('the bootstrap interval', () => {
  test('lies between order statistics, linearly', () => {
    // Two resamples: the first row twice (mean 0), then the second twice (mean 10); 2.5 % of the way from 0 to 10.
    expect(bootstrapIntervals([[0], [10]], scripted([0, 0.49, 0.5, 0.99]), 2)).toEqual([[0.25, 9.75]])
  })

  test('keeps what belongs to one seed together', () => {
    // The columns of each row add up to 10, and so do the means of every resample of whole rows.
    const rows = [
      [1, 9],
      [4, 6],
      [8, 2],
    ]
    const [first, second] = bootstrapIntervals(rows, bootstrapRng())
    expect(first![0] + second![1]).toBeCloseTo(10)
    expect(first![1] + second![0]).toBeCloseTo(10)
  })

  test('of two seeds reaches from one to the other, each mean of two equals having a chance of a quarter', () => {
    expect(bootstrapIntervals([[0], [4]], bootstrapRng())).toEqual([[0, 4]])
  })

  test('of one seed in five that scores reaches to three fifths', () => {
    // How often the fifth seed is drawn is Binomial(5, 1/5): four times or more 0.7 %, three times or more 5.8 %.
    const [interval] = bootstrapIntervals([[0], [0], [0], [0], [5]], bootstrapRng())
    expect(interval).toEqual([0, 3])
  })

  test('agrees with all the resamples there are', () => {
    const values = [1, 2, 4, 8, 16]
    const means = every(values, 5)
      .map((drawn) => drawn.reduce((a, b) => a + b) / 5)
      .sort((a, b) => a - b)
    const exact = (probability: number) => means[Math.round((means.length - 1) * probability)]!
    const [[low, high]] = bootstrapIntervals(
      values.map((value) => [value]),
      bootstrapRng(),
    ) as [[number, number]]
    // Three standard errors of a 2.5 % quantile of 10,000 draws are 0.5 %.
    expect(low).toBeGreaterThanOrEqual(exact(0.02))
    expect(low).toBeLessThanOrEqual(exact(0.03))
    expect(high).toBeGreaterThanOrEqual(exact(0.97))
    expect(high).toBeLessThanOrEqual(exact(0.98))
  })

  test('is the same every time', () => {
    const rows = [[3], [1], [4], [1], [5]]
    expect(bootstrapIntervals(rows, bootstrapRng())).toEqual(bootstrapIntervals(rows, bootstrapRng()))
  })
})

/** Every sequence of `length` values. */
function every(values: readonly number[], length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]]
  return every(values, length - 1).flatMap((drawn) => values.map((value) => [...drawn, value]))
}
