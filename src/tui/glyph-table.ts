import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
// Latin, Greek and Cyrillic letters, punctuation, arrows, box drawing, blocks: one column wherever we know of.
const simple =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u04ff\u2010-\u2027\u2190-\u21ff\u2500-\u25ff]*$/
const firstStandIn = 0xe000
const standIns = /[\ue000-\uf8fe]/
const filler = '\uf8ff'
/** Half of Unicode's private area: after that many different characters the rest are shown as one. */
const mostGlyphs = 3000

/**
 * Stands in for characters that programs and terminals disagree about: wide, combining, emoji, private.
 *
 * Ink measures and cuts by characters, `string-width` by clusters, terminals by tables of their own. So each cluster
 * outside the plain scripts is drawn as one private character a column, of which nobody can think otherwise, and the
 * painter puts the cluster in its place and then says where the line goes on: whatever the terminal made of it, the
 * columns behind it stand where they belong.
 */
export class GlyphTable {
  readonly #standIns = new Map<string, string>()
  readonly #clusters: string[] = []

  encode(text: string): string {
    if (simple.test(text)) return text
    let encoded = ''
    for (const { segment } of graphemes.segment(text))
      encoded += simple.test(segment) ? segment : this.#standIn(segment)
    return encoded
  }

  /** A line as the terminal is to get it, escape sequences and all. */
  decode(line: string): string {
    if (!standIns.test(line)) return line.replaceAll(filler, ' ')
    let decoded = ''
    let column = 1
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is stepped over
    for (const [piece] of line.matchAll(/\u001b\[[0-9;]*m|[\ue000-\uf8fe]\uf8ff*|[^\u001b\ue000-\uf8fe]+/g)) {
      if (piece.startsWith('\u001b')) {
        decoded += piece
        continue
      }
      const width = piece.length
      const cluster = this.#clusters[piece.charCodeAt(0) - firstStandIn]
      column += width
      if (!standIns.test(piece)) decoded += piece
      // Spaces first: a terminal that draws it narrower than we think leaves no remains of what stood there.
      else decoded += `${' '.repeat(width)}\u001b[${column - width}G${cluster ?? '?'}\u001b[${column}G`
    }
    return decoded
  }

  #standIn(cluster: string): string {
    const known = this.#standIns.get(cluster)
    if (known !== undefined) return known
    const width = stringWidth(cluster)
    if (width === 0) return ''
    if (this.#clusters.length >= mostGlyphs) return '?'.padEnd(width)
    const standIn = String.fromCharCode(firstStandIn + this.#clusters.length) + filler.repeat(width - 1)
    this.#clusters.push(cluster)
    this.#standIns.set(cluster, standIn)
    return standIn
  }
}
