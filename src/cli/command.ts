import { z } from 'zod'
import { parseParameters } from './parameters.ts'
import { UsageError } from './usage-error.ts'

/** What a command's `run` leaves: 0 for success, 1 for failure, 130 after Ctrl-C. */
type ExitCode = number

/** A command as it is listed. What it needs to run is loaded when it is called for: that takes most of a short one's time. */
export interface Command {
  /** One word, or two for a command in a group: `games add`. */
  readonly name: string
  /** One line, without a full stop. */
  readonly summary: string
  readonly load: () => Promise<CommandBody>
}

export interface CommandBody {
  /** What else there is to know; whole lines. */
  readonly details: string
  readonly parameters: readonly Parameter[]
  /** Runs it, under the name it is listed by, with the words behind that name. Throws `UsageError` where they do not fit. */
  readonly start: (name: string, words: readonly string[]) => Promise<ExitCode>
}

/** One flag or operand, as help shows it and the command line is read by it. */
export interface Parameter {
  /** The property of the command's schema. */
  readonly key: string
  /** `--game-seed`; for an operand the name that help shows: `STORY`. */
  readonly name: string
  readonly kind: 'operand' | 'operands' | 'value' | 'values' | 'switch'
  /** What stands for the value in help: `N`. */
  readonly value: string
  readonly help: string
  readonly default: string | null
  readonly required: boolean
}

interface Definition<Schema extends z.ZodObject> {
  readonly details?: string
  /**
   * Property names become flags, `gameSeed` `--game-seed`, by the metadata `description` and `value`; those with the
   * metadata `operand` are words without a flag, in order. A flag's value arrives as text, a switch's as a boolean.
   */
  readonly schema: Schema
  readonly run: (options: z.output<Schema>) => Promise<ExitCode> | ExitCode
}

/** A command whose flags, their defaults, checks and help all come from its schema. */
export function defineCommand<Schema extends z.ZodObject>(definition: Definition<Schema>): CommandBody {
  const { details = '', schema, run } = definition
  const parameters = parametersOf(schema)
  return {
    details,
    parameters,
    start: async (name, words) => {
      try {
        return await run(parseParameters(name, schema, parameters, words))
      } catch (error) {
        // Who finds the fault need not know by which command it was called.
        throw error instanceof UsageError ? new UsageError(error.message, name) : error
      }
    },
  }
}

/** What zod's JSON Schema of a command's schema looks like; the metadata comes with it. */
const described = z.object({
  properties: z.record(
    z.string(),
    z.object({
      type: z.enum(['string', 'boolean', 'array']),
      description: z.string().prefault(''),
      default: z.union([z.string(), z.boolean(), z.array(z.string())]).optional(),
      operand: z.string().optional(),
      value: z.string().prefault('VALUE'),
    }),
  ),
  required: z.array(z.string()).prefault([]),
})

function parametersOf(schema: z.ZodObject): readonly Parameter[] {
  const { properties, required } = described.parse(z.toJSONSchema(schema, { io: 'input' }))
  return Object.entries(properties).map(([key, property]) => {
    const { type, description, operand, value } = property
    const several = type === 'array'
    const kind = operand
      ? several
        ? 'operands'
        : 'operand'
      : type === 'boolean'
        ? 'switch'
        : several
          ? 'values'
          : 'value'
    return {
      key,
      name: operand ?? `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      kind,
      value,
      help: description,
      default: typeof property.default === 'string' ? property.default : null,
      required: required.includes(key),
    }
  })
}
