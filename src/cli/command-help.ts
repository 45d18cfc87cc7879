import wrapAnsi from 'wrap-ansi'
import type { Command, CommandBody, Parameter } from './command.ts'

const WIDTH = 80

/** `grue COMMAND --help`. */
export function commandHelp({ name, summary }: Command, { details, parameters }: CommandBody): string {
  const operands = parameters.filter(({ kind }) => kind === 'operand' || kind === 'operands')
  const flags = parameters.filter((parameter) => !operands.includes(parameter))
  const words = operands.map((operand) => (operand.required ? operand.name : `[${operand.name}]`))
  const needed = flags.filter(({ required }) => required).map((flag) => `${flag.name} ${flag.value}`)
  const rows = [
    ...operands.map((operand) => [operand.name, describe(operand)] as const),
    ...flags.map((flag) => [`${flag.name}${flag.kind === 'switch' ? '' : ` ${flag.value}`}`, describe(flag)] as const),
    ['--help', 'Print this.'] as const,
  ]
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return [
    `${summary}.`,
    '',
    `Usage: ${['grue', name, ...words, ...needed, '[FLAGS]'].join(' ')}`,
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
