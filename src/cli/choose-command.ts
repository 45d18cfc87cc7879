import type { Command } from './command.ts'
import { UsageError } from './usage-error.ts'

/** What a group does when only its own name is given. */
const DEFAULTS: Readonly<Record<string, string>> = { games: 'games list' }

/** The command that the first one or two words name, and the words behind. Throws `UsageError`. */
export async function chooseCommand(
  commands: readonly Command[],
  argv: readonly string[],
): Promise<{ readonly command: Command; readonly words: readonly string[] }> {
  const named = (name: string | undefined) => commands.find((command) => command.name === name)
  const [first = '', second] = argv
  const pair = named(`${first} ${second}`)
  if (pair) return { command: pair, words: argv.slice(2) }
  const single = named(first)
  if (single) return { command: single, words: argv.slice(1) }
  const whole = second === undefined || second.startsWith('-') ? named(DEFAULTS[first]) : undefined
  if (whole) return { command: whole, words: argv.slice(1) }

  const group = commands.map(({ name }) => name).filter((name) => name.startsWith(`${first} `))
  const typed = group.length > 0 ? `${first} ${second}` : first
  const names = group.length > 0 ? group : commands.map(({ name }) => name)
  if (group.length > 0 && second === undefined) throw new UsageError(`Which one? There are: ${group.join(', ')}.`)
  const { nearestNames } = await import('../../games/index.ts')
  const near = nearestNames(typed, names)
  const hint = near.length > 0 ? `Did you mean "grue ${near.join('" or "grue ')}"?` : `There are: ${names.join(', ')}.`
  throw new UsageError(`There is no command "grue ${typed}". ${hint}`)
}
