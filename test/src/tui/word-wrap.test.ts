import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { wordWrap } from '../../../src/tui/word-wrap.ts'

describe('a wrapped text', () => {
  test('breaks between words and leaves out the spaces there', () => {
    expect(wordWrap('A ledger  lies open.', 10)).toEqual(['A ledger', 'lies open.'])
  })

  test('breaks a word that is longer than a line where it meets the edge', () => {
    expect(wordWrap('to Llanfairpwll', 6)).toEqual(['to', 'Llanfa', 'irpwll'])
  })

  test('keeps its own line ends, empty lines and the spaces that a line begins with', () => {
    expect(wordWrap('  N\n\nW + E', 10)).toEqual(['  N', '', 'W + E'])
    expect(wordWrap('    a long way', 10)).toEqual(['    a long', 'way'])
  })

  test('goes by columns, not by characters', () => {
    expect(wordWrap('迷宮の扉', 5)).toEqual(['迷宮', 'の扉'])
  })

  test('never leaves its width, and loses nothing but spaces', () => {
    const texts = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wordWrap(text, width)
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', '').replaceAll('\n', ''))
      }),
      { examples: [['     𝅘𝅥𝅮  𝅘𝅥𝅮', 20]] },
    )
  })
})
