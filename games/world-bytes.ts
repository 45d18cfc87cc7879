import { GLOBALS_LENGTH } from './globals.ts'
import type { Machine } from './machine.ts'
import type { ObjectTable } from './object-table.ts'

/** A change of the world against a reference memory: the bytes that differ, as address * 256 + value. */
export type Difference = readonly number[]

/**
 * Which bytes of dynamic memory are the world: the object tree but for the order of siblings, attributes, properties,
 * and the globals that are no clock, random number or scratch of the parser (`noise`).
 */
export class WorldBytes {
  readonly globals: number
  /** 1 for a byte of the world. */
  readonly #mask: Uint8Array
  readonly #origin: Uint32Array
  readonly #words: number

  /** `origin`: the memory that hashes are taken against, the same for every environment of a story. */
  constructor(machine: Machine, objects: ObjectTable, origin: Uint8Array, noise: ReadonlySet<number>) {
    const { vm } = machine
    this.globals = vm.globals
    this.#words = Math.ceil(vm.staticmem / 4)
    this.#mask = new Uint8Array(this.#words * 4)
    this.#origin = words(origin, this.#words)
    const { layout } = objects
    for (let id = 0; id < objects.count; id++) {
      const entry = objects.start + id * layout.entrySize
      this.#mask.fill(1, entry, entry + layout.sibling)
      this.#mask.fill(1, entry + layout.properties, entry + layout.entrySize)
    }
    // Inform lays the individual properties between the common ones and the globals (Technical Manual §9).
    const end = Math.max(vm.globals, objects.propertiesEnd)
    this.#mask.fill(1, objects.end, end)
    this.#mask.fill(1, vm.globals, vm.globals + GLOBALS_LENGTH)
    for (const address of noise) this.#mask[address] = 0
  }

  /** 16 hex digits. A commutative sum over the bytes that differ from the origin, so that no order counts. */
  hash(machine: Machine): string {
    return hashOf(this.difference(machine, this.#origin))
  }

  /** The same without what belongs to the objects of `left out`; which those are counts. */
  hashWithout(machine: Machine, leftOut: ReadonlySet<number>, ownerOf: (address: number) => number): string {
    const rest = this.difference(machine, this.#origin).filter((change) => !leftOut.has(ownerOf(change >>> 8)))
    // No address is so high: an object's absence is told from any byte.
    return hashOf([...rest, ...Array.from(leftOut, (object) => -object)])
  }

  /** The world's memory now, to be compared with later. */
  capture(machine: Machine): Uint32Array {
    return this.#now(machine).slice()
  }

  difference(machine: Machine, reference: Uint32Array): Difference {
    const now = this.#now(machine)
    const found: number[] = []
    for (let i = 0; i < this.#words; i++) {
      if (now[i] === reference[i]) continue
      const bytes = new Uint8Array(now.buffer, now.byteOffset + i * 4, 4)
      const old = new Uint8Array(reference.buffer, reference.byteOffset + i * 4, 4)
      for (let j = 0; j < 4; j++) {
        const address = i * 4 + j
        if (this.#mask[address] === 1 && bytes[j] !== old[j]) found.push(address * 256 + (bytes[j] ?? 0))
      }
    }
    return found
  }

  isGlobal(change: number): boolean {
    const address = change >>> 8
    return address >= this.globals && address < this.globals + GLOBALS_LENGTH
  }

  #now(machine: Machine): Uint32Array {
    const { ram } = machine.vm
    return new Uint32Array(ram.buffer, ram.byteOffset, this.#words)
  }
}

/** 16 hex digits of a difference; equal differences, equal digits, whatever their order. */
export function hashOf(difference: Difference): string {
  let high = 0x6a09e667
  let low = 0xbb67ae85
  for (const change of difference) {
    high = (high + mix(change, 0x9e3779b1)) | 0
    low = (low + mix(change, 0x85ebca6b)) | 0
  }
  return hex(high) + hex(low)
}

/** An avalanche of 32 bits: multiply and xor-shift, with a constant per lane. */
function mix(value: number, constant: number): number {
  let bits = Math.imul(value ^ constant, 0xcc9e2d51)
  bits = Math.imul(bits ^ (bits >>> 15), constant)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

function hex(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0')
}

function words(bytes: Uint8Array, count: number): Uint32Array {
  const copy = new Uint8Array(count * 4)
  copy.set(bytes.subarray(0, copy.length))
  return new Uint32Array(copy.buffer)
}
