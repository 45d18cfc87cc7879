import type { TableRow } from './advantage-rows.ts'
import { decimal, percent } from './figures.ts'

/** A column of numbers, to the right. */
interface NumberColumn {
  readonly type: 'number'
  readonly header: string
  readonly width: number
  readonly text: (row: TableRow) => string
}

/** The advantage as a bar to the left or to the right of an axis. */
interface SignedBar {
  readonly type: 'signed bar'
  readonly header: string
  readonly width: number
}

export interface TableColumns {
  readonly command: number
  /** Left to right, a space before each. */
  readonly figures: readonly (NumberColumn | SignedBar)[]
  /** Of the probability, behind all others. */
  readonly bar: number
}

interface ColumnChoice {
  readonly short: string
  readonly long: string
  readonly narrow: number
  readonly broad: number
  /** The table width from which this column is shown. */
  readonly from: number
  readonly text: ((row: TableRow, width: number) => string) | null
}

const choices: readonly ColumnChoice[] = [
  { short: 'pri', long: 'prior', narrow: 4, broad: 5, from: 44, text: (row) => percent(row.prior) },
  { short: 'n', long: 'visits', narrow: 3, broad: 6, from: 46, text: (row, width) => count(row.visits, width) },
  { short: 'Q', long: 'Q', narrow: 4, broad: 6, from: 48, text: (row, width) => decimal(row.q, width) },
  {
    short: 'A',
    long: 'A',
    narrow: 4,
    broad: 6,
    from: 58,
    text: (row, width) => decimal(row.advantage, width, 'always'),
  },
  { short: '- A +', long: '-  A  +', narrow: 7, broad: 11, from: 0, text: null },
  { short: "z'", long: "z'", narrow: 4, broad: 6, from: 50, text: (row, width) => decimal(row.adjusted, width) },
  { short: 'p', long: 'p', narrow: 4, broad: 5, from: 0, text: (row) => percent(row.probability) },
]

/** The three marks before a command: chosen, what the base policy would have done, brought in by memory alone. */
export const markWidth = 3
const broadTable = 76

/** How a table of this width is divided; all of its columns and the spaces between them fill it. */
export function columnsOf(width: number): TableColumns {
  const broad = width >= broadTable
  const figures = choices
    .filter((choice) => width >= choice.from)
    .map(({ short, long, narrow, broad: broadWidth, text }): NumberColumn | SignedBar => {
      const common = { header: broad ? long : short, width: broad ? broadWidth : narrow }
      return text === null
        ? { type: 'signed bar', ...common }
        : { type: 'number', ...common, text: (row) => text(row, common.width) }
    })
  const rest = width - markWidth - figures.reduce((sum, column) => sum + column.width + 1, 0) - 1
  const command = Math.min(40, Math.max(11, rest - Math.max(4, Math.floor(rest / 3))))
  return { command, figures, bar: rest - command }
}

function count(visits: number, width: number): string {
  const text = `${visits}`
  return text.length <= width ? text : `${'9'.repeat(width - 1)}+`
}
