import { stripVTControlCharacters } from 'node:util'

const lineEnds = /\r\n?|[\u0085\u2028\u2029]/g
// Control characters but for the line feed; marks, embeddings, overrides and isolates of direction; soft hyphen,
// zero-width space, word joiner, byte order mark and tag characters, whose width terminals disagree on.
const invisible = /(?!\n)[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu
const loneSurrogates = /\p{Surrogate}/gu

/**
 * Text of a story or a model as a terminal may show it: no escape sequences, no control characters but `\n`, nothing
 * that reorders or hides what stands beside it. Everything foreign that the screen and the plain printer show has
 * passed through here.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(lineEnds, '\n')
    .replaceAll('\t', '    ')
    .replace(invisible, '')
    .replace(loneSurrogates, '\ufffd')
    .normalize()
}

/** The same on one line, for names and commands. */
export function plainLine(text: string): string {
  return plainText(text).replaceAll(/\s+/g, ' ').trim()
}
