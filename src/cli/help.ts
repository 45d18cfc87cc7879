import wrapAnsi from 'wrap-ansi'
import type { Command, Parameter } from './command.ts'

const WIDTH = 80

/** `grue --help`. */
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

/** `grue COMMAND --help`. */
export function commandHelp(command: Command): string {
  const { name, summary, details, parameters } = command
  const operands = parameters.filter(({ kind }) => kind === 'operand' || kind === 'operands')
  const flags = parameters.filter((parameter) => !operands.includes(parameter))
  const words = operands.map((operand) => (operand.required ? operand.name : `[${operand.name}]`))
  const rows = [
    ...operands.map((operand) => [operand.name, describe(operand)] as const),
    ...flags.map((flag) => [`${flag.name}${flag.kind === 'switch' ? '' : ` ${flag.value}`}`, describe(flag)] as const),
    ['--help', 'Print this.'] as const,
  ]
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return [
    `${summary}.`,
    '',
    `Usage: ${['grue', name, ...words, '[FLAGS]'].join(' ')}`,
    '',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}${indented(right, width + 2)}`),
    ...(details === '' ? [] : ['', wrapAnsi(details, WIDTH)]),
  ].join('\n')
}

/** Wrapped so that it stands in a column of its own. */
function indented(text: string, column: number): string {
  return wrapAnsi(text, WIDTH - column).replaceAll('\n', `\n${' '.repeat(column)}`)
}

function describe({ help, default: preset }: Parameter): string {
  return preset === null ? `${help}.` : `${help} (default: ${preset}).`
}
