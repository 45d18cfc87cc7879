import type { Size } from './layout.ts'

/** Columns and rows of a terminal. One that nobody told its size says 0; it is taken for an ordinary one. */
export function sizeOf({ columns, rows }: { readonly columns?: number; readonly rows?: number }): Size {
  return { columns: columns || 80, rows: rows || 24 }
}
