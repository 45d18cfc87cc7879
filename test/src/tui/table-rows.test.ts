import { describe, expect, test } from 'vitest'
import { visibleRows } from '../../../src/tui/table-rows.ts'
import type { TableRow } from '../../../src/tui/view-model.ts'

const row = (command: string, probability: number, marks: Partial<TableRow> = {}): TableRow => ({
  command,
  prior: probability,
  visits: 0,
  q: null,
  advantage: 0,
  adjusted: 0,
  probability,
  chosen: false,
  staticChoice: false,
  ...marks,
})

const rows = [
  row('north', 0.5),
  row('south', 0.25),
  row('east', 0.125),
  row('west', 0.0625, { chosen: true }),
  row('up', 0.0625, { staticChoice: true }),
]

describe('the rows of a table', () => {
  test('are all shown where they fit', () => {
    expect(visibleRows(rows, 5)).toEqual({ rows, hidden: { count: 0, probability: 0 } })
  })

  test('include the chosen one and the static choice, at the cost of the least probable', () => {
    const { rows: shown, hidden } = visibleRows(rows, 4)
    expect(shown.map(({ command }) => command)).toEqual(['north', 'west', 'up'])
    expect(hidden).toEqual({ count: 2, probability: 0.375 })
  })

  test('leave a line for what is hidden, even when that is all', () => {
    expect(visibleRows(rows, 1)).toEqual({ rows: [], hidden: { count: 5, probability: 1 } })
  })
})
