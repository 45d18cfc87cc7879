import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { codeFingerprint } from './code-fingerprint.ts'

/**
 * Valid actions that were searched before, by what they hang on, and what else `Environment.recallActions` wants to know
 * again: texts by 16 hex digits. A `Map` is one.
 */
export interface ActionCache {
  get(hash: string): readonly string[] | undefined
  set(hash: string, texts: readonly string[]): unknown
}

const record = z.tuple([z.string()], z.string())

/** Where the hash stands in a record: `["0123456789abcdef","take lamp",…]`. */
const HASH = { from: 2, to: 18 } as const

/**
 * A cache in a file of its own for each story, named by the story's hash: a line that says which search found all this,
 * then a record a line. Another version of the search begins it anew. Each record is one append, on a new line, so
 * that processes may share the file, and one that is killed leaves at most a line that nobody can read. A disk that
 * takes no more ends the writing, not the run: what is not kept is searched again.
 */
export class FileActionCache implements ActionCache {
  readonly #path: string
  /** Records as the file has them, of which few are ever asked for; and those that were, or are new. */
  readonly #lines: ReadonlyMap<string, string>
  readonly #read = new Map<string, readonly string[]>()
  #writes = true

  /** `storySha256`: as `StoryInfo` has it. The folder is made where it is not there. */
  constructor(folder: string, storySha256: string) {
    this.#path = join(folder, `${storySha256}.jsonl`)
    const heading = JSON.stringify({ format: 1, search: codeFingerprint() })
    const [first, ...lines] = readLines(this.#path)
    this.#lines = new Map(first === heading ? lines.map((line) => [line.slice(HASH.from, HASH.to), line] as const) : [])
    if (first !== heading) this.#write(() => begin(folder, this.#path, heading))
  }

  get(hash: string): readonly string[] | undefined {
    const read = this.#read.get(hash)
    const line = this.#lines.get(hash)
    if (read !== undefined || line === undefined) return read
    const texts = readRecord(line, hash)
    if (texts !== undefined) this.#read.set(hash, texts)
    return texts
  }

  set(hash: string, texts: readonly string[]): void {
    const line = JSON.stringify([hash, ...texts])
    const known = this.get(hash)
    if (known !== undefined && JSON.stringify([hash, ...known]) === line) return
    this.#read.set(hash, texts)
    this.#write(() => appendFileSync(this.#path, `\n${line}`))
  }

  #write(act: () => void): void {
    if (!this.#writes) return
    try {
      act()
    } catch {
      this.#writes = false
    }
  }
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}

/** By way of a temporary file: the heading is there whole or not at all. */
function begin(folder: string, path: string, heading: string): void {
  mkdirSync(folder, { recursive: true })
  const temporary = `${path}.${randomUUID()}`
  writeFileSync(temporary, heading)
  renameSync(temporary, path)
}

/** Undefined for a line that was cut short or damaged. */
function readRecord(line: string, expected: string): readonly string[] | undefined {
  try {
    const [hash, ...texts] = record.parse(JSON.parse(line))
    return hash === expected ? texts : undefined
  } catch {
    return undefined
  }
}
