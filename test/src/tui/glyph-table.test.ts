import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { FramePainter } from '../../../src/tui/frame-painter.ts'
import { GlyphTable } from '../../../src/tui/glyph-table.ts'
import { EmulatedTerminal } from './emulated-terminal.ts'

async function shown(lines: readonly string[]): Promise<readonly string[]> {
  const glyphs = new GlyphTable()
  const terminal = new EmulatedTerminal(40, lines.length)
  const painter = new FramePainter(terminal)
  painter.paint(lines.map((line) => glyphs.encode(line)).join('\n'), (line) => glyphs.decode(line))
  return terminal.screen()
}

describe('a stand-in', () => {
  test('is one character a column, whatever it stands for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const graphemes = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
        const columns = graphemes.reduce((sum, grapheme) => sum + stringWidth(grapheme), 0)
        expect(new GlyphTable().encode(text)).toHaveLength(columns)
      }),
    )
  })

  test('is none for plain text', () => {
    expect(new GlyphTable().encode('café │ ▸ █')).toBe('café │ ▸ █')
  })

  test('is what it stands for on the terminal, and what follows stands in its column', async () => {
    expect(await shown(['迷宮の扉│x', 'xy e\u0302\u0323 z│x', '👩\u200d🚀 ab│x'])).toEqual([
      '迷宮の扉│x',
      'xy e\u0302\u0323 z│x',
      '👩\u200d🚀 ab│x',
    ])
  })

  test('keeps the columns on a terminal that thinks otherwise of a width', async () => {
    const terminal = new EmulatedTerminal(20, 1)
    const glyphs = new GlyphTable()
    // The emulator knows Unicode 6 alone: this one was wide only later.
    new FramePainter(terminal).paint(glyphs.encode('🦀🦀│x'), (line) => glyphs.decode(line))
    const [line = ''] = await terminal.screen()
    expect(line.indexOf('│') - line.indexOf('🦀')).toBeGreaterThan(0)
    expect(terminal.columnOf('│')).toBe(4)
  })

  test('of too many different characters is a question mark of their width', () => {
    const glyphs = new GlyphTable()
    const many = Array.from({ length: 4000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')
    expect(glyphs.encode(many)).toHaveLength(8000)
    expect(glyphs.encode('龥')).toBe('? ')
    expect(glyphs.decode(glyphs.encode('一'))).toContain('一')
  })
})
