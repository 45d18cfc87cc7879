import { fullWord, wordRank } from './command-words.ts'
import type { Dictionary, DictionaryWord } from './dictionary.ts'
import type { Grammar, GrammarLine, Token, Verb } from './grammar.ts'
import type { Zvm } from './ifvms.ts'
import { META } from './meta-words.ts'

/** Parts of speech in the first data byte of an Infocom dictionary word, as the story files show them. */
const NOUN = 0x80
const VERB = 0x40
const ADJECTIVE = 0x20
const PREPOSITION = 0x08
/** The low two bits say which part of speech the first of the two value bytes belongs to. */
const FIRST_VALUE = 0x03
const FIRST_IS_VERB = 1

/** A syntax line's location byte: the object must be held. */
const HAVE = 0x02

/** How a syntax line is laid out; stories use one form throughout. */
interface Form {
  /** Bytes the line at the address takes. */
  readonly length: (vm: Zvm, at: number) => number
  readonly read: (vm: Zvm, at: number, prepositions: ReadonlyMap<number, string>) => GrammarLine
}

/**
 * Infocom's verb tables: an address per verb, there a count and the verb's syntax lines, of eight bytes in most stories
 * and of two, four or seven in later ones (Mini-Zork, Sherlock). Null where there is none.
 */
export function readInfocomGrammar(vm: Zvm, dictionary: Dictionary): Grammar | null {
  const verbWords = new Map<number, string[]>()
  const prepositions = new Map<number, string>()
  for (const word of dictionary.words) {
    const verb = partValue(word, VERB)
    if (verb !== null) verbWords.set(verb, [...(verbWords.get(verb) ?? []), word.text])
    const preposition = partValue(word, PREPOSITION)
    if (preposition !== null) prepositions.set(preposition, plainer(word.text, prepositions.get(preposition)))
  }
  if (verbWords.size === 0) return null
  const count = 256 - Math.min(...verbWords.keys())
  const found = findTables(vm, count)
  if (found === null) return null
  const { form, base } = found
  const tables = [...verbWords].map(([number, words]) => {
    const address = vm.m.getUint16(base + 2 * (255 - number))
    return { words, address, meta: words.some((word) => META.has(word)) }
  })
  const verbs = tables.map(({ words, meta, address }): Verb => {
    const lines: GrammarLine[] = []
    let at = address + 1
    for (let i = 0; i < vm.m.getUint8(address); i++) {
      lines.push(form.read(vm, at, prepositions))
      at += form.length(vm, at)
    }
    return { words, meta, lines }
  })
  return {
    source: 'infocom',
    verbs,
    isNoun: (word) => ((word.data[0] ?? 0) & NOUN) !== 0,
    isAdjective: (word) => ((word.data[0] ?? 0) & ADJECTIVE) !== 0,
  }
}

/**
 * The form of the syntax lines and the address of the verbs' addresses: the bottom of static memory where Infocom's own
 * compiler made the story; ZILF puts them anywhere, but one behind the other.
 */
function findTables(vm: Zvm, count: number): { readonly form: Form; readonly base: number } | null {
  const form = [FIXED, COMPACT].find((candidate) => fitting(vm, candidate, vm.staticmem, count) >= MOST)
  if (form !== undefined) return { form, base: vm.staticmem }
  const end = vm.m.byteLength - 2 * count
  for (let base = HEADER; base < end; base++) {
    const [first, second] = [vm.m.getUint16(base), vm.m.getUint16(base + 2)]
    if (first < HEADER || first >= vm.m.byteLength || second !== first + 1 + 8 * vm.m.getUint8(first)) continue
    if (fitting(vm, FIXED, base, count) === 1) return { form: FIXED, base }
  }
  return null
}

const HEADER = 64
const MOST = 0.8

/** How large a part of the verbs' lines, read so, end where another verb's begin. */
function fitting(vm: Zvm, form: Form, base: number, count: number): number {
  const starts = new Set(Array.from({ length: count }, (_, i) => vm.m.getUint16(base + 2 * i)))
  const last = Math.max(...starts)
  const good = [...starts].filter((address) => {
    if (address < HEADER || address >= vm.m.byteLength - 1) return false
    let at = address + 1
    for (let i = 0; i < vm.m.getUint8(address) && at < vm.m.byteLength - 1; i++) at += form.length(vm, at)
    // Early stories align each table to a word.
    return starts.has(at) || starts.has(at + 1) || address === last
  })
  return starts.size === 0 ? 0 : good.length / starts.size
}

const FIXED: Form = {
  length: () => 8,
  read: (vm, at, prepositions) => {
    const byte = (offset: number) => vm.m.getUint8(at + offset)
    return line(byte(7), byte(0), [byte(1), byte(2)], [byte(5), byte(6)], prepositions)
  },
}

/** The number of objects is in the top two bits of the first byte; prepositions count from this number. */
const COMPACT_PREPOSITIONS = 0xc0
const COMPACT_LENGTHS = [2, 4, 7, 7]

const COMPACT: Form = {
  length: (vm, at) => COMPACT_LENGTHS[vm.m.getUint8(at) >> 6] ?? 7,
  read: (vm, at, prepositions) => {
    const slots = vm.m.getUint8(at) >> 6
    const byte = (offset: number) => (offset < (COMPACT_LENGTHS[slots] ?? 0) ? vm.m.getUint8(at + offset) : 0)
    const preposition = (value: number) => ((value & 0x3f) === 0 ? 0 : (value & 0x3f) + COMPACT_PREPOSITIONS)
    return line(byte(1), slots, [preposition(byte(0)), preposition(byte(4))], [byte(3), byte(6)], prepositions)
  },
}

function line(
  action: number,
  slots: number,
  before: readonly number[],
  locations: readonly number[],
  prepositions: ReadonlyMap<number, string>,
): GrammarLine {
  const tokens = before.flatMap((preposition, i): Token[] => [
    ...(preposition === 0 ? [] : [{ type: 'word' as const, text: prepositions.get(preposition) ?? '' }]),
    ...(i < slots
      ? [{ type: 'slot' as const, slot: { type: 'noun' as const, held: ((locations[i] ?? 0) & HAVE) !== 0 } }]
      : []),
  ])
  return { action, tokens }
}

/** Of two words for one preposition the one a player would type. */
function plainer(word: string, other: string | undefined): string {
  const full = fullWord(word)
  return other === undefined || wordRank(full) < wordRank(other) ? full : other
}

/** The value byte of a word as the given part of speech, or null when it is not one. */
function partValue(word: DictionaryWord, part: typeof VERB | typeof PREPOSITION): number | null {
  const [flags = 0, first = 0, second = 0] = word.data
  if (!(flags & part)) return null
  const isFirst = part === VERB ? (flags & FIRST_VALUE) === FIRST_IS_VERB : (flags & FIRST_VALUE) === 0
  return isFirst ? first : second
}
