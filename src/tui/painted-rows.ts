import type { Colour, Line, Span } from './spans.ts'
import { widthOf } from './spans.ts'
import { simple, textWidth } from './text-width.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const codes: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, magenta: 35, cyan: 36 }
const firstStandIn = 0xe000
const standIns = 0x1900

export interface PaintedRow {
  /** As the terminal is to get it, escape sequences and all. */
  readonly text: string
  readonly columns: number
}

/**
 * The rows of the screen as Ink gets them: one private character each, which stands for the whole row. Ink measures,
 * cuts and styles character by character, which takes thirty times as long as all the rest of a frame, and by a table
 * of widths that is neither ours nor the terminal's. What a row stands for is put in its place by the painter.
 */
export class PaintedRows {
  #rows = new Map<string, PaintedRow>()
  #known = new Map<string, string>()
  #next = 0

  /** The stand-ins of a frame's lines: equal lines have equal ones. Those of the frame before are forgotten. */
  standInsOf(lines: readonly Line[], colours: boolean): readonly string[] {
    const rows = new Map<string, PaintedRow>()
    const known = new Map<string, string>()
    const standInsOfFrame = lines.map((line) => {
      const text = painted(line, colours)
      const standIn = known.get(text) ?? this.#known.get(text) ?? this.#new()
      known.set(text, standIn)
      rows.set(standIn, { text, columns: widthOf(line) })
      return standIn
    })
    this.#rows = rows
    this.#known = known
    return standInsOfFrame
  }

  rowOf(standIn: string): PaintedRow {
    return this.#rows.get(standIn) ?? { text: '', columns: 0 }
  }

  #new(): string {
    this.#next = (this.#next + 1) % standIns
    return String.fromCharCode(firstStandIn + this.#next)
  }
}

/** A line as a terminal is to get it. */
export function painted(line: Line, colours: boolean): string {
  let text = ''
  let column = 1
  for (const span of line) {
    const style = styleOf(span, colours)
    text +=
      style === '' ? span.text && placed(span.text, column) : `\u001b[${style}m${placed(span.text, column)}\u001b[0m`
    column += textWidth(span.text)
  }
  return text
}

function styleOf({ bold, dim, inverse, colour }: Span, colours: boolean): string {
  const style = [bold ? 1 : null, dim ? 2 : null, inverse ? 7 : null, colours && colour ? codes[colour] : null]
  return style.filter((code) => code !== null).join(';')
}

/**
 * Terminals disagree about wide and combining characters and emoji. So behind each of them is said in which column the
 * line goes on: whatever the terminal made of it, what follows stands where it belongs. Spaces come first: where it is
 * drawn narrower than we think, nothing is left of what stood there.
 */
function placed(text: string, start: number): string {
  if (simple.test(text)) return text
  let placedText = ''
  let column = start
  for (const { segment } of graphemes.segment(text)) {
    const width = textWidth(segment)
    if (simple.test(segment)) placedText += segment
    else if (width > 0) {
      placedText += `${' '.repeat(width)}\u001b[${column}G${segment}\u001b[${column + width}G`
    }
    column += width
  }
  return placedText
}
