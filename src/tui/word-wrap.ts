import { textWidth } from './text-width.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const asciiOnly = /^[ -~]*$/
const spacesOnly = /^ *$/
const spacesAtEnd = / +$/

/**
 * The text in lines of at most `width` columns, broken between words, a longer word where it meets the edge. A line
 * keeps the spaces it begins with, as maps and tables need.
 *
 * Broken between grapheme clusters and measured by `textWidth`, as all of the screen is: a line is as wide as its
 * clusters together, whereas a wrapper that adds up characters, or measures by another table, is wrong by a column now
 * and then.
 */
export function wordWrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => (textWidth(line) <= width ? [line] : broken(line, width)))
}

function broken(line: string, width: number): readonly string[] {
  const lines: string[] = []
  let kept = ''
  let used = 0
  for (const [word = ''] of line.matchAll(/ +|[^ ]+/g)) {
    const wide = textWidth(word)
    if (used + wide <= width) {
      kept += word
      used += wide
      continue
    }
    if (!spacesOnly.test(kept)) lines.push(kept.replace(spacesAtEnd, ''))
    kept = ''
    used = 0
    if (word.startsWith(' ')) continue
    for (const piece of pieces(word, width)) {
      const pieceWidth = textWidth(piece)
      if (used + pieceWidth > width) {
        lines.push(kept)
        kept = ''
        used = 0
      }
      kept += piece
      used += pieceWidth
    }
  }
  return spacesOnly.test(kept) ? lines : [...lines, kept.replace(spacesAtEnd, '')]
}

/** Grapheme clusters, those that are wider than a line by characters; what is wider even so is left out. */
function pieces(word: string, width: number): readonly string[] {
  if (asciiOnly.test(word)) return [...word]
  return Array.from(graphemes.segment(word), ({ segment }) => segment)
    .flatMap((cluster) => (textWidth(cluster) <= width ? [cluster] : [...cluster]))
    .filter((piece) => textWidth(piece) <= width)
}
