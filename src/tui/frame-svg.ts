import type { Colour, Line, Span } from './spans.ts'
import { textWidth } from './text-width.ts'

const cellWidth = 8.4
const cellHeight = 18
const margin = 16
const ground = '#12161d'
const ink = '#d8dee9'
const faint = '#6b7688'
const colours: Readonly<Record<Colour, string>> = {
  cyan: '#7fd1dc',
  green: '#93d18b',
  red: '#f0808b',
  yellow: '#ecc871',
  magenta: '#cf9fe6',
}

/** Parts of a cell that blocks fill: x, y, width, height, from 0 to 1. */
type Part = readonly [number, number, number, number]
const blocks: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...Array.from('▏▎▍▌▋▊▉█', (sign, index): [string, Part] => [sign, [0, 0, (index + 1) / 8, 1]]),
  ...Array.from('▁▂▃▄▅▆▇', (sign, index): [string, Part] => [sign, [0, 1 - (index + 1) / 8, 1, (index + 1) / 8]]),
  ['▐', [0.5, 0, 0.5, 1]],
  ['━', [0, 0.42, 1, 0.16]],
])

/** Lines from the middle of a cell to its edges: left, right, up, down. */
const rules: ReadonlyMap<string, string> = new Map([
  ['─', 'lr'],
  ['│', 'ud'],
  ['┬', 'lrd'],
  ['┴', 'lru'],
  ['├', 'urd'],
])

/** The screen as a picture: bars and rules are drawn, so that they meet whatever the font is; the rest is text. */
export function frameSvg(lines: readonly Line[], columns: number): string {
  const width = columns * cellWidth + 2 * margin
  const height = lines.length * cellHeight + 2 * margin
  const body = lines.map((line, row) => lineSvg(line, margin + row * cellHeight)).join('\n')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${number(height)}" width="${number(width)}" height="${number(height)}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${ink}">
<title>grue, as it stands on a terminal</title>
<rect width="100%" height="100%" rx="10" fill="${ground}"/>
${body}
</svg>
`
}

function lineSvg(line: Line, top: number): string {
  let column = 0
  let drawn = ''
  for (const span of line) {
    const width = textWidth(span.text)
    if (span.inverse) {
      drawn += `<rect x="${x(column)}" y="${number(top)}" width="${number(width * cellWidth)}" height="${cellHeight}" fill="${inkOf(span)}"/>`
    }
    // What reaches beyond characters of one column is placed as a whole.
    const pieces =
      width === span.text.length ? (span.text.match(/[▏-▐▁-█━─│┬┴├]+|[^▏-▐▁-█━─│┬┴├]+/g) ?? []) : [span.text]
    for (const piece of pieces) {
      drawn += pieceSvg(piece, span, column, top)
      column += textWidth(piece)
    }
  }
  return drawn
}

function pieceSvg(piece: string, span: Span, column: number, top: number): string {
  const [first = ''] = piece
  const fill = span.inverse ? ground : inkOf(span)
  if (blocks.has(first) || rules.has(first)) {
    // Equal neighbours are drawn as one, or a seam would show between them.
    return Array.from(piece.matchAll(/(.)\1*/g), ([run, sign = '']) => ({ run, sign, at: 0 }))
      .map((part, index, parts) => ({
        ...part,
        at: column + parts.slice(0, index).reduce((sum, { run }) => sum + run.length, 0),
      }))
      .map(({ run, sign, at }) => signSvg(sign, run.length, fill, at, top))
      .join('')
  }
  const text = piece.trimEnd()
  if (text === '') return ''
  const lead = text.length - text.trimStart().length
  const shown = text.trimStart()
  const weight = span.bold ? ' font-weight="bold"' : ''
  const color = fill === ink ? '' : ` fill="${fill}"`
  const length = number(textWidth(shown) * cellWidth)
  return `<text x="${x(column + lead)}" y="${number(top + 13.5)}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"${weight}${color}>${escaped(shown)}</text>`
}

function signSvg(sign: string, count: number, fill: string, column: number, top: number): string {
  const block = blocks.get(sign)
  if (block && count > 1 && block[2] < 1) {
    return Array.from({ length: count }, (_, index) => signSvg(sign, 1, fill, column + index, top)).join('')
  }
  if (block) {
    const [left, up, share, height] = block
    const width = share * count
    return `<rect x="${number(margin + (column + left) * cellWidth)}" y="${number(top + up * cellHeight)}" width="${number(width * cellWidth)}" height="${number(height * cellHeight)}" fill="${fill}"/>`
  }
  if (sign === '─') {
    const y = number(top + cellHeight / 2)
    return `<path d="M${x(column)} ${y}H${x(column + count)}" stroke="${fill}" fill="none"/>`
  }
  const middle = { x: margin + (column + 0.5) * cellWidth, y: top + cellHeight / 2 }
  const ends: Readonly<Record<string, string>> = {
    l: `H${number(margin + column * cellWidth)}`,
    r: `H${number(margin + (column + 1) * cellWidth)}`,
    u: `V${number(top)}`,
    d: `V${number(top + cellHeight)}`,
  }
  const path = Array.from(rules.get(sign) ?? '', (way) => `M${number(middle.x)} ${number(middle.y)}${ends[way]}`).join(
    '',
  )
  return `<path d="${path}" stroke="${fill}" fill="none"/>`
}

function inkOf({ dim, colour }: Span): string {
  if (colour) return colours[colour]
  return dim ? faint : ink
}

function x(column: number): string {
  return number(margin + column * cellWidth)
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
