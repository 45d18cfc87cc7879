import { ints } from './growing-array.ts'

/** Numbers triples of integers from 0 on, in the order in which they first appear. Open addressing in typed arrays. */
export class Triples {
  readonly #a = ints()
  readonly #b = ints()
  readonly #c = ints()
  /** The number of a triple plus 1, 0 where none is; a power of two long, at most half full. */
  #slots = new Int32Array(64)

  get count(): number {
    return this.#a.length
  }

  first(number: number): number {
    return this.#a.values[number]!
  }

  second(number: number): number {
    return this.#b.values[number]!
  }

  third(number: number): number {
    return this.#c.values[number]!
  }

  /** The triple's number, a new one where it has none. */
  add(a: number, b: number, c: number): number {
    const slot = this.#slot(a, b, c)
    const known = this.#slots[slot]! - 1
    if (known >= 0) return known
    const number = this.#a.push(a)
    this.#b.push(b)
    this.#c.push(c)
    this.#slots[slot] = number + 1
    if (2 * this.count > this.#slots.length) this.#grow()
    return number
  }

  #slot(a: number, b: number, c: number): number {
    const mask = this.#slots.length - 1
    let slot = mixed(a, b, c) & mask
    for (;;) {
      const number = this.#slots[slot]! - 1
      if (number < 0) return slot
      if (this.#a.values[number] === a && this.#b.values[number] === b && this.#c.values[number] === c) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(2 * this.#slots.length)
    for (let number = 0; number < this.count; number++) {
      this.#slots[this.#slot(this.first(number), this.second(number), this.third(number))] = number + 1
    }
  }
}

/** Spreads three integers over 32 bits, with the constants of MurmurHash3's finaliser. */
function mixed(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
