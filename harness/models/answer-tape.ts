import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { completionSchema } from './completion.ts'
import { ModelError } from './model-error.ts'

const entrySchema = z.object({
  /** `questionKey` of what was asked. */
  key: z.string(),
  /** Where it was asked first: tape, episode and turn. */
  place: z.string(),
  answer: z.discriminatedUnion('type', [
    z.object({ type: z.literal('completion'), completion: completionSchema, retries: z.number() }),
    /** A request that the server will not have stays rejected: asking again would only cost time. */
    z.object({ type: z.literal('rejected'), status: z.number(), said: z.string() }),
    z.object({ type: z.literal('unreadable'), fault: z.enum(['malformed', 'huge']), retries: z.number() }),
  ]),
})

export type TapeEntry = z.output<typeof entrySchema>
export type TapedAnswer = TapeEntry['answer']

/**
 * Every answer a model gave, by its question: a question asked before costs nothing. On disk it is a folder of
 * `*.jsonl` files (a cassette), one per writer, so that runs may share it; it holds answers and digests of questions,
 * neither prompts nor addresses nor keys.
 */
export class AnswerTape {
  /** Names this writer's file and begins its places. */
  readonly name: string
  readonly #file: string | null
  readonly #entries = new Map<string, TapeEntry>()
  #torn: boolean

  /** `directory` null: kept in memory alone. Throws `ModelError` where the folder cannot be used. */
  static open(directory: string | null, name: string): AnswerTape {
    const file = directory === null ? null : join(directory, `${name}.jsonl`)
    try {
      return new AnswerTape(directory, file, name)
    } catch (error) {
      throw unusable(directory ?? '', error)
    }
  }

  private constructor(directory: string | null, file: string | null, name: string) {
    this.name = name
    this.#file = file
    this.#torn = false
    if (directory === null || file === null) return
    mkdirSync(directory, { recursive: true })
    for (const other of readdirSync(directory).sort()) {
      if (other.endsWith('.jsonl')) this.#read(readFileSync(join(directory, other), 'utf8'))
    }
    this.#torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))
  }

  get(key: string): TapeEntry | undefined {
    return this.#entries.get(key)
  }

  entries(): Iterable<TapeEntry> {
    return this.#entries.values()
  }

  /** Kept, on disk as well, when this returns. */
  add(entry: TapeEntry): void {
    this.#entries.set(entry.key, entry)
    if (this.#file === null) return
    // A line that a dying process left unfinished must not swallow the next.
    const line = `${this.#torn ? '\n' : ''}${JSON.stringify(entry)}\n`
    this.#torn = false
    try {
      appendFileSync(this.#file, line)
    } catch (error) {
      throw unusable(this.#file, error)
    }
  }

  /** A damaged line is one answer fewer, no more: its question is asked again. */
  #read(text: string): void {
    for (const line of text.split('\n')) {
      const parsed = entrySchema.safeParse(parseJson(line))
      if (parsed.success && !this.#entries.has(parsed.data.key)) this.#entries.set(parsed.data.key, parsed.data)
    }
  }
}

/** Which question this is, whoever answers it: equal questions, equal keys. */
export function questionKey(path: string, body: object): string {
  return createHash('sha256')
    .update(JSON.stringify([path, body]))
    .digest('hex')
    .slice(0, 32)
}

function unusable(path: string, error: unknown): ModelError {
  const reason = error instanceof Error && 'code' in error ? error.code : error
  return new ModelError(`The model's answers cannot be kept in ${path} (${reason}): name another folder by --cassette.`)
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
