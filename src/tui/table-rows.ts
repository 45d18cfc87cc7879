import type { TableRow } from './view-model.ts'

export interface VisibleRows {
  readonly rows: readonly TableRow[]
  /** What had no room: how many, and their probability together. */
  readonly hidden: { readonly count: number; readonly probability: number }
}

/**
 * The rows that a table of `height` lines shows: the most probable, and in any case the chosen one and the static
 * choice. One line is kept for what is hidden.
 */
export function visibleRows(rows: readonly TableRow[], height: number): VisibleRows {
  if (rows.length <= height) return { rows, hidden: { count: 0, probability: 0 } }
  const isMarked = (row: TableRow) => row.chosen || row.staticChoice
  const byImportance = [...rows.filter(isMarked), ...rows.filter((row) => !isMarked(row))]
  const kept = new Set(byImportance.slice(0, Math.max(0, height - 1)))
  const hidden = rows.filter((row) => !kept.has(row))
  return {
    rows: rows.filter((row) => kept.has(row)),
    hidden: { count: hidden.length, probability: hidden.reduce((sum, row) => sum + row.probability, 0) },
  }
}
