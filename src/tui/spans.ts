import { clip } from './columns.ts'
import { textWidth } from './text-width.ts'

/** The terminal's own names of colours, so that its theme decides. Every colour repeats what a sign already says. */
export type Colour = 'cyan' | 'green' | 'red' | 'yellow' | 'magenta'

export interface Style {
  readonly bold?: boolean
  readonly dim?: boolean
  readonly inverse?: boolean
  readonly colour?: Colour
}

/** A piece of a line in one style. */
export interface Span extends Style {
  readonly text: string
}

/** One row of the screen. */
export type Line = readonly Span[]

export const dim: Style = { dim: true }
export const bold: Style = { bold: true }

export function span(text: string, style: Style = {}): Span {
  return { text, ...style }
}

/** A line in one style. */
export function line(text: string, style: Style = {}): Line {
  return [span(text, style)]
}

/** Piece by piece, as they are drawn: a character at the end of one must not bind to the next. */
export function widthOf(spans: Line): number {
  return spans.reduce((sum, { text }) => sum + textWidth(text), 0)
}

export function textOf(spans: Line): string {
  return spans.map(({ text }) => text).join('')
}

/** Exactly `width` columns: what is too much is clipped, what is missing is spaces. */
export function fitted(spans: Line, width: number): Line {
  const kept: Span[] = []
  let left = width
  for (const piece of spans) {
    if (left <= 0) break
    const text = clip(piece.text, left)
    kept.push({ ...piece, text })
    left -= textWidth(text)
    if (text !== piece.text) break
  }
  const missing = width - widthOf(kept)
  return missing > 0 ? [...kept, span(' '.repeat(missing))] : kept
}

/** Exactly `height` lines, empty ones below. */
export function filled(lines: readonly Line[], height: number): readonly Line[] {
  return Array.from({ length: Math.max(0, height) }, (_, row) => lines[row] ?? [])
}

/** `right` stands at the right edge; `left` gives way. */
export function justified(left: Line, right: Line, width: number): Line {
  const room = width - widthOf(right) - 1
  return room < 1 ? fitted(right, width) : [...fitted(left, room), span(' '), ...right]
}
