import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { lastLines } from '../../../src/tui/story-lines.ts'
import type { StoryBlock } from '../../../src/tui/view-model.ts'

const texts = (story: readonly StoryBlock[], width: number, height: number) =>
  lastLines(story, width, height).map((line) => line.text)

describe('the story', () => {
  test('wraps by words', () => {
    expect(texts([{ type: 'text', text: 'A ledger lies open.' }], 10, 9)).toEqual(['A ledger', 'lies open.'])
  })

  test('keeps the indentation of lines that fit', () => {
    expect(texts([{ type: 'text', text: '  N\nW + E' }], 10, 9)).toEqual(['  N', 'W + E'])
  })

  test('has an empty line before a command and none after it', () => {
    const story: StoryBlock[] = [
      { type: 'text', text: 'Hall' },
      { type: 'command', command: 'north', points: 5 },
      { type: 'text', text: 'Attic' },
    ]
    expect(lastLines(story, 20, 9)).toEqual([
      { type: 'text', text: 'Hall', points: '' },
      { type: 'text', text: '', points: '' },
      { type: 'command', text: '> north', points: '+5' },
      { type: 'text', text: 'Attic', points: '' },
    ])
  })

  test('shows its end when there is too much of it', () => {
    expect(texts([{ type: 'text', text: '1\n2\n3\n4' }], 10, 2)).toEqual(['3', '4'])
  })

  test('never leaves its window, points included', () => {
    const block = fc.oneof(
      fc.record({ type: fc.constant('text' as const), text: fc.string({ unit: 'grapheme' }) }),
      fc.record({
        type: fc.constant('command' as const),
        command: fc.string({ unit: 'grapheme' }),
        points: fc.integer({ min: -999, max: 999 }),
      }),
    )
    fc.assert(
      fc.property(fc.array(block), fc.integer({ min: 20, max: 60 }), fc.nat(20), (story, width, height) => {
        const lines = lastLines(story, width, height)
        expect(lines.length).toBeLessThanOrEqual(height)
        for (const { text, points } of lines) {
          expect(stringWidth(points === '' ? text : `${text}  ${points}`)).toBeLessThanOrEqual(width)
        }
      }),
      // Notes as characters of their own and marks that take up columns: wrapped by another table, a column too wide.
      { examples: [[[{ type: 'command', command: '     𝅘𝅥𝅮  𝅘𝅥𝅮', points: 100 }], 20, 1]] },
    )
  })
})
