import type { Zvm } from './ifvms.ts'

/** A word the story understands (Standard §13). */
export interface DictionaryWord {
  /** As the dictionary holds it: cut to six Z-characters in version 3, to nine later. */
  readonly text: string
  readonly address: number
  /** The bytes after the encoded text; their meaning is the compiler's. */
  readonly data: readonly number[]
}

export class Dictionary {
  readonly words: readonly DictionaryWord[]
  /** Significant characters of a word, where each is a plain letter. */
  readonly wordLength: number
  /** Z-characters of each letter that takes less than the four of any other (§3.4). */
  readonly #lengths: ReadonlyMap<string, number>
  readonly #byText: ReadonlyMap<string, DictionaryWord>
  readonly #byAddress: ReadonlyMap<number, DictionaryWord>

  constructor(vm: Zvm) {
    const { m } = vm
    let at = m.getUint16(0x08)
    at += 1 + m.getUint8(at)
    const entryLength = m.getUint8(at)
    // Negative: unsorted (§13.3); the number of entries is the absolute value.
    const entries = Math.abs(m.getInt16(at + 1))
    at += 3
    const textLength = vm.version3 ? 4 : 6
    const words: DictionaryWord[] = []
    // In a damaged story an entry may be shorter than its text.
    const needed = Math.max(entryLength, textLength)
    for (let i = 0; i < entries && at + needed <= m.byteLength; i++, at += entryLength) {
      const data = Array.from({ length: entryLength - textLength }, (_, j) => m.getUint8(at + textLength + j))
      words.push({ text: decodeWord(vm, at, textLength), address: at, data })
    }
    this.words = words
    this.wordLength = vm.version3 ? 6 : 9
    const [plain = [], ...shifted] = vm.alphabets.map((codes) => codes.map((code) => vm.unicode_table[code] ?? ''))
    this.#lengths = new Map([
      ...shifted.flat().map((letter) => [letter, 2] as const),
      ...plain.map((letter) => [letter, 1] as const),
    ])
    this.#byText = new Map(words.map((word) => [word.text, word]))
    this.#byAddress = new Map(words.map((word) => [word.address, word]))
  }

  /** The entry that a typed word would match, cut as the story cuts it. */
  find(typed: string): DictionaryWord | undefined {
    return this.#byText.get(this.cut(typed.toLowerCase()))
  }

  /** A word as an entry would hold it: "épée" as "épé", "well-known" as "well-kno". */
  cut(word: string): string {
    let room = this.wordLength
    let kept = 0
    for (const letter of word) {
      room -= this.#lengths.get(letter) ?? 4
      if (room < 0) break
      kept += letter.length
    }
    return word.slice(0, kept)
  }

  at(address: number): DictionaryWord | undefined {
    return this.#byAddress.get(address)
  }
}

/**
 * A dictionary word's text. Not ifvms's `decode`: a word that is cut within a ten-bit character (§13.3, §3.4) leaves a
 * lone Z-character there, which that would take for an abbreviation, and abbreviations do not occur here (§3.3).
 */
function decodeWord(vm: Zvm, address: number, length: number): string {
  const zchars: number[] = []
  for (let at = address; at < address + length; at += 2) {
    const word = vm.m.getUint16(at)
    zchars.push((word >> 10) & 31, (word >> 5) & 31, word & 31)
  }
  let text = ''
  let alphabet = 0
  for (let i = 0; i < zchars.length; i++) {
    const zchar = zchars[i] ?? 0
    if (zchar === 4 || zchar === 5) {
      alphabet = zchar - 3
      continue
    }
    if (zchar === 0) text += ' '
    else if (alphabet === 2 && zchar === 6) {
      const [high, low] = zchars.slice(i + 1, i + 3)
      if (high === undefined || low === undefined) break
      text += vm.unicode_table[(high << 5) | low] ?? ''
      i += 2
    } else if (zchar > 5) text += vm.unicode_table[vm.alphabets[alphabet]?.[zchar - 6] ?? 0] ?? ''
    alphabet = 0
  }
  return text.trim()
}
