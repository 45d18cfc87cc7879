import type { MemoryGlk } from './glk.ts'
import type { Zvm, ZvmIo } from './ifvms.ts'
import type { Meter } from './meter.ts'

/** Low byte of flags 2, its bits, and where the header names the abbreviations table (Standard §11.1). */
const FLAGS = 0x11
const TRANSCRIPT = 1
const FIXED_PITCH = 2
const ABBREVIATIONS = 0x18
const ABBREVIATION_COUNT = 96
const STATIC_MEMORY = 0x0e

/** What ifvms calls a text at an address, and a character, among what is printed. */
const TEXT = 2
const ZSCII = 4

/** Characters of decoded texts that are kept: a story's whole text is a quarter of it. */
const MOST_KEPT = 4_000_000

/** A text as it was decoded, and the steps that took; `from`: the bytes it was made of, where the story may change them. */
interface Decoded {
  readonly text: string
  readonly steps: number
  readonly from: Uint8Array | null
}

/** The decoded texts of one story, for all its machines. */
export class DecodedTexts {
  readonly #texts = new Map<number, Decoded>()
  /** Their characters. */
  #kept = 0
  readonly #end: number
  /** Bytes of the abbreviations that lie in dynamic memory, as the story file has them. */
  readonly #abbreviations: Buffer
  readonly #start: number

  constructor(story: Uint8Array) {
    const view = new DataView(story.buffer, story.byteOffset, story.byteLength)
    this.#end = view.getUint16(STATIC_MEMORY)
    const [start, end] = abbreviationBytes(view)
    this.#start = start
    this.#abbreviations = Buffer.from(story.slice(start, Math.max(start, Math.min(end, this.#end))))
  }

  /** Whether the story has left its abbreviations as they were; if not, no text can be taken from here. */
  areValid(memory: Uint8Array): boolean {
    return this.#abbreviations.equals(memory.subarray(this.#start, this.#start + this.#abbreviations.length))
  }

  /** The text at an address, if it was decoded before and is as it was. */
  at(memory: Uint8Array, address: number): Decoded | undefined {
    const known = this.#texts.get(address)
    return known && isAt(memory, address, known.from) ? known : undefined
  }

  /** `length`: in bytes, of an object's name. */
  keep(memory: Uint8Array, address: number, length: number | undefined, text: string, steps: number): void {
    if (address < this.#end && !length) return
    this.#kept += text.length
    if (this.#kept > MOST_KEPT) {
      this.#texts.clear()
      this.#kept = text.length
    }
    const from = address < this.#end ? memory.slice(address, address + (length ?? 0)) : null
    this.#texts.set(address, { text, steps, from })
  }
}

/**
 * Spares ifvms's text output its detours: what was decoded once is not decoded again, and what goes to the main window
 * or the upper one, as nearly all does, goes there in one piece. `start` must be called before every turn.
 */
export function quickenText(
  vm: Zvm,
  memory: Uint8Array,
  glk: MemoryGlk,
  texts: DecodedTexts,
  meter: Meter,
): { start(): void } {
  let areValid = false
  vm.decode = (address, length) => {
    const known = areValid ? texts.at(memory, address) : undefined
    if (known) {
      meter.spend(known.steps)
      return known.text
    }
    const { fuel } = meter
    const zchars = zcharsAt(vm, address, length || vm.eof - address)
    meter.spend(zchars.length + (length ?? 0))
    const text = textOf(zchars, vm, (number) => String(vm.decode(2 * vm.m.getUint16(vm.abbr_addr + 2 * number))))
    if (areValid) texts.keep(memory, address, length, text, fuel - meter.fuel)
    return text
  }

  const printAny = vm.print.bind(vm)
  vm.print = (type, value) => {
    const character = type === ZSCII ? vm.unicode_table[value] : undefined
    if (type === TEXT) vm._print(String(vm.decode(value)))
    else if (character !== undefined) vm._print(character)
    else printAny(type, value)
  }
  const print = vm._print.bind(vm)
  vm._print = (text) => {
    const { io } = vm
    const { 1: screen, 2: transcript, 3: tables } = io.streams
    const table = tables[0]
    const flags = memory[FLAGS]!
    meter.spend(1 + text.length)
    if (table) table[1] += text
    else if ((flags & TRANSCRIPT) !== io.transcript || (flags & FIXED_PITCH) !== (io.mono & FIXED_PITCH)) print(text)
    else if (io.currentwin && vm.upperwin) printAbove(io, glk, text)
    else if (!io.currentwin && screen && !transcript.mode) glk.glk_put_jstring(text)
    else print(text)
  }
  return {
    start() {
      areValid = texts.areValid(memory)
    },
  }
}

/** The Z-characters from an address on to the last word's mark, or so many bytes of them (Standard §3.2). */
function zcharsAt({ m }: Zvm, address: number, length: number): readonly number[] {
  const zchars: number[] = []
  for (let at = address; at < address + length; at += 2) {
    const word = m.getUint16(at)
    zchars.push((word >> 10) & 31, (word >> 5) & 31, word & 31)
    if ((word & 0x8000) !== 0) break
  }
  return zchars
}

/** What Z-characters say (Standard §3.2 to §3.5). What breaks off at the end says nothing (§3.6.1). */
function textOf(
  zchars: readonly number[],
  { alphabets, unicode_table }: Zvm,
  abbreviation: (number: number) => string,
): string {
  // Joined at the end: a string grown letter by letter is a list to V8, gone through at every use.
  const letters: string[] = []
  let alphabet = 0
  for (let i = 0; i < zchars.length; i++) {
    const zchar = zchars[i]!
    const next = zchars[i + 1]
    if (zchar === 4 || zchar === 5) {
      alphabet = zchar - 3
      continue
    }
    if (zchar === 0) letters.push(' ')
    else if (zchar < 4) {
      if (next !== undefined) letters.push(abbreviation(32 * (zchar - 1) + next))
      i++
    } else if (alphabet === 2 && zchar === 6) {
      const last = zchars[i + 2]
      if (next !== undefined && last !== undefined) letters.push(unicode_table[(next << 5) | last] ?? '')
      i += 2
    } else letters.push(unicode_table[alphabets[alphabet]?.[zchar - 6] ?? 0] ?? '')
    alphabet = 0
  }
  return letters.join('')
}

/** In the upper window nothing is scrolled or wrapped back up: what does not fit is lost (Standard §8.6.2). */
function printAbove(io: ZvmIo, glk: MemoryGlk, text: string): void {
  const line = asLines(text)
  for (let i = 0; i < line.length && io.row < io.height; ) {
    const piece = line.slice(i, i + Math.max(1, io.width - io.col))
    glk.glk_put_jstring(piece)
    i += piece.length
    io.col += piece.length
    if (io.col === io.width) {
      io.col = 0
      io.row++
    }
  }
}

function asLines(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r', '\n') : text
}

/** Whether the bytes are there; null for what cannot change. */
export function isAt(memory: Uint8Array, address: number, bytes: Uint8Array | null): boolean {
  return bytes === null || bytes.every((byte, i) => memory[address + i] === byte)
}

/** First and last address of the abbreviations, their table included (Standard §3.3). */
function abbreviationBytes(story: DataView): readonly [start: number, end: number] {
  const table = story.getUint16(ABBREVIATIONS)
  if (table === 0) return [0, 0]
  let start = table
  let end = table + 2 * ABBREVIATION_COUNT
  for (let entry = table; entry < table + 2 * ABBREVIATION_COUNT; entry += 2) {
    if (entry + 2 > story.byteLength) break
    let text = story.getUint16(entry) * 2
    start = Math.min(start, text)
    // The last word of a text has its top bit set (Standard §3.2).
    while (text + 2 <= story.byteLength && (story.getUint16(text) & 0x8000) === 0) text += 2
    end = Math.max(end, text + 2)
  }
  return [start, end]
}
