import { decimal, percent } from './figures.ts'
import type { TableRow } from './view-model.ts'

/** A column of numbers, to the right. */
interface NumberColumn {
  readonly header: string
  readonly width: number
  readonly text: (row: TableRow) => string
}

export interface TableColumns {
  readonly command: number
  readonly numbers: readonly NumberColumn[]
  /** Of the probability. */
  readonly bar: number
}

interface ColumnChoice {
  readonly short: string
  readonly long: string
  readonly narrow: number
  readonly broad: number
  /** The table width from which this column is shown. */
  readonly from: number
  readonly text: (row: TableRow, width: number) => string
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
    from: 40,
    text: (row, width) => decimal(row.advantage, width, 'always'),
  },
  { short: "z'", long: "z'", narrow: 4, broad: 6, from: 48, text: (row, width) => decimal(row.adjusted, width) },
  { short: 'p', long: 'p', narrow: 4, broad: 5, from: 0, text: (row) => percent(row.probability) },
]

/** The two marks before a command: chosen, and what the base policy would have done. */
export const markWidth = 2
const broadTable = 62

/** How a table of this width is divided; all of its columns and the spaces between them fill it. */
export function columnsOf(width: number): TableColumns {
  const broad = width >= broadTable
  const numbers = choices
    .filter((choice) => width >= choice.from)
    .map((choice): NumberColumn => {
      const columnWidth = broad ? choice.broad : choice.narrow
      return {
        header: broad ? choice.long : choice.short,
        width: columnWidth,
        text: (row) => choice.text(row, columnWidth),
      }
    })
  const rest = width - markWidth - numbers.reduce((sum, column) => sum + column.width + 1, 0) - 1
  const command = Math.min(44, rest - Math.max(4, Math.floor(rest / 3)))
  return { command, numbers, bar: rest - command }
}

function count(visits: number, width: number): string {
  const text = `${visits}`
  return text.length <= width ? text : `${'9'.repeat(width - 1)}+`
}
