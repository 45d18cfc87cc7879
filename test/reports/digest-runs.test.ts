import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenShares } from '../../reports/digest-runs.ts'

test('the largest go first, each to the share that has least', () => {
  // By size: 9 to the first, 7 to the second, 5 to the second (7 < 9), 4 to the first (9 < 12), 1 to the second (12 < 13).
  expect(evenShares([1, 5, 9, 4, 7], 2)).toEqual([1, 1, 0, 0, 1])
})

test('no share is larger than the mean and the largest log together', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      (sizes, shares) => {
        const sums = Array.from({ length: shares }, () => 0)
        for (const [index, share] of evenShares(sizes, shares).entries()) sums[share] = sums[share]! + sizes[index]!
        const mean = sizes.reduce((sum, size) => sum + size, 0) / shares
        expect(Math.max(...sums)).toBeLessThanOrEqual(mean + Math.max(...sizes))
      },
    ),
  )
})
