import process from 'node:process'

/** The command line as a person would type it again, with `more` behind it. */
export function commandLine(...more: readonly string[]): string {
  return shellLine('grue', ...process.argv.slice(2), ...more)
}

/** The command line with another folder for the run. */
export function commandLineFor(folder: string): string {
  const words = process.argv.slice(2)
  const kept = words.filter((word, index) => !/^--out(=|$)/.test(word) && words[index - 1] !== '--out')
  return shellLine('grue', ...kept, '--out', folder)
}

/** Words as a person would type them. */
export function shellLine(...words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

/** As a POSIX shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
