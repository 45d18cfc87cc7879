import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layoutOf } from '../../../src/tui/layout.ts'
import { columnsOf, markWidth } from '../../../src/tui/table-columns.ts'

describe('the layout', () => {
  test('is side by side from 80x24, stacked below, one line below 40x10', () => {
    expect(layoutOf({ columns: 80, rows: 24 }).type).toBe('wide')
    expect(layoutOf({ columns: 79, rows: 24 }).type).toBe('stacked')
    expect(layoutOf({ columns: 80, rows: 23 }).type).toBe('stacked')
    expect(layoutOf({ columns: 40, rows: 10 }).type).toBe('stacked')
    expect(layoutOf({ columns: 39, rows: 10 }).type).toBe('line')
    expect(layoutOf({ columns: 40, rows: 9 }).type).toBe('line')
  })

  test('has every figure in the table of an 80x24 terminal', () => {
    const layout = layoutOf({ columns: 80, rows: 24 })
    if (layout.type !== 'wide') throw new Error('not wide')
    expect(columnsOf(layout.table.columns).figures.map((column) => column.header)).toEqual([
      'pri',
      'n',
      'Q',
      '- A +',
      "z'",
      'p',
    ])
  })
})

test('the columns of a table fill its width, with room for a command', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 120 }), (width) => {
      const { command, figures, bar } = columnsOf(width)
      const used = markWidth + command + figures.reduce((sum, column) => sum + 1 + column.width, 0) + 1 + bar
      expect(used).toBe(width)
      expect(command).toBeGreaterThanOrEqual(10)
      expect(bar).toBeGreaterThanOrEqual(3)
    }),
  )
})
