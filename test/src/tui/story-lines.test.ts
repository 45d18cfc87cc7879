import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { storyWindow } from '../../../src/tui/story-lines.ts'
import type { StoryBlock } from '../../../src/tui/view-model.ts'

const texts = (story: readonly StoryBlock[], width: number, height: number) =>
  storyWindow(story, width, height).lines.map((line) => line.text)

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
      { type: 'command', command: 'north', points: 5, person: false },
      { type: 'text', text: 'Attic' },
    ]
    expect(storyWindow(story, 20, 9).lines).toEqual([
      { type: 'text', text: 'Hall', points: '', person: false },
      { type: 'text', text: '', points: '', person: false },
      { type: 'command', text: '> north', points: '+5', person: false },
      { type: 'text', text: 'Attic', points: '', person: false },
    ])
  })

  test('shows its end when there is too much of it', () => {
    expect(texts([{ type: 'text', text: '1\n2\n3\n4' }], 10, 2)).toEqual(['3', '4'])
  })

  test('is scrolled back by lines, to its beginning and no further', () => {
    const story: StoryBlock[] = [{ type: 'text', text: '1\n2\n3\n4\n5' }]
    const seen = (scroll: number) => {
      const { lines, below } = storyWindow(story, 10, 2, scroll)
      return [lines.map(({ text }) => text).join(''), below]
    }
    expect(seen(0)).toEqual(['45', 0])
    expect(seen(1)).toEqual(['34', 1])
    expect(seen(3)).toEqual(['12', 3])
    expect(seen(1e9)).toEqual(['12', 3])
  })

  test('marks what a person played', () => {
    expect(texts([{ type: 'command', command: 'dig', points: 0, person: true }], 20, 9)).toEqual(['> dig (you)'])
  })

  test('never leaves its window, points included', () => {
    const block = fc.oneof(
      fc.record({ type: fc.constant('text' as const), text: fc.string({ unit: 'grapheme' }) }),
      fc.record({
        type: fc.constant('command' as const),
        command: fc.string({ unit: 'grapheme' }),
        points: fc.integer({ min: -999, max: 999 }),
        person: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(
        fc.array(block),
        fc.integer({ min: 20, max: 60 }),
        fc.nat(20),
        fc.nat(50),
        (story, width, height, scroll) => {
          const lines = storyWindow(story, width, height, scroll).lines
          expect(lines.length).toBeLessThanOrEqual(height)
          for (const { text, points } of lines) {
            expect(stringWidth(points === '' ? text : `${text}  ${points}`)).toBeLessThanOrEqual(width)
          }
        },
      ),
      // Notes as characters of their own and marks that take up columns: wrapped by another table, a column too wide.
      { examples: [[[{ type: 'command', command: '     𝅘𝅥𝅮  𝅘𝅥𝅮', points: 100, person: false }], 20, 1, 0]] },
    )
  })
})
