import type { Command } from './command.ts'

/** `grue --help`, or that of a group of commands. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2
  return [
    'grue plays Z-machine interactive fiction with an agent that gets better from episode to episode.',
    '',
    'Usage: grue COMMAND [WORDS] [FLAGS]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    '"grue COMMAND --help" says more of one; "grue --version" says which version this is.',
    'A STORY is an id of "grue games list" or a path. GRUE_GAMES=FOLDER:FOLDER adds stories by id.',
  ].join('\n')
}
