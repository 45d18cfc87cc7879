import { textWidth } from './text-width.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The text in at most `width` terminal columns; what is cut off shows as an ellipsis. */
export function clip(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let kept = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    used += textWidth(segment)
    if (used > width - 1) break
    kept += segment
  }
  return width < 1 ? '' : `${kept}…`
}

/** Exactly `width` columns, text to the left. */
export function left(text: string, width: number): string {
  let padded = clip(text, width)
  padded += ' '.repeat(Math.max(0, width - textWidth(padded)))
  // A last character that binds to what follows (Unicode's Prepend) takes up the first space.
  return padded + ' '.repeat(Math.max(0, width - textWidth(padded)))
}

/** Exactly `width` columns, text to the right. */
export function right(text: string, width: number): string {
  const clipped = clip(text, width)
  return ' '.repeat(Math.max(0, width - textWidth(clipped))) + clipped
}

/**
 * As many of the parts as fit on one line with `gap` between, in order. When they do not, those with the highest `drop`
 * give way first: all of them by their short forms, then by going, and a last one is clipped.
 */
export function oneLine(parts: readonly Part[], width: number, gap: string): string {
  let kept = parts.filter((part) => part.text !== '')
  const line = () => kept.map((part) => part.text).join(gap)
  const ways = [...new Set(kept.map(({ drop }) => drop))].sort((a, b) => b - a)
  for (const way of ways) {
    if (textWidth(line()) <= width) break
    kept = kept.map((part) => (part.drop === way ? { ...part, text: part.short ?? part.text } : part))
  }
  for (const way of ways) {
    if (textWidth(line()) <= width || kept.every(({ drop }) => drop === way)) break
    kept = kept.filter(({ drop }) => drop !== way)
  }
  return clip(line(), width)
}

export interface Part {
  readonly text: string
  /** The same in fewer columns. */
  readonly short?: string | undefined
  /** Parts of a higher number give way first, those of one number together. */
  readonly drop: number
}
