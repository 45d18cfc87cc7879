import type { Dictionary } from './dictionary.ts'
import type { Grammar, GrammarLine, Slot, Token, Verb } from './grammar.ts'
import type { Zvm } from './ifvms.ts'
import { isOnlyMeta } from './meta-words.ts'

/** Flags of an Inform dictionary word's first data byte (Inform Technical Manual §8.5). */
const VERB = 0x01
const META = 0x02
const NOUN = 0x80
const PREPOSITION = 0x08

/** Ends a line of grammar version 2 (Technical Manual §8.6). */
const END_OF_LINE = 15

/**
 * Inform's verb tables, which begin at the bottom of static memory: an address per verb, then its lines, in grammar
 * version 1 (eight bytes a line) or 2 (three bytes a token). Null where the memory there is no such table.
 * Inform Technical Manual §8.
 */
export function readInformGrammar(vm: Zvm, dictionary: Dictionary): Grammar | null {
  const verbWords = new Map<number, { words: string[]; meta: boolean }>()
  for (const word of dictionary.words) {
    const [flags = 0, verb = 0] = word.data
    if (!(flags & VERB)) continue
    const entry = verbWords.get(verb) ?? { words: [], meta: false }
    entry.words.push(word.text)
    entry.meta ||= (flags & META) !== 0
    verbWords.set(verb, entry)
  }
  const lowest = Math.min(...verbWords.keys())
  if (lowest > 255) return null
  const addresses = Array.from({ length: 256 - lowest }, (_, i) => vm.m.getUint16(vm.staticmem + 2 * i))
  // Verbs made by `Extend only` stand out of order, so a few may not end where the next one in number begins.
  const fitting = (fits: typeof fitsVersion1) =>
    addresses.filter((address, i) => fits(vm, address, addresses[i + 1])).length / addresses.length
  const version2 = fitting(fitsVersion2) > fitting(fitsVersion1)
  if (fitting(version2 ? fitsVersion2 : fitsVersion1) < 0.8) return null

  const prepositions = new Map<number, string>()
  for (const word of dictionary.words) {
    const [flags = 0, , number = 0] = word.data
    if (flags & PREPOSITION && !prepositions.has(number)) prepositions.set(number, word.text)
  }
  const verbs = [...verbWords].map(([number, { words, meta }]): Verb => {
    const address = addresses[255 - number] ?? 0
    const lines = version2 ? version2Lines(vm, address, dictionary) : version1Lines(vm, address, prepositions)
    // Inform 5.49 flags none, and an author may forget to.
    return { words, meta: meta || isOnlyMeta(words), lines }
  })
  // An Infocom table passes for version 1 by its shape; its prepositions are then none of the dictionary's.
  if (!version2 && verbs.some(({ lines }) => lines.some(({ tokens }) => tokens.some(isUnknownWord)))) return null
  const isNoun = (word: { readonly data: readonly number[] }) => ((word.data[0] ?? 0) & NOUN) !== 0
  return { source: 'inform', verbs, isNoun, isAdjective: isNoun }
}

function isUnknownWord(token: Token): boolean {
  return token.type === 'word' && token.text === ''
}

function fitsVersion1(vm: Zvm, address: number, next: number | undefined): boolean {
  if (address < vm.staticmem || address >= vm.m.byteLength) return false
  const end = address + 1 + 8 * vm.m.getUint8(address)
  return next === undefined ? end <= vm.m.byteLength : end === next
}

function fitsVersion2(vm: Zvm, address: number, next: number | undefined): boolean {
  if (address < vm.staticmem || address >= vm.m.byteLength) return false
  let at = address + 1
  for (let line = 0; line < vm.m.getUint8(address); line++) {
    at += 2
    while (at < vm.m.byteLength && vm.m.getUint8(at) !== END_OF_LINE) at += 3
    at += 1
  }
  return next === undefined ? at <= vm.m.byteLength : at === next
}

const NOUN_SLOT: Token = { type: 'slot', slot: { type: 'noun', held: false } }
const HELD_SLOT: Token = { type: 'slot', slot: { type: 'noun', held: true } }

/** The elementary tokens, numbered alike in both versions: noun, held, multi, multiheld, multiexcept, multiinside, … */
function elementary(number: number): Token {
  const slot = (type: Slot['type']): Token => (type === 'noun' ? NOUN_SLOT : { type: 'slot', slot: { type } })
  switch (number) {
    case 1:
    case 3:
    case 4:
      return HELD_SLOT
    case 7:
    case 9:
      return slot('topic')
    case 8:
      return slot('number')
    default:
      return NOUN_SLOT
  }
}

function version1Lines(vm: Zvm, address: number, prepositions: ReadonlyMap<number, string>): GrammarLine[] {
  const lines: GrammarLine[] = []
  for (let i = 0; i < vm.m.getUint8(address); i++) {
    const line = address + 1 + 8 * i
    const slots = vm.m.getUint8(line)
    const tokens: Token[] = []
    let filled = 0
    for (let j = 1; j <= 6; j++) {
      const token = vm.m.getUint8(line + j)
      if (token >= 180) {
        tokens.push({ type: 'word', text: prepositions.get(token) ?? '' })
      } else if (filled < slots) {
        filled++
        // 48-79: a routine of the author's that parses for itself.
        tokens.push(token >= 48 && token < 80 ? elementary(9) : elementary(token < 16 ? token : 0))
      }
    }
    lines.push({ action: vm.m.getUint8(line + 7), tokens })
  }
  return lines
}

function version2Lines(vm: Zvm, address: number, dictionary: Dictionary): GrammarLine[] {
  const lines: GrammarLine[] = []
  let at = address + 1
  for (let i = 0; i < vm.m.getUint8(address); i++) {
    const action = vm.m.getUint16(at) & 0x3ff
    at += 2
    const tokens: Token[] = []
    for (; vm.m.getUint8(at) !== END_OF_LINE; at += 3) {
      const type = vm.m.getUint8(at)
      const data = vm.m.getUint16(at + 1)
      // Bit 4 joins a token to the one before it as an alternative; the first is enough.
      if (type & 0x10) continue
      if ((type & 0x0f) === 2) tokens.push({ type: 'word', text: dictionary.at(data)?.text ?? '' })
      else if ((type & 0x0f) === 1) tokens.push(elementary(data))
      else tokens.push((type & 0x0f) === 6 ? elementary(9) : NOUN_SLOT)
    }
    at += 1
    lines.push({ action, tokens })
  }
  return lines
}
