import type { LineEdit } from './line-edit.ts'
import { dim, fitted, type Line, span } from './spans.ts'
import { textWidth } from './text-width.ts'

/** A line that is being typed, its cursor shown; what is longer than the terminal scrolls with the cursor. */
export function typingLine(prompt: string, { clusters, cursor }: LineEdit, hint: string, columns: number): Line {
  const room = Math.max(2, columns - textWidth(prompt) - 1)
  let start = cursor
  for (let width = 0; start > 0; start--) {
    width += textWidth(clusters[start - 1] ?? '')
    if (width > room - 2) break
  }
  const under = clusters[cursor] ?? ' '
  const empty = clusters.length === 0
  return fitted(
    [
      span(prompt, { bold: true, colour: 'cyan' }),
      span(clusters.slice(start, cursor).join('')),
      span(under, { inverse: true }),
      span(clusters.slice(cursor + 1).join('')),
      ...(empty ? [span(` ${hint}`, dim)] : []),
    ],
    columns,
  )
}
