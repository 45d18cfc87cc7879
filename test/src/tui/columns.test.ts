import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { clip, left, oneLine, right } from '../../../src/tui/columns.ts'

test('text is clipped by columns, not characters', () => {
  expect(clip('open mailbox', 8)).toBe('open ma…')
  expect(clip('迷宮の扉', 6)).toBe('迷宮…')
  expect(clip('cafe\u0301s', 4)).toBe('caf…')
})

test('cells are exactly as wide as asked, whatever they hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      expect(stringWidth(left(text, width))).toBe(width)
      expect(stringWidth(right(text, width))).toBe(width)
    }),
  )
})

test('a line drops its least important parts until it fits', () => {
  const parts = [
    { text: 'Kitchen', drop: 0 },
    { text: '5/350', drop: 1 },
    { text: 'turn 3/60', drop: 2 },
    { text: '', drop: 0 },
  ]
  expect(oneLine(parts, 40, '  ')).toBe('Kitchen  5/350  turn 3/60')
  expect(oneLine(parts, 20, '  ')).toBe('Kitchen  5/350')
  expect(oneLine(parts, 5, '  ')).toBe('Kitc…')
})

test('a line that does not fit has its parts shortened, the least important first, before any is dropped', () => {
  const parts = [
    { text: 'Behind House', short: 'Behind…', drop: 0 },
    { text: 'turn 3/60', drop: 1 },
    { text: 'episode 2/5', short: 'ep 2/5', drop: 2 },
  ]
  expect(oneLine(parts, 40, '  ')).toBe('Behind House  turn 3/60  episode 2/5')
  expect(oneLine(parts, 35, '  ')).toBe('Behind House  turn 3/60  ep 2/5')
  expect(oneLine(parts, 30, '  ')).toBe('Behind…  turn 3/60  ep 2/5')
  expect(oneLine(parts, 20, '  ')).toBe('Behind…  turn 3/60')
})
