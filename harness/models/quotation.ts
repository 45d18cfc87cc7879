import stripAnsi from 'strip-ansi'

/** UTF-16 units of one text that are shown. */
const textLimit = 2000

/** A story's text in a prompt. The mark is on every line, so that no text can put anything outside of the quotation. */
export function quoted(text: string): string {
  const shown = text.length > textLimit ? `${text.slice(0, textLimit)} [...]` : text
  return plain(shown)
    .trim()
    .split(/\s*\n\s*/u)
    .map((line) => `| ${line}`)
    .join('\n')
}

export function oneLine(text: string): string {
  return plain(text).replace(/\s+/gu, ' ').trim()
}

/**
 * Text without escape sequences, control and formatting characters (bidirectional overrides, zero-width joiners) and
 * halves of surrogate pairs, which strict JSON readers refuse. `<|` opens the special tokens of many chat templates,
 * and servers are known to parse them inside of a message.
 */
function plain(text: string): string {
  return stripAnsi(text)
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(/[^\P{C}\n]/gu, '')
    .replaceAll('<|', '< |')
}
