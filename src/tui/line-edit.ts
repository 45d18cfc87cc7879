/** A line that somebody types: the text and where the cursor stands, both by grapheme clusters. */
export interface LineEdit {
  readonly clusters: readonly string[]
  readonly cursor: number
}

/** In UTF-16 code units. No story takes as much; what is pasted beyond it is dropped, as each key costs what there is. */
export const longestLine = 1000

export const emptyLine: LineEdit = { clusters: [], cursor: 0 }

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

export function lineOf(text: string): LineEdit {
  const clusters = Array.from(graphemes.segment(text), ({ segment }) => segment)
  return { clusters, cursor: clusters.length }
}

export function typed(edit: LineEdit): string {
  return edit.clusters.join('')
}

/** What one key does to the line: the keys of a shell. Null where it is none of them. */
export function edited(edit: LineEdit, key: string): LineEdit | null {
  const { clusters, cursor } = edit
  switch (key) {
    case 'left':
    case 'ctrl+b':
      return { clusters, cursor: Math.max(0, cursor - 1) }
    case 'right':
    case 'ctrl+f':
      return { clusters, cursor: Math.min(clusters.length, cursor + 1) }
    case 'home':
    case 'ctrl+a':
      return { clusters, cursor: 0 }
    case 'end':
    case 'ctrl+e':
      return { clusters, cursor: clusters.length }
    case 'backspace':
    case 'ctrl+h':
      return cut(edit, Math.max(0, cursor - 1), cursor)
    case 'delete':
      return cut(edit, cursor, cursor + 1)
    case 'ctrl+u':
      return cut(edit, 0, cursor)
    case 'ctrl+k':
      return cut(edit, cursor, clusters.length)
    case 'ctrl+w':
      return cut(edit, wordStart(edit), cursor)
    default:
      return isCharacter(key) ? inserted(edit, key) : null
  }
}

/** Names of keys have more than one cluster. */
function isCharacter(key: string): boolean {
  return key !== '' && lineOf(key).clusters.length === 1 && !/\p{Cc}/u.test(key)
}

function inserted(edit: LineEdit, key: string): LineEdit {
  const { clusters, cursor } = edit
  if (typed(edit).length + key.length > longestLine) return edit
  const before = Math.max(0, cursor - 1)
  // A combining mark joins what stands before it.
  const joined = lineOf(clusters.slice(before, cursor).join('') + key).clusters
  return { clusters: clusters.toSpliced(before, cursor - before, ...joined), cursor: before + joined.length }
}

function cut({ clusters }: LineEdit, from: number, to: number): LineEdit {
  return { clusters: [...clusters.slice(0, from), ...clusters.slice(to)], cursor: from }
}

function wordStart({ clusters, cursor }: LineEdit): number {
  let start = cursor
  while (start > 0 && clusters[start - 1] === ' ') start -= 1
  while (start > 0 && clusters[start - 1] !== ' ') start -= 1
  return start
}

/**
 * The choices that begin with what was typed, or else hold all of its words; sorted as they came. A second Tab takes
 * the next of them.
 */
export function completions(text: string, choices: readonly string[]): readonly string[] {
  const wanted = text.toLowerCase()
  const begin = choices.filter((choice) => choice.toLowerCase().startsWith(wanted))
  if (begin.length > 0) return begin
  const words = wanted.split(' ').filter((word) => word !== '')
  return choices.filter((choice) => words.every((word) => choice.toLowerCase().includes(word)))
}
