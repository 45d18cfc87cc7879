import { expect, test } from 'vitest'
import { discountedReturn } from '../../memory/returns.ts'

test('a return is the sum of the rewards to come, each later one worth gamma times less', () => {
  // 3 + 0.5 * (0 + 0.5 * 8)
  expect(discountedReturn([3, 0, 8], 0.5)).toBe(5)
})

test('gamma 0 sees only the next reward, gamma 1 the plain sum', () => {
  expect(discountedReturn([1, 2, 4], 0)).toBe(1)
  expect(discountedReturn([1, 2, 4], 1)).toBe(7)
})

test('rewards are not inflated: one reward of 3 never returns more than 3', () => {
  expect(discountedReturn([3, 0, 0, 0, 0], 0.95)).toBe(3)
})

test('nothing to come returns 0', () => {
  expect(discountedReturn([], 0.9)).toBe(0)
})
