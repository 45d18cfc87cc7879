import { createHash } from 'node:crypto'
import { appendFileSync, closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolders } from '../make-folders.ts'
import { completionSchema } from './completion.ts'
import { ModelError } from './model-error.ts'

const entrySchema = z.object({
  /** `questionKey` of what was asked. */
  key: z.string(),
  /** Where in this file's run it was asked first: `3.14` is episode 3, turn 14. */
  place: z.string(),
  /** Where the answer came from: the model, or another file of the folder, which cost nothing. */
  from: z.enum(['model', 'tape']),
  answer: z.discriminatedUnion('type', [
    z.object({ type: z.literal('completion'), completion: completionSchema, retries: z.number() }),
    /** What the server cannot do, as the probe has found. */
    z.object({ type: z.literal('rejected'), status: z.number(), said: z.string() }),
    z.object({ type: z.literal('unreadable'), fault: z.enum(['malformed', 'huge']), retries: z.number() }),
  ]),
})

/** The answer to a question is as if it had not been given. */
const withdrawalSchema = z.object({ withdrawn: z.string() })

const lineSchema = z.union([entrySchema, withdrawalSchema])

export type TapeEntry = z.output<typeof entrySchema>
export type TapedAnswer = TapeEntry['answer']

/**
 * Every answer a model gave, by its question: a question asked before costs nothing. On disk it is a folder of
 * `*.jsonl` files (a cassette), one per run, so that runs may share it; it holds answers and digests of questions,
 * neither prompts nor addresses nor keys. What a run takes from another's file it keeps in its own as well: its file
 * is whole, and tells where it asked first, whatever the others do meanwhile.
 */
export class AnswerTape {
  readonly #file: string | null
  readonly #directory: string | null
  readonly #own = new Map<string, TapeEntry>()
  readonly #others = new Map<string, TapeEntry>()
  /** Bytes of each file that have been read. */
  readonly #read = new Map<string, number>()
  /** What was appended and not come upon yet: others may write to the same file, before it and behind. */
  readonly #appended = new Set<string>()
  #torn = false

  /** `directory` null: kept in memory alone. Throws `ModelError` where the folder cannot be used. */
  static open(directory: string | null, name: string): AnswerTape {
    const file = directory === null ? null : join(directory, `${name}.jsonl`)
    try {
      return new AnswerTape(directory, file)
    } catch (error) {
      throw unusable(directory ?? '', error)
    }
  }

  private constructor(directory: string | null, file: string | null) {
    this.#file = file
    this.#directory = directory
    if (directory === null || file === null) return
    makeFolders(directory)
    this.#torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))
  }

  /** This run's answer, or another's, as far as it could be read, as this run asks for it now. */
  get(key: string, place: string): TapeEntry | undefined {
    const own = this.#own.get(key)
    if (own) return own
    const other = this.#others.get(key)
    if (other && other.answer.type !== 'unreadable') this.add({ ...other, place, from: 'tape' })
    return this.#own.get(key)
  }

  get empty(): boolean {
    return this.#own.size + this.#others.size === 0
  }

  /** What the folder holds that was not there the last time, from whichever other writer. */
  *fresh(): Generator<TapeEntry> {
    if (this.#directory === null) return
    for (const name of readdirSync(this.#directory).sort()) {
      if (name.endsWith('.jsonl')) yield* this.#newLines(join(this.#directory, name))
    }
  }

  /** Kept, on disk as well, when this returns. */
  add(entry: TapeEntry): void {
    this.#own.set(entry.key, entry)
    this.#append(entry)
  }

  /** What nobody could read of the answers at this place will be asked for again. */
  withdraw(place: string): void {
    for (const { key, place: asked, answer } of this.#own.values()) {
      if (asked !== place || answer.type !== 'unreadable') continue
      this.#own.delete(key)
      this.#append({ withdrawn: key })
    }
  }

  #append(content: z.output<typeof lineSchema>): void {
    if (this.#file === null) return
    // A line that a dying process left unfinished must not swallow the next.
    const line = JSON.stringify(content)
    const before = this.#torn ? '\n' : ''
    this.#torn = false
    try {
      appendFileSync(this.#file, `${before}${line}\n`)
      this.#appended.add(line)
    } catch (error) {
      throw unusable(this.#file, error)
    }
  }

  /** A damaged line is one answer fewer, no more: its question is asked again. */
  *#newLines(path: string): Generator<TapeEntry> {
    const start = this.#read.get(path) ?? 0
    const bytes = bytesFrom(path, start)
    // The last line may still be being written.
    const end = bytes.lastIndexOf('\n') + 1
    this.#read.set(path, start + end)
    for (const line of bytes.toString('utf8', 0, end).split('\n')) {
      if (path === this.#file && this.#appended.delete(line)) continue
      const entries = path === this.#file ? this.#own : this.#others
      const parsed = lineSchema.safeParse(parseJson(line))
      if (!parsed.success) continue
      if ('withdrawn' in parsed.data) {
        entries.delete(parsed.data.withdrawn)
        continue
      }
      if (!entries.has(parsed.data.key)) entries.set(parsed.data.key, parsed.data)
      yield parsed.data
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

function bytesFrom(path: string, start: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, statSync(path).size - start))
  if (bytes.length === 0) return bytes
  const file = openSync(path, 'r')
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start))
  } finally {
    closeSync(file)
  }
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
