import { fullWord, prepositionRank } from './command-words.ts'
import type { Dictionary, DictionaryWord } from './dictionary.ts'
import type { Grammar, GrammarLine, Token, Verb } from './grammar.ts'
import type { Zvm } from './ifvms.ts'

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

const LINE_LENGTH = 8

/** Commands to the interpreter, which Infocom's tables do not tell apart. */
const META = new Set(
  `again brief g diagno help hint hints i info invent l look notify o oops quit q record restar restart restor restore
   save score script $ve $verif super superb superbrief t time undo unreco unscri unscript verbos verbose verify versio
   version #comm #random #rand #reco #unre credit credits`.split(/\s+/),
)

/**
 * Infocom's verb tables in the fixed form (one address per verb at the bottom of static memory; a count, then eight
 * bytes a line: slots, two prepositions, two attributes, two location bytes, action). Null where there is none.
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
  const verbs: Verb[] = []
  for (const [number, words] of verbWords) {
    const address = vm.m.getUint16(vm.staticmem + 2 * (255 - number))
    if (address < vm.staticmem || address >= vm.m.byteLength) return null
    const count = vm.m.getUint8(address)
    if (count === 0 || address + 1 + count * LINE_LENGTH > vm.m.byteLength) return null
    const lines = Array.from({ length: count }, (_, i) => readLine(vm, address + 1 + i * LINE_LENGTH, prepositions))
    verbs.push({ words, meta: words.some((word) => META.has(word)), lines })
  }
  if (verbs.length === 0) return null
  return {
    source: 'infocom',
    verbs,
    isNoun: (word) => ((word.data[0] ?? 0) & NOUN) !== 0,
    isAdjective: (word) => ((word.data[0] ?? 0) & ADJECTIVE) !== 0,
  }
}

/** Of two words for one preposition the one a player would type. */
function plainer(word: string, other: string | undefined): string {
  const full = fullWord(word)
  return other === undefined || prepositionRank(full) < prepositionRank(other) ? full : other
}

/** The value byte of a word as the given part of speech, or null when it is not one. */
function partValue(word: DictionaryWord, part: typeof VERB | typeof PREPOSITION): number | null {
  const [flags = 0, first = 0, second = 0] = word.data
  if (!(flags & part)) return null
  const isFirst = part === VERB ? (flags & FIRST_VALUE) === FIRST_IS_VERB : (flags & FIRST_VALUE) === 0
  return isFirst ? first : second
}

function readLine(vm: Zvm, at: number, prepositions: ReadonlyMap<number, string>): GrammarLine {
  const slots = vm.m.getUint8(at)
  const tokens: Token[] = []
  for (let i = 0; i < 2; i++) {
    const preposition = vm.m.getUint8(at + 1 + i)
    if (preposition !== 0) tokens.push({ type: 'word', text: prepositions.get(preposition) ?? '' })
    if (i < slots) {
      const held = (vm.m.getUint8(at + 5 + i) & HAVE) !== 0
      tokens.push({ type: 'slot', slot: { type: 'noun', held } })
    }
  }
  return { action: vm.m.getUint8(at + 7), tokens }
}
