import { globalsEnd } from './globals.ts'
import { digits, HIGH, LOW, summand } from './hash-lanes.ts'
import type { Machine } from './machine.ts'
import type { ObjectTable } from './object-table.ts'

/** A change of the world against a reference memory: the bytes that differ, as address * 256 + value. */
export type Difference = readonly number[]

/** Whole pages are compared at once before their words are looked at: most are as they were. In bytes. */
const PAGE = 2048

/** Bytes of the header (Standard §11.1). */
const HEADER = 64

/** Dynamic memory at one moment, as bytes and, over the same buffer, as words; longer by what fills the last word. */
export interface Memory {
  readonly bytes: Buffer
  readonly words: Int32Array
}

/**
 * Some bytes of dynamic memory. The world's are the object tree but for the order of siblings, attributes, properties,
 * and the globals that are no clock, random number or scratch of the parser (`noise`).
 */
export class WorldBytes {
  readonly globals: number
  /** The memory that hashes are taken against, the same for every environment of a story. */
  readonly origin: Memory
  /** First address of these bytes, and the first behind them, in whole words. */
  readonly start: number
  readonly end: number
  /** 1 for one of these bytes. */
  readonly #mask: Uint8Array
  readonly #globalsEnd: number
  /** Of dynamic memory, in whole words. */
  readonly length: number
  readonly #memories = new WeakMap<ArrayBufferLike, Memory>()

  constructor({ vm }: Machine, mask: Uint8Array, origin: Uint8Array) {
    this.globals = vm.globals
    this.#globalsEnd = globalsEnd(vm)
    this.length = mask.length
    this.#mask = mask
    this.start = Math.max(0, mask.indexOf(1)) & ~3
    this.end = (mask.lastIndexOf(1) + 4) & ~3
    const copy = new Uint8Array(this.length)
    copy.set(origin.subarray(0, this.length))
    this.origin = memoryOn(copy.buffer, 0, this.length)
  }

  /** Memory now, to be compared with later. */
  capture(machine: Machine): Memory {
    const copy = this.now(machine).bytes.buffer.slice(0, this.length)
    return memoryOn(copy, 0, this.length)
  }

  /** The machine's memory itself, which its turns write to. */
  now({ vm: { ram } }: Machine): Memory {
    const known = this.#memories.get(ram.buffer)
    if (known) return known
    const memory = memoryOn(ram.buffer, ram.byteOffset, this.length)
    this.#memories.set(ram.buffer, memory)
    return memory
  }

  /** By rising address. */
  difference(machine: Machine, reference: Memory): Difference {
    const found: number[] = []
    const mask = this.#mask
    const { bytes, words } = this.now(machine)
    const { bytes: oldBytes, words: oldWords } = reference
    for (let page = this.start; page < this.end; page += PAGE) {
      const end = Math.min(page + PAGE, this.end)
      if (bytes.compare(oldBytes, page, end, page, end) === 0) continue
      for (let word = page >> 2; word < end >> 2; word++) {
        if (words[word] === oldWords[word]) continue
        for (let address = word << 2; address < (word + 1) << 2; address++) {
          if (bytes[address] !== oldBytes[address] && mask[address] === 1) found.push(address * 256 + bytes[address]!)
        }
      }
    }
    return found
  }

  has(address: number): boolean {
    return this.#mask[address] === 1
  }

  isGlobal(change: number): boolean {
    const address = change >>> 8
    return address >= this.globals && address < this.#globalsEnd
  }
}

/** 1 for every byte of the world, `noise` excepted. */
export function worldMask({ vm }: Machine, objects: ObjectTable, noise: readonly number[]): Uint8Array {
  const mask = new Uint8Array(Math.ceil(vm.staticmem / 4) * 4)
  const { layout } = objects
  for (let id = 0; id < objects.count; id++) {
    const entry = objects.start + id * layout.entrySize
    mask.fill(1, entry, entry + layout.sibling)
    mask.fill(1, entry + layout.properties, entry + layout.entrySize)
  }
  // Inform lays the individual properties between the common ones and the globals (Technical Manual §9).
  const end = Math.max(vm.globals, objects.propertiesEnd)
  mask.fill(1, objects.end, end)
  mask.fill(1, vm.globals, globalsEnd(vm))
  for (const address of noise) mask[address] = 0
  return mask
}

/** 1 for every byte of dynamic memory that is neither header nor world, `scratch` excepted: tables, arrays, buffers. */
export function arraysMask(machine: Machine, objects: ObjectTable, scratch: readonly number[]): Uint8Array {
  const mask = worldMask(machine, objects, []).map((world) => 1 - world)
  mask.fill(0, 0, HEADER)
  mask.fill(0, objects.start, objects.end)
  mask.fill(0, machine.vm.staticmem)
  for (const address of scratch) mask[address] = 0
  return mask
}

/** 1 for every byte of dynamic memory but the header. */
export function wholeMask({ vm }: Machine): Uint8Array {
  return new Uint8Array(Math.ceil(vm.staticmem / 4) * 4).fill(1, HEADER, vm.staticmem)
}

function memoryOn(buffer: ArrayBufferLike, offset: number, length: number): Memory {
  return { bytes: Buffer.from(buffer, offset, length), words: new Int32Array(buffer, offset, length / 4) }
}

/** 16 hex digits of a difference; equal differences, equal digits, whatever their order. */
export function hashOf(difference: Difference): string {
  let high = HIGH.start
  let low = LOW.start
  for (const change of difference) {
    high = (high + summand(change, HIGH)) | 0
    low = (low + summand(change, LOW)) | 0
  }
  return digits(high, low)
}
