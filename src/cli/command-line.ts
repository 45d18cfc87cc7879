import process from 'node:process'

/** The command line as a person would type it again, with `more` behind it. */
export function commandLine(...more: readonly string[]): string {
  return shellLine('grue', ...process.argv.slice(2), ...more)
}

/** Words as a person would type them. */
export function shellLine(...words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

/** As a POSIX shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
