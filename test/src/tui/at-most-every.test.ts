import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atMostEvery } from '../../../src/tui/at-most-every.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('the first wish is fulfilled at once, those that follow together when the time is over', () => {
  const action = vi.fn()
  const { wish } = atMostEvery(30, action)
  wish()
  expect(action).toHaveBeenCalledTimes(1)
  wish()
  wish()
  vi.advanceTimersByTime(29)
  expect(action).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1)
  expect(action).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1000)
  expect(action).toHaveBeenCalledTimes(2)
})

test('a slow action is followed by as long a rest', () => {
  let runs = 0
  const { wish } = atMostEvery(30, () => {
    runs += 1
    vi.advanceTimersByTime(20)
  })
  wish()
  wish()
  vi.advanceTimersByTime(29)
  expect(runs).toBe(1)
  vi.advanceTimersByTime(1)
  expect(runs).toBe(2)
})

test('a wish can be taken back', () => {
  const action = vi.fn()
  const { wish, cancel } = atMostEvery(30, action)
  wish()
  wish()
  cancel()
  vi.advanceTimersByTime(100)
  expect(action).toHaveBeenCalledTimes(1)
})
