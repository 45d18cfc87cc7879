import { Digests } from './digests.ts'
import { numbers } from './json-lists.ts'
import { DamageError } from './memory-error.ts'
import { DIGEST_BYTES } from './records.ts'

/** Many rows in one: the ids as a JSON list, the digests in hexadecimal end to end. */
export interface DigestRows {
  readonly ids: string
  readonly digests: string
}

/**
 * The ids of a table's rows by their digests. It takes the place of an index in the file, which would have each new row
 * write to another page of it. Read when it is first asked for: whoever only recalls has no use for it.
 */
export class RowDigests {
  readonly #rowsAfter: (id: number) => readonly DigestRows[]
  #digests = new Digests()
  #last = 0
  #isStale = true

  constructor(rowsAfter: (id: number) => readonly DigestRows[]) {
    this.#rowsAfter = rowsAfter
  }

  /** The row that had the digest last; it may have been deleted since. */
  id(digest: Buffer): number | undefined {
    if (this.#isStale) this.#readOn()
    return this.#digests.id(digest)
  }

  /** Notes a row that this process has inserted, newer than all before. */
  add(digest: Buffer, id: number): void {
    this.#digests.set(digest, id)
    this.#last = id
  }

  /** There may be rows that others have inserted. */
  expectMore(): void {
    this.#isStale = true
  }

  /** What was inserted may not be there after all. */
  reset(): void {
    this.#digests = new Digests()
    this.#last = 0
    this.#isStale = true
  }

  #readOn(): void {
    for (const { ids, digests } of this.#rowsAfter(this.#last)) {
      const list = numbers(ids)
      const bytes = Buffer.from(digests, 'hex')
      if (bytes.length !== DIGEST_BYTES * list.length)
        throw new DamageError('a digest has another length than digests have')
      for (const [at, id] of list.entries()) {
        this.#digests.set(bytes.subarray(DIGEST_BYTES * at, DIGEST_BYTES * (at + 1)), id)
        this.#last = id
      }
    }
    this.#isStale = false
  }
}
