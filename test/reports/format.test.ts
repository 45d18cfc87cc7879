import { expect, test } from 'vitest'
import { counted, points, ranges, signedPoints } from '../../reports/format.ts'

test('points have a true minus sign and no negative zero', () => {
  expect(points(-1.25)).toBe('−1.3')
  expect(points(-0.04)).toBe('0.0')
  expect(points(12, 0)).toBe('12')
})

test('a difference carries its sign unless it rounds to zero', () => {
  expect([2, -2, 0.01].map((value) => signedPoints(value))).toEqual(['+2.0', '−2.0', '0.0'])
})

test('neighbouring seeds are drawn together', () => {
  expect(ranges([1, 2, 3, 7, 9, 10])).toBe('1–3, 7, 9–10')
  expect(ranges([0])).toBe('0')
})

test('one is singular', () => {
  expect([counted(1, 'run'), counted(2, 'run'), counted(2, 'policy', 'policies')]).toEqual([
    '1 run',
    '2 runs',
    '2 policies',
  ])
})
