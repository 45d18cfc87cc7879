import { createHash } from 'node:crypto'
import { digits, HIGH, LOW, summand } from './hash-lanes.ts'
import type { Difference, Memory } from './world-bytes.ts'

const ALL_BITS = 255

/** Bits of dynamic memory that something hangs on, and bytes that count only below a limit. */
export class Dependencies {
  /** The same as text: runs of bytes as `gap+length`, with `&bits` where not all of them count; after a `;` with `&limit`. */
  readonly text: string
  /** 16 hex digits, equal where the text is. */
  readonly key: string
  readonly #bits: Uint8Array
  readonly #limits: Uint8Array
  readonly #high: number
  readonly #low: number

  /** Both by address, as far as dynamic memory reaches; 0 for what does not count. */
  constructor(bits: Uint8Array, limits: Uint8Array, text = `${runs(bits)};${runs(limits)}`) {
    this.#bits = bits
    this.#limits = limits
    this.text = text
    const hash = createHash('sha256').update(this.text).digest()
    this.#high = hash.readInt32LE(0)
    this.#low = hash.readInt32LE(4)
    this.key = digits(this.#high, this.#low)
  }

  /** Null for a text that is none. `end`: of dynamic memory. */
  static parse(text: string, end: number): Dependencies | null {
    const [bits, limits] = text.split(';').map((part) => bytes(part, end))
    return bits && limits ? new Dependencies(bits, limits, text) : null
  }

  with(other: Dependencies): Dependencies {
    return new Dependencies(union(this.#bits, other.#bits), highest(this.#limits, other.#limits))
  }

  /** 16 hex digits of what these bits hold and of `more`, 16 hex digits. `changes`: how memory differs from `origin`. */
  hash(changes: Difference, origin: Memory, more: string): string {
    let high = (this.#high + Number.parseInt(more.slice(0, 8), 16)) | 0
    let low = (this.#low + Number.parseInt(more.slice(8, 16), 16)) | 0
    const add = (address: number, now: number, first: number) => {
      if (now === first) return
      high = (high + summand(address * 256 + now, HIGH)) | 0
      low = (low + summand(address * 256 + now, LOW)) | 0
    }
    for (const change of changes) {
      const address = change >>> 8
      const bits = this.#bits[address]!
      const limit = this.#limits[address]!
      const [now, first] = [change & 255, origin.bytes[address]!]
      if (bits !== 0) add(address, now & bits, first & bits)
      else if (limit !== 0) add(address, Math.min(now, limit), Math.min(first, limit))
    }
    return digits(high, low)
  }
}

function union(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((bits, address) => bits | other[address]!)
}

function highest(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((limit, address) => Math.max(limit, other[address]!))
}

function runs(bytes: Uint8Array): string {
  const found: string[] = []
  let end = 0
  for (let at = 0; at < bytes.length; at++) {
    const bits = bytes[at]!
    if (bits === 0) continue
    let length = 1
    while (bytes[at + length] === bits) length++
    found.push(`${at - end}+${length}${bits === ALL_BITS ? '' : `&${bits}`}`)
    end = at + length
    at = end - 1
  }
  return found.join()
}

function bytes(text: string, end: number): Uint8Array | null {
  const found = new Uint8Array(end)
  let at = 0
  for (const run of text === '' ? [] : text.split(',')) {
    const [gap = Number.NaN, length = Number.NaN, bits = ALL_BITS] = run.split(/[+&]/).map(Number)
    if (!(gap >= 0 && length > 0 && at + gap + length <= end)) return null
    at += gap
    found.fill(bits, at, at + length)
    at += length
  }
  return found
}
