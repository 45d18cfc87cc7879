import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { codeFingerprint } from './code-fingerprint.ts'

/** Valid actions that were searched before, by what they hang on (`Environment.reachHash`). A `Map` is one. */
export interface ActionCache {
  get(reachHash: string): readonly string[] | undefined
  set(reachHash: string, commands: readonly string[]): unknown
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
  readonly #records: Map<string, string>
  #writes = true

  /** `storySha256`: as `StoryInfo` has it. The folder is made where it is not there. */
  constructor(folder: string, storySha256: string) {
    this.#path = join(folder, `${storySha256}.jsonl`)
    const heading = JSON.stringify({ format: 1, search: codeFingerprint() })
    const [first, ...lines] = readLines(this.#path)
    this.#records = new Map(
      first === heading ? lines.map((line) => [line.slice(HASH.from, HASH.to), line] as const) : [],
    )
    if (first !== heading) this.#write(() => begin(folder, this.#path, heading))
  }

  get(reachHash: string): readonly string[] | undefined {
    const line = this.#records.get(reachHash)
    return line === undefined ? undefined : readRecord(line, reachHash)
  }

  set(reachHash: string, commands: readonly string[]): void {
    const line = JSON.stringify([reachHash, ...commands])
    if (this.#records.get(reachHash) === line) return
    this.#records.set(reachHash, line)
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
function readRecord(line: string, reachHash: string): readonly string[] | undefined {
  try {
    const [hash, ...commands] = record.parse(JSON.parse(line))
    return hash === reachHash ? commands : undefined
  } catch {
    return undefined
  }
}
