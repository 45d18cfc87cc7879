import { randomUUID } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
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
  /** Takes in what others have put in since; whether there was anything. */
  refresh?(): boolean
}

const record = z.tuple([z.string()], z.string())

/** Where the hash stands in a record: `["0123456789abcdef","take lamp",…]`. */
const HASH = { from: 2, to: 18 } as const

/**
 * A cache in a file of its own for each story, named by the story's hash: a line that says which search found all this,
 * then a record a line. Another version of the search begins it anew. Each record is one append, on a new line, so
 * that processes may share the file, and one that is killed leaves at most a line that nobody can read. A disk that
 * takes no more ends the writing, not the run: what is not kept is searched again. So does another version that begins
 * the file anew: each would take the other's records for its own.
 */
export class FileActionCache implements ActionCache {
  readonly #path: string
  /** Records as the file has them, of which few are ever asked for; and those that were, or are new. */
  readonly #lines: Map<string, string>
  readonly #read = new Map<string, readonly string[]>()
  /** The file that was found or begun, and how far it was read: to its last line, which may be half written. */
  readonly #inode: number | null
  #behind: number
  #writes = true

  /** `storySha256`: as `StoryInfo` has it. The folder is made where it is not there. */
  constructor(folder: string, storySha256: string) {
    this.#path = join(folder, `${storySha256}.jsonl`)
    const heading = JSON.stringify({ format: 1, search: codeFingerprint() })
    const { lines, end } = readLines(this.#path, 0)
    const isOurs = lines[0] === heading
    this.#lines = new Map(isOurs ? lines.slice(1).map(byHash) : [])
    this.#behind = isOurs ? end : 0
    if (!isOurs) this.#write(() => begin(folder, this.#path, heading))
    this.#inode = inodeOf(this.#path)
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
    if (this.#lines.get(hash) === line) return
    this.#lines.set(hash, line)
    this.#read.set(hash, texts)
    if (inodeOf(this.#path) === this.#inode) this.#write(() => appendFileSync(this.#path, `\n${line}`))
  }

  refresh(): boolean {
    if (inodeOf(this.#path) !== this.#inode) return false
    const { lines, end } = readLines(this.#path, this.#behind)
    this.#behind = end
    // The first is the one that was read as the last before, or the heading.
    const fresh = lines.slice(1).map(byHash)
    const news = fresh.filter(([hash, line]) => this.#lines.get(hash) !== line && readRecord(line, hash) !== undefined)
    for (const [hash, line] of news) {
      this.#lines.set(hash, line)
      this.#read.delete(hash)
    }
    return news.length > 0
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

/** From that byte on, and where the last line begins. */
function readLines(path: string, from: number): { readonly lines: readonly string[]; readonly end: number } {
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - from))
    const read = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from))
    return { lines: read.toString().split('\n'), end: from + Math.max(0, read.lastIndexOf('\n')) }
  } catch {
    return { lines: [], end: from }
  } finally {
    if (file !== null) closeSync(file)
  }
}

function byHash(line: string): readonly [hash: string, line: string] {
  return [line.slice(HASH.from, HASH.to), line]
}

/** Null where there is none. */
function inodeOf(path: string): number | null {
  try {
    return statSync(path).ino
  } catch {
    return null
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
