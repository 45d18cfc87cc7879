import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FramePainter } from '../../../src/tui/frame-painter.ts'
import { PaintedRows, painted } from '../../../src/tui/painted-rows.ts'
import { fitted, type Line, line, span, textOf } from '../../../src/tui/spans.ts'
import { EmulatedTerminal } from './emulated-terminal.ts'

function paint(terminal: EmulatedTerminal, lines: readonly Line[]) {
  const rows = new PaintedRows()
  const standIns = rows.standInsOf(lines, true)
  new FramePainter(terminal).paint(standIns.map((standIn) => rows.rowOf(standIn)))
}

describe('a painted row', () => {
  test('has its styles, and colours where they are wanted', () => {
    const spans = [span('a', { bold: true, colour: 'red' }), span('b'), span('c', { dim: true, inverse: true })]
    expect(painted(spans, true)).toBe('\u001b[1;31ma\u001b[0mb\u001b[2;7mc\u001b[0m')
    expect(painted(spans, false)).toBe('\u001b[1ma\u001b[0mb\u001b[2;7mc\u001b[0m')
  })

  test('shows wide and combining characters, and what follows in its column', async () => {
    const terminal = new EmulatedTerminal(40, 3)
    paint(terminal, [line('迷宮の扉│x'), line('xy e\u0302\u0323 z│x'), line('👩\u200d🚀 ab│x')])
    expect(await terminal.screen()).toEqual(['迷宮の扉│x', 'xy e\u0302\u0323 z│x', '👩\u200d🚀 ab│x'])
  })

  test('keeps the columns on a terminal that thinks otherwise of a width', async () => {
    const terminal = new EmulatedTerminal(20, 1)
    // The emulator knows Unicode 6 alone, for which these are one column wide.
    paint(terminal, [line('🦀🦀│x')])
    await terminal.screen()
    expect(terminal.columnOf('│')).toBe(4)
  })

  test('keeps a divider in its column, whatever stands before it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), async (text) => {
        const terminal = new EmulatedTerminal(40, 1)
        paint(terminal, [[...fitted(line(text.replaceAll(/[\n│]/g, '')), 20), span('│')]])
        await terminal.screen()
        expect(terminal.columnOf('│')).toBe(20)
      }),
      { numRuns: 40 },
    )
  })
})

test('stand-ins are one character each, the same for what has not changed', () => {
  const rows = new PaintedRows()
  const first = rows.standInsOf([line('status'), line('story'), line('')], true)
  const second = rows.standInsOf([line('status'), line('other'), line('')], true)
  expect(first.every((standIn) => standIn.length === 1)).toBe(true)
  expect([second[0] === first[0], second[1] === first[1], second[2] === first[2]]).toEqual([true, false, true])
  expect(rows.rowOf(second[1] ?? '')).toEqual({ text: 'other', columns: 5 })
  expect(textOf(line('a'))).toBe('a')
})
