/** Keys by what a terminal sends for them, behind the escape character. */
const sequences: ReadonlyMap<string, string> = new Map([
  ...['A:up', 'B:down', 'C:right', 'D:left', 'H:home', 'F:end'].flatMap((pair): [string, string][] => {
    const [letter = '', name = ''] = pair.split(':')
    // As a cursor key (CSI), and as an application's (SS3).
    return [
      [`[${letter}`, name],
      [`O${letter}`, name],
    ]
  }),
  ['[1~', 'home'],
  ['[7~', 'home'],
  ['[4~', 'end'],
  ['[8~', 'end'],
  ['[3~', 'delete'],
  ['[5~', 'pageup'],
  ['[6~', 'pagedown'],
])
const controls: ReadonlyMap<string, string> = new Map([
  ['\r', 'return'],
  ['\n', 'return'],
  ['\t', 'tab'],
  ['\u007f', 'backspace'],
  ['\b', 'backspace'],
])
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
const sequence = /^\u001b(?:\[[0-?]*[ -/]*[@-~]|O[A-Za-z]|\u001b)?/
// biome-ignore lint/suspicious/noControlCharactersInRegex: so is the beginning of one
const unfinished = /^\u001b(?:\[[0-?]*[ -/]*|O)?$/
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

export interface Keys {
  readonly keys: readonly string[]
  /** The beginning of an escape sequence, or the escape key: what comes next tells. */
  readonly rest: string
}

/**
 * The keys that were pressed, by what arrived from the terminal: several at once where they were quick or pasted. A
 * character, `ctrl+` and a letter, or a name; sequences of other keys are none.
 */
export function readKeys(text: string): Keys {
  const keys: string[] = []
  let left = text
  while (left !== '') {
    if (left.startsWith('\u001b')) {
      if (unfinished.test(left)) return { keys, rest: left }
      const [found = '\u001b'] = sequence.exec(left) ?? []
      // Shift, Alt or Ctrl with a key of its own (CSI 1 ; 5 C) is that key.
      const name = sequences.get(found.slice(1).replace(/\d+;\d+(?=[A-H])/, ''))
      if (name !== undefined) keys.push(name)
      else if (found.length === 1 || found === '\u001b\u001b') keys.push('escape')
      left = left.slice(found.length)
      continue
    }
    const [first = ''] = Array.from(graphemes.segment(left.slice(0, 64)), ({ segment }) => segment)
    // Windows' line end is one cluster.
    const key = first === '\r\n' ? '\r' : first
    keys.push(...named(key))
    left = left.slice(first.length)
  }
  return { keys, rest: '' }
}

function named(key: string): readonly string[] {
  const name = controls.get(key)
  if (name !== undefined) return [name]
  const code = key.charCodeAt(0)
  if (code >= 1 && code <= 26) return [`ctrl+${String.fromCharCode(code + 96)}`]
  return code < 32 ? [] : [key]
}
