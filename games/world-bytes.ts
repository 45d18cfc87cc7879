import { globalsEnd } from './globals.ts'
import { digits, HIGH, LOW, summand } from './hash-lanes.ts'
import type { Machine } from './machine.ts'
import type { ObjectTable } from './object-table.ts'

/** A change of the world against a reference memory: the bytes that differ, as address * 256 + value. */
export type Difference = readonly number[]

/** Words are compared four at once: most are as they were. In bytes. */
const GROUP = 16

/** Bytes of the header (Standard §11.1). */
const HEADER = 64

/** Dynamic memory at one moment, as bytes and, over the same buffer, as words; longer by what fills the last group. */
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
  /** First address of these bytes, and the first behind them, in whole groups. */
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
    this.start = Math.max(0, mask.indexOf(1)) & -GROUP
    this.end = (mask.lastIndexOf(1) + GROUP) & -GROUP
    const copy = new Uint8Array(inGroups(this.length))
    copy.set(origin.subarray(0, this.length))
    this.origin = memoryOn(copy.buffer, 0, this.length)
  }

  /** Memory now, to be compared with later. */
  capture(machine: Machine): Memory {
    const copy = this.now(machine).bytes.buffer.slice(0, inGroups(this.length))
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
    for (let word = this.start >> 2; word < this.end >> 2; word += 4) {
      const changed =
        (words[word]! ^ oldWords[word]!) |
        (words[word + 1]! ^ oldWords[word + 1]!) |
        (words[word + 2]! ^ oldWords[word + 2]!) |
        (words[word + 3]! ^ oldWords[word + 3]!)
      if (changed === 0) continue
      for (let address = word << 2; address < (word << 2) + GROUP; address++) {
        if (bytes[address] !== oldBytes[address] && mask[address] === 1) found.push(address * 256 + bytes[address]!)
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
  const all = inGroups(length)
  return { bytes: Buffer.from(buffer, offset, all), words: new Int32Array(buffer, offset, all / 4) }
}

function inGroups(length: number): number {
  return (length + GROUP - 1) & -GROUP
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
