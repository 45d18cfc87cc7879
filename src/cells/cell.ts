import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type GameSeedPolicy, type ModelSettings, rungNames } from '../../harness/index.ts'
import type { MemoryLimit } from '../../memory/index.ts'
import type { MemorySettings } from '../starting-memory.ts'

const gameSeed: z.ZodType<GameSeedPolicy> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('per-episode') }),
  z.strictObject({ type: z.literal('fixed'), seed: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('story') }),
])

const limit = z.number().nonnegative().nullable()
const model: z.ZodType<ModelSettings> = z.strictObject({
  model: z.string(),
  rung: z.enum(rungNames).nullable(),
  decode: z.enum(['client', 'server']),
  limits: z.strictObject({ cost: limit, tokens: limit, calls: limit }),
  prices: z.strictObject({ input: z.number(), output: z.number() }).nullable(),
  cassette: z.string(),
})

const memory: z.ZodType<MemorySettings> = z.strictObject({
  file: z.string(),
  episode: z.int().positive().nullable(),
  frozen: z.boolean(),
})

const memoryLimit: z.ZodType<MemoryLimit> = z.strictObject({
  experiences: z.int().positive(),
  evict: z.enum(['least-recently-useful', 'lowest-return']),
})

/** The JSON of a cell. */
const cellSchema = z.strictObject({
  /** Catalogue id or path. */
  story: z.string(),
  /** The story file's SHA-256 (`StoryInfo.sha256`): another file of that id is refused. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** `NAME[:PRESET]`. */
  policy: z.string(),
  /** The policy's parameters that are to differ from its preset, by name. */
  parameters: z.record(z.string(), z.union([z.number(), z.string()])).readonly(),
  /** Privileges of some policy's key, which the runs that it is compared with are given as well. */
  given: z
    .array(z.enum(['world hash']))
    .readonly()
    .optional(),
  /** The model that is the base policy; null for the lexical prior. */
  model: model.nullable(),
  /** What the agent remembers from the start; null for nothing. */
  memory: memory.nullable(),
  /** How much it keeps of what it lives through; all unless given. */
  memoryLimit: memoryLimit.optional(),
  seed: z.int().nonnegative(),
  gameSeed,
  episodes: z.int().positive(),
  stepLimit: z.int().positive(),
  /** Softmax temperature of the base policy. */
  temperature: z.number().positive(),
})

/**
 * One cell of an experiment: all that decides what is played. With its folder (`run.json`, `events.jsonl`, `memory.db`)
 * it is all that a worker, wherever it is, needs and gives back.
 */
export type Cell = Readonly<z.infer<typeof cellSchema>>

/** Where a run's folder says what was asked. */
export const cellFile = 'cell.json'

/** Reads a cell's JSON; throws an `Error` that says what is wrong with it. */
export function readCell(path: string): Cell {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new Error(
      `${path} cannot be read (${reason}). Every run leaves its description as ${cellFile} in its folder.`,
    )
  }
  const parsed = cellSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.length ? `"${issue.path.join('.')}": ` : ''
  throw new Error(
    `${path} describes no cell (${where}${issue?.message}). Every run leaves one as ${cellFile} in its folder.`,
  )
}
