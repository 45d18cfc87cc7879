/** Keys that prompts are answered with though no text names them: to go on, to say yes or no, to choose, to leave. */
const COMMON = ['space', 'n', 'y', 'q', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0']

/** "Press A or B", "(Y/N)", "[Q]uit". */
const NAMED = /(?<![\p{L}\d'’])[A-Za-z](?![\p{L}\d'’])/gu

/** Commands that press the keys to be tried at a prompt, Enter apart: those that most take and those that a text names. */
export function keysFor(text: string): readonly string[] {
  const named = [...new Set(text.match(NAMED))].sort()
  const small = named.map((key) => key.toLowerCase())
  // As written only after: nearly all stories take both.
  return [...new Set([...COMMON, ...small, ...named])]
}
