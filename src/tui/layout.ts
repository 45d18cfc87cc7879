/** How the screen is divided, in columns and rows. All its parts together are as tall as the terminal, never taller. */
export type Layout =
  /** Story and table side by side. */
  | { readonly type: 'wide'; readonly story: Size; readonly table: Size; readonly chart: number }
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
/** One status line, a rule, the keys. */
const stackedFrame = 3
export const divider = ' │ '

/** The caption at the foot of a table of `rows`: a rule, the encoded state, a line of figures; or that line alone. */
export function captionOf(rows: number): { readonly rows: number; readonly stateRows: number } {
  if (rows < 9) return { rows: 1, stateRows: 0 }
  const stateRows = rows < 12 ? 1 : 2
  return { rows: stateRows + 2, stateRows }
}

export function layoutOf({ columns, rows }: Size): Layout {
  if (columns < 40 || rows < 10) return { type: 'line' }
  if (columns < 80 || rows < 24) {
    const body = rows - stackedFrame - 1
    const table = body < 12 ? body : Math.ceil(body / 2)
    // The rule between story and table takes a row of the story's.
    const story = body < 12 ? 0 : body - table - 1
    return { type: 'stacked', story: { columns, rows: story }, table: { columns, rows: table }, chart: 1 }
  }
  const chart = rows >= 48 ? 4 : rows >= 32 ? 2 : 1
  const body = rows - wideFrame - chart
  const table = Math.min(110, Math.max(49, Math.round(columns * 0.58)))
  return {
    type: 'wide',
    story: { columns: columns - table - divider.length, rows: body },
    table: { columns: table, rows: body },
    chart,
  }
}
