import type { ParsedDictionary, Zvm } from './ifvms.ts'

/** What ifvms puts for a character that ZSCII has not: a question mark. */
const UNKNOWN = 63
const SPACE = 32
/** What ends a line (Standard §10.7). */
const NEWLINE = 13
/** A line of versions 3 and 4 ends with a zero; ifvms looks no further for it. */
const LONGEST_LINE = 1000

/** A story may read any place as a dictionary: so many are kept, and of each so many words that were typed. */
const MOST_DICTIONARIES = 8
const MOST_WORDS = 10_000

/** Words of one dictionary that were typed: their addresses in it, 0 for what it has not. */
interface Known {
  readonly separators: ReadonlySet<number>
  readonly words: Map<string, number>
}

/**
 * Puts lines into the story's buffers, and their words (Standard §13.6), as ifvms does, but looks up a word in the
 * dictionary only once.
 */
export class LineInput {
  readonly #vm: Zvm
  readonly #memory: Buffer
  readonly #end: number
  /** By what ifvms has made of the dictionary, which it makes anew after a restart. */
  readonly #known = new WeakMap<object, Known>()

  constructor(vm: Zvm, memory: Uint8Array) {
    this.#vm = vm
    this.#memory = Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength)
    this.#end = memory[0x0e]! * 256 + memory[0x0f]!
    const parse = vm.parse_dict.bind(vm)
    vm.parse_dict = (address) => {
      const others = Object.keys(vm.dictionaries).filter((known) => Number(known) !== vm.dict)
      if (others.length >= MOST_DICTIONARIES) for (const known of others) delete vm.dictionaries[Number(known)]
      return parse(address)
    }
    const tokenise = vm.tokenise.bind(vm)
    vm.tokenise = (text, parse, dictionary, flag) => {
      // Past dynamic memory ifvms says what is wrong.
      const fits = parse + 2 + 4 * this.#memory[parse]! <= this.#end
      if (fits) this.#tokenise(text, parse, dictionary || vm.dict, Boolean(flag))
      else tokenise(text, parse, dictionary, flag)
    }
  }

  /** The player types a line, cut already to what the buffer takes. */
  type(text: string): void {
    const vm = this.#vm
    const { streams } = vm.io
    const { bufaddr, parseaddr, storer } = vm.read_data
    const [, , transcript, , commands] = streams
    const start = bufaddr + (vm.version < 5 ? 1 : 2)
    // Alone of all, this letter takes more room in lower case; its simple mapping (Unicode) is one letter.
    const line = text.replaceAll('\u0130', 'i')
    const typed = line.toLowerCase()
    if (transcript.mode || commands.mode || start + typed.length >= this.#end) {
      this.#typeByIfvms(line)
      return
    }
    let at = start
    for (let i = 0; i < typed.length; i++) {
      this.#memory[at++] = vm.reverse_unicode_table[typed.charCodeAt(i)] || UNKNOWN
    }
    if (vm.version < 5) this.#memory[at] = 0
    else {
      this.#memory[bufaddr + 1] = line.length
      vm.variable(storer, NEWLINE)
    }
    if (parseaddr) vm.tokenise(bufaddr, parseaddr)
  }

  #typeByIfvms(line: string): void {
    const vm = this.#vm
    vm.read_data = { ...vm.read_data, buffer: Array.from({ length: line.length }, (_, i) => line.charCodeAt(i)) }
    vm.handle_line_input(line.length)
  }

  #tokenise(text: number, parse: number, dictionary: number, keepsUnknown: boolean): void {
    const memory = this.#memory
    const { separators, words } = this.#dictionary(dictionary)
    const first = this.#vm.version < 5 ? 1 : 2
    const end = text + (first === 1 ? LONGEST_LINE : memory[text + 1]! + 2)
    const most = memory[parse]!
    let count = 0
    for (let at = text + first; at < end && count < most; ) {
      const letter = memory[at]!
      if (letter === 0) break
      if (letter === SPACE) {
        at++
        continue
      }
      let next = at + 1
      if (!separators.has(letter)) {
        while (next < end && memory[next]! > 0 && memory[next] !== SPACE && !separators.has(memory[next]!)) next++
      }
      const word = memory.toString('latin1', at, next)
      const address = words.get(word) ?? this.#lookUp(dictionary, word)
      if (address !== 0 || !keepsUnknown) {
        const entry = parse + 2 + 4 * count
        memory[entry] = address >> 8
        memory[entry + 1] = address
        memory[entry + 2] = next - at
        memory[entry + 3] = at - text
      }
      count++
      at = next
    }
    memory[parse + 1] = count
  }

  #dictionary(address: number): Known {
    const parsed = this.#parsed(address)
    let known = this.#known.get(parsed)
    if (!known) {
      known = { separators: new Set(parsed.separators), words: new Map() }
      this.#known.set(parsed, known)
    }
    return known
  }

  #lookUp(dictionary: number, word: string): number {
    const codes = Array.from(Buffer.from(word, 'latin1'))
    const address = this.#parsed(dictionary)[this.#vm.encode(codes).join()] ?? 0
    const { words } = this.#dictionary(dictionary)
    if (words.size === MOST_WORDS) words.clear()
    words.set(word, address)
    return address
  }

  #parsed(address: number): ParsedDictionary {
    return this.#vm.dictionaries[address] ?? this.#vm.parse_dict(address)
  }
}
