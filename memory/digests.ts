import { ints } from './growing-array.ts'

/** How many 32-bit words a digest has. */
const WORDS = 4

/** Rows of a table by their digests. Open addressing in typed arrays. */
export class Digests {
  readonly #words = ints()
  readonly #ids = ints()
  /** The number of an entry plus 1, 0 where none is; a power of two long, at most half full. */
  #slots = new Int32Array(64)

  /** The id that was last given to the digest. */
  id(digest: Buffer): number | undefined {
    const entry = this.#slots[this.#slot(digest)]! - 1
    return entry < 0 ? undefined : this.#ids.values[entry]
  }

  set(digest: Buffer, id: number): void {
    const slot = this.#slot(digest)
    const known = this.#slots[slot]! - 1
    if (known >= 0) {
      this.#ids.values[known] = id
      return
    }
    for (let word = 0; word < WORDS; word++) this.#words.push(digest.readInt32LE(4 * word))
    this.#slots[slot] = this.#ids.push(id) + 1
    if (2 * this.#ids.length > this.#slots.length) this.#grow()
  }

  #slot(digest: Buffer): number {
    const mask = this.#slots.length - 1
    let slot = digest.readInt32LE(0) & mask
    for (;;) {
      const entry = this.#slots[slot]! - 1
      if (entry < 0 || this.#holds(entry, digest)) return slot
      slot = (slot + 1) & mask
    }
  }

  #holds(entry: number, digest: Buffer): boolean {
    for (let word = 0; word < WORDS; word++) {
      if (this.#words.values[WORDS * entry + word] !== digest.readInt32LE(4 * word)) return false
    }
    return true
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    const mask = slots.length - 1
    for (let entry = 0; entry < this.#ids.length; entry++) {
      let slot = this.#words.values[WORDS * entry]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = entry + 1
    }
    this.#slots = slots
  }
}
