import { digits, HIGH, LOW, summand } from './hash-lanes.ts'
import type { Machine } from './machine.ts'
import type { ObjectTable } from './object-table.ts'
import type { Difference, Memory, WorldBytes } from './world-bytes.ts'

/**
 * The hashes of one machine's world: commutative sums over the bytes that differ from the story's opening, so that no
 * order counts. Kept up to date: what has changed since the last call is taken off the sums and added again.
 */
export class WorldHash {
  readonly #world: WorldBytes
  readonly #machine: Machine
  /** Memory as it was when the sums were last right. */
  readonly #known: Memory
  /** The object that a byte belongs to; 0 for none. */
  readonly #owners: Uint16Array
  /** Sums of the bytes of each object, of those that belong to none at 0; and of all. */
  readonly #high: Int32Array
  readonly #low: Int32Array
  #allHigh = HIGH.start
  #allLow = LOW.start

  constructor(world: WorldBytes, machine: Machine, objects: ObjectTable) {
    this.#world = world
    this.#machine = machine
    this.#owners = objects.owners()
    this.#high = new Int32Array(objects.count + 1)
    this.#low = new Int32Array(objects.count + 1)
    const { bytes } = world.origin
    const copy = Buffer.from(new ArrayBuffer(bytes.length))
    bytes.copy(copy)
    this.#known = { bytes: copy, words: new Int32Array(copy.buffer) }
  }

  /** 16 hex digits of the whole world. */
  whole(): string {
    this.#update()
    return digits(this.#allHigh, this.#allLow)
  }

  /** 16 hex digits of the world without what belongs to the objects of `leftOut`, which count; and of `more`. */
  without(leftOut: Iterable<number>, more: Difference): string {
    this.#update()
    let high = this.#allHigh
    let low = this.#allLow
    for (const object of leftOut) {
      // No address is so high: an object's absence is told from any byte.
      high = (high - this.#high[object]! + summand(-object, HIGH)) | 0
      low = (low - this.#low[object]! + summand(-object, LOW)) | 0
    }
    for (const change of more) {
      high = (high + summand(change, HIGH)) | 0
      low = (low + summand(change, LOW)) | 0
    }
    return digits(high, low)
  }

  #update(): void {
    const { start, end, origin } = this.#world
    const known = this.#known.bytes
    const changes = this.#world.difference(this.#machine, this.#known)
    for (const change of changes) {
      const address = change >>> 8
      const was = address * 256 + known[address]!
      const first = address * 256 + origin.bytes[address]!
      const high = (change === first ? 0 : summand(change, HIGH)) - (was === first ? 0 : summand(was, HIGH))
      const low = (change === first ? 0 : summand(change, LOW)) - (was === first ? 0 : summand(was, LOW))
      const owner = this.#owners[address]!
      this.#high[owner]! += high
      this.#low[owner]! += low
      this.#allHigh = (this.#allHigh + high) | 0
      this.#allLow = (this.#allLow + low) | 0
    }
    this.#world.now(this.#machine).bytes.copy(known, start, start, end)
  }
}
