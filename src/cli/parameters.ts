import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { nearestNames } from '../../games/index.ts'
import type { Parameter } from './command.ts'
import { UsageError } from './usage-error.ts'

type Values = Readonly<Record<string, string | boolean | readonly string[]>>

/** Reads the words behind a command's name by its schema. Throws `UsageError` with what is wrong and what would fit. */
export function parseParameters<Schema extends z.ZodObject>(
  command: string,
  schema: Schema,
  parameters: readonly Parameter[],
  words: readonly string[],
): z.output<Schema> {
  const values = readWords(command, parameters, words)
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const parameter = parameters.find(({ key }) => key === issue?.path[0])
  if (!issue || !parameter) throw parsed.error
  if (values[parameter.key] === undefined)
    throw new UsageError(`${parameter.name} is missing: ${parameter.name} ${parameter.value}.`)
  throw new UsageError(`${parameter.name} ${issue.message}, not "${String(values[parameter.key])}".`)
}

function readWords(command: string, parameters: readonly Parameter[], words: readonly string[]): Values {
  const flags = parameters.filter(({ name }) => name.startsWith('--'))
  const type = ({ kind }: Parameter) => (kind === 'switch' ? 'boolean' : 'string')
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(flags.map((flag) => [flag.name.slice(2), { type: type(flag) }])),
    // Its own messages would neither name the nearest flag nor say what to do.
    strict: false,
    tokens: true,
  })
  const values: Record<string, string | boolean | readonly string[]> = {}
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const flag = flags.find(({ name }) => name === token.rawName)
    if (!flag) throw unknownFlag(token.rawName, flags)
    if (flag.kind === 'switch') {
      if (token.value !== undefined) throw new UsageError(`${flag.name} takes no value.`)
      values[flag.key] = true
    } else {
      const { value } = token
      if (value === undefined || (value.startsWith('--') && !token.inlineValue))
        throw new UsageError(`${flag.name} needs a value: ${flag.name} ${flag.value}.`)
      const before = values[flag.key]
      if (flag.kind === 'values') values[flag.key] = [...(Array.isArray(before) ? before : []), value]
      else values[flag.key] = value
    }
  }
  return { ...values, ...readOperands(command, parameters, operands) }
}

function readOperands(command: string, parameters: readonly Parameter[], words: readonly string[]): Values {
  const values: Record<string, string | readonly string[]> = {}
  let rest = words
  for (const { key, name, kind, required } of parameters) {
    if (kind !== 'operand' && kind !== 'operands') continue
    const [first] = rest
    if (first === undefined) {
      if (required) throw new UsageError(`${name} is missing: grue ${command} ${name}.`)
      continue
    }
    values[key] = kind === 'operands' ? rest : first
    rest = kind === 'operands' ? [] : rest.slice(1)
  }
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one word too many.`)
  return values
}

function unknownFlag(typed: string, flags: readonly Parameter[]): UsageError {
  const names = [...flags.map(({ name }) => name), '--help']
  const near = nearestNames(typed, names)
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are: ${names.join(', ')}.`
  return new UsageError(`There is no flag ${typed}. ${hint}`)
}
