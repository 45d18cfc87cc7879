import { digits, HIGH, LOW, summand } from './hash-lanes.ts'
import type { Machine } from './machine.ts'
import type { Memory, WorldBytes } from './world-bytes.ts'

/**
 * The hash of one machine's world: a commutative sum over the bytes that differ from the story's opening, so that no
 * order counts. Kept up to date: what has changed since the last call is taken off the sum and added again.
 */
export class WorldHash {
  readonly #world: WorldBytes
  readonly #machine: Machine
  /** Memory as it was when the sum was last right. */
  readonly #known: Memory
  #high = HIGH.start
  #low = LOW.start

  constructor(world: WorldBytes, machine: Machine) {
    this.#world = world
    this.#machine = machine
    const { bytes } = world.origin
    const copy = Buffer.from(new ArrayBuffer(bytes.length))
    bytes.copy(copy)
    this.#known = { bytes: copy, words: new Int32Array(copy.buffer) }
  }

  /** 16 hex digits. */
  digits(): string {
    const { start, end, origin } = this.#world
    const known = this.#known.bytes
    for (const change of this.#world.difference(this.#machine, this.#known)) {
      const address = change >>> 8
      const was = address * 256 + known[address]!
      const first = address * 256 + origin.bytes[address]!
      this.#high += (change === first ? 0 : summand(change, HIGH)) - (was === first ? 0 : summand(was, HIGH))
      this.#low += (change === first ? 0 : summand(change, LOW)) - (was === first ? 0 : summand(was, LOW))
      this.#high |= 0
      this.#low |= 0
    }
    this.#world.now(this.#machine).bytes.copy(known, start, start, end)
    return digits(this.#high, this.#low)
  }
}
