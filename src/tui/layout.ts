/** How the screen is divided, in columns and rows. All its parts together are as tall as the terminal, never taller. */
export type Layout =
  /** Story and table side by side. */
  | { readonly type: 'wide'; readonly story: Size; readonly table: Size; readonly chart: number }
  /** Two agents side by side, each with its story above its table. */
  | { readonly type: 'pair'; readonly story: Size; readonly table: Size; readonly chart: number }
  /** Story above table; the story is left out where there is no room for both. */
  | { readonly type: 'stacked'; readonly story: Size; readonly table: Size; readonly chart: number }
  /** One line. */
  | { readonly type: 'line' }

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** Two status lines, a rule above and one below the body, the keys. */
const wideFrame = 5
/** The run's status line, the rules above and below the body, the keys. */
const pairFrame = 4
/** The lines that say who an agent is, and the rule between its story and its table. */
const agentFrame = 3
/** One status line, a rule, the keys. */
const stackedFrame = 3
export const divider = ' │ '
const narrowestPair = 120

/** The caption at the foot of a table of `rows`: a rule, the encoded state, a line of figures; or that line alone. */
export function captionOf(rows: number): { readonly rows: number; readonly stateRows: number } {
  if (rows < 9) return { rows: 1, stateRows: 0 }
  const stateRows = rows < 12 ? 1 : 2
  return { rows: stateRows + 2, stateRows }
}

export function layoutOf({ columns, rows }: Size, agents = 1): Layout {
  if (columns < 40 || rows < 10) return { type: 'line' }
  if (columns < 80 || rows < 24) {
    const body = rows - stackedFrame - 1
    const table = body < 12 ? body : Math.ceil(body / 2)
    // The rule between story and table takes a row of the story's.
    const story = body < 12 ? 0 : body - table - 1
    return { type: 'stacked', story: { columns, rows: story }, table: { columns, rows: table }, chart: 1 }
  }
  const chart = rows >= 56 ? 8 : rows >= 44 ? 6 : rows >= 34 ? 4 : rows >= 29 ? 3 : 1
  if (agents > 1 && columns >= narrowestPair) {
    const half = Math.floor((columns - divider.length) / 2)
    const body = rows - pairFrame - chart - agentFrame
    const table = Math.ceil(body * 0.6)
    return {
      type: 'pair',
      story: { columns: half, rows: body - table },
      table: { columns: half, rows: table },
      chart,
    }
  }
  const body = rows - wideFrame - chart
  const table = Math.min(120, Math.max(51, Math.round(columns * 0.58)))
  return {
    type: 'wide',
    story: { columns: columns - table - divider.length, rows: body },
    table: { columns: table, rows: body },
    chart,
  }
}
