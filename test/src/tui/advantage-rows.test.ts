import { describe, expect, test } from 'vitest'
import { type TableRow, tableOf, visibleRows } from '../../../src/tui/advantage-rows.ts'
import { candidate, decision } from './synthetic-run.ts'

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
  remembered: false,
  evidence: [],
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
  test('stand in the order of their probability, with what was chosen and what only the memory brought in', () => {
    const candidates = [
      candidate('wait', 0.25),
      candidate('open ledger', 0.5),
      candidate('sing', 0.25, { source: 'memory', advantage: -2, prior: 0 }),
    ]
    const table = tableOf(decision(candidates, { chosen: 'open ledger', staticChoice: 'wait' }))
    expect(
      table.rows.map(({ command, chosen, staticChoice, remembered }) => [command, chosen, staticChoice, remembered]),
    )
      // Equal probabilities: the likelier under the prior first.
      .toEqual([
        ['open ledger', true, false, false],
        ['wait', false, true, false],
        ['sing', false, false, true],
      ])
    expect(table).toMatchObject({ value: 1.25, neighbours: 0, span: 2 })
  })

  test('are all shown where they fit', () => {
    const { rows: shown, hidden } = visibleRows(rows, 5)
    expect(shown.map((entry) => entry.row)).toEqual(rows)
    expect(hidden).toEqual({ count: 0, probability: 0 })
  })

  test('include the chosen one and the static choice, at the cost of the least probable', () => {
    const { rows: shown, hidden } = visibleRows(rows, 4)
    expect(shown.map((entry) => entry.row.command)).toEqual(['north', 'west', 'up'])
    expect(hidden).toEqual({ count: 2, probability: 0.375 })
  })

  test('include the selected one, with the ranks of the whole table', () => {
    expect(visibleRows(rows, 4, 2).rows.map(({ row: { command }, rank }) => [command, rank])).toEqual([
      ['east', 2],
      ['west', 3],
      ['up', 4],
    ])
  })

  test('are the selected one before the chosen one, and that before the static choice, where there is no room for all', () => {
    const shown = (height: number) => visibleRows(rows, height, 4).rows.map(({ row: { command } }) => command)
    expect([shown(2), shown(3)]).toEqual([['up'], ['west', 'up']])
    expect(visibleRows(rows, 3, 0).rows.map(({ row: { command } }) => command)).toEqual(['north', 'west'])
    expect(visibleRows(rows, 2).rows.map(({ row: { command } }) => command)).toEqual(['west'])
  })

  test('leave a line for what is hidden, even when that is all', () => {
    expect(visibleRows(rows, 1)).toEqual({ rows: [], hidden: { count: 5, probability: 1 } })
  })
})
