import { fullWord } from './command-words.ts'
import type { Dictionary } from './dictionary.ts'
import type { Grammar } from './grammar.ts'
import type { Zvm } from './ifvms.ts'
import type { ObjectTable } from './object-table.ts'
import { choices, UNSEEN } from './parser-questions.ts'
import type { Probe } from './probe.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { Difference } from './world-bytes.ts'

/** A thing the player can speak of now, and the words that mean it and nothing else. */
export interface Thing {
  /** 0 where it is not known. */
  readonly object: number
  readonly phrase: string
  readonly held: boolean
  /** In the room or its scenery, not only spoken of. */
  readonly near: boolean
}

/** What is needed to find things: read once from the story. */
export interface Nouns {
  readonly objects: ObjectTable
  readonly dictionary: Dictionary
  readonly grammar: Grammar
  readonly vocabulary: Vocabulary
  /** By room: what can be spoken of there though it is not in it. */
  readonly scenery: ReadonlyMap<number, readonly number[]>
  /** Null where none was found. */
  readonly directObject: DirectObject | null
}

/**
 * Where the parser leaves the object that a command was about: in a global, or in the second word of a table that a
 * global points to, one of two in turn.
 */
export interface DirectObject {
  readonly global: number
  readonly isTable: boolean
}

/** A children list this long, under an object without words, is the story's list of rooms, not a room's contents. */
const ROOMS_CONTAINER = 20

/** Words for what was spoken of last, for the player, or for nothing: never a thing of their own. */
const PRONOUNS =
  'it them him her he she me myself self yourself you i all everything anything each any this that these those one ones other'
/** Inform keeps the directions as objects (its compass); Infocom gives some stories walls by these names. */
const DIRECTIONS = 'north south east west northeast northwest southeast southwest n s e w ne nw se sw u d'
const NO_THINGS = new Set(`${PRONOUNS} ${DIRECTIONS}`.split(' '))
const COMPASS = new Set(DIRECTIONS.split(' '))

/** Words that stand in names and mean nothing alone. */
const JOINING = new Set('of the a an in on with and but to for no some your my its at by from or'.split(' '))

const MOST_PHRASES = 5
const MOST_WORDS = 120
/** Words that are tried as things where it is not known which thing they mean. */
const MOST_TOLD = 40

/**
 * What is in reach: everything in the room and on the player, and whatever the story's texts mention, as far as the
 * parser understands it. Each thing is looked at to see which object its words mean; where the parser asks "which do
 * you mean", its own words are used. Neither the order in which things lie nor `passing` counts: worlds that differ in
 * no more are the same.
 *
 * @param passing Lines that doing nothing brings as well.
 */
export function thingsInReach(
  probe: Probe,
  nouns: Nouns,
  player: number,
  texts: readonly string[],
  passing: ReadonlySet<string> = new Set(),
  looked: (looked: Looked) => void = () => {},
): readonly Thing[] {
  const { objects } = nouns
  if (nouns.directObject === null) return wordsAsThings(nouns, player, texts)
  const room = roomOf(objects, player)
  const around = new Set([...objects.descendants(room), ...(nouns.scenery.get(room) ?? [])])
  const isThing = (object: number) => {
    const words = nouns.vocabulary.of(object).nouns
    return (
      !words.some((word) => COMPASS.has(word)) && (words.length === 0 || words.some((word) => !NO_THINGS.has(word)))
    )
  }
  const carried = new Set(objects.descendants(player))
  // Of things by one name the parser takes the one that fits.
  const isHeld = (object: number, phrase: string) =>
    carried.has(object) || [...carried].some((other) => answersTo(nouns, other, phrase))
  /** The object that each phrase means, 0 for none. */
  const meanings = new Map<string, number>()
  const read = [...texts]
  const ask = (phrase: string): number => {
    const known = meanings.get(phrase)
    if (known !== undefined) return known
    const answer = examine(probe, nouns, phrase, passing)
    meanings.set(phrase, answer?.object ?? 0)
    if (answer === null) return 0
    looked(answer)
    read.push(answer.text)
    if (answer.object === 0) {
      for (const choice of choices(answer.text)) {
        if (!meanings.has(choice)) meanings.set(choice, examine(probe, nouns, choice, passing)?.object ?? 0)
      }
    }
    return answer.object
  }

  const seen = texts.flatMap(wordsOf).sort()
  // What the room's things tell of is of more account than what is written on those carried along.
  const near = [...around]
    .filter((id) => id !== player)
    .sort((a, b) => Number(carried.has(a)) - Number(carried.has(b)) || a - b)
  // Words of what is not seen may mean another thing.
  const found = near.filter((object) => phrases(nouns, object, seen).some((phrase) => ask(phrase) === object))
  const askedNear = meanings.size
  const named = new Set(found.flatMap((object) => nouns.vocabulary.of(object).nouns))
  // The list grows while it is read: what is looked at mentions more.
  for (let i = 0; i < read.length && meanings.size - askedNear < 2 * MOST_WORDS; i++) {
    for (const word of mentioned(nouns, read[i] ?? '')) {
      if (named.has(nouns.dictionary.cut(word)) || meanings.has(word)) continue
      // A word that no object lists is understood by code, and so likely by something that is here.
      const most = (nouns.vocabulary.lists(nouns.dictionary.cut(word)) ? 1 : 2) * MOST_WORDS
      if (meanings.size - askedNear < most) ask(word)
    }
    for (const phrase of labelled(nouns, read[i] ?? '')) ask(phrase)
  }
  const things = new Map<number, Thing>()
  const meant = [...new Set(meanings.values())]
  const isShared = (object: number, phrase: string) =>
    meant.some((other) => other !== object && other !== 0 && answersTo(nouns, other, phrase))
  for (const [asked, object] of [...meanings]) {
    if (object === 0 || object === player || things.has(object) || !isThing(object)) continue
    const own = phrases(nouns, object, seen)
    // Which of two things a word means may hang on what is done: one can only be dropped, the other only taken. Words of
    // another thing that is not seen may mean it too.
    const phrase =
      own.find((words) => !isShared(object, words) && ask(words) === object) ??
      own.find((words) => meanings.get(words) === object) ??
      asked
    things.set(object, { object, phrase, held: isHeld(object, phrase), near: around.has(object) })
  }
  return [...things.values()].sort((a, b) => a.object - b.object)
}

/**
 * Where the parser does not show which object was meant, each word of the texts is a thing of its own, and each of the names
 * of what is here: of all there is, where the player is not known.
 */
function wordsAsThings(nouns: Nouns, player: number, texts: readonly string[]): readonly Thing[] {
  const { objects, grammar } = nouns
  const verbs = new Set(grammar.verbs.flatMap(({ words }) => words))
  const here = player === 0 ? 0 : roomOf(objects, player)
  const near = here === 0 ? Array.from({ length: objects.count }, (_, i) => i + 1) : objects.descendants(here)
  const carried = player === 0 ? near : objects.descendants(player)
  const isNamed = (object: number, word: string) => wordsOf(objects.name(object)).includes(word)
  const names = near.map((object) => objects.name(object)).join(' ')
  const words = new Set([...texts, names].flatMap((text) => mentioned(nouns, text)))
  return [...words]
    .filter((word) => !verbs.has(word))
    .slice(0, MOST_TOLD)
    .map((phrase) => {
      const object = near.find((other) => isNamed(other, phrase)) ?? 0
      return { object, phrase, held: carried.includes(object) || object === 0, near: object !== 0 }
    })
}

function answersTo({ vocabulary, dictionary }: Nouns, object: number, phrase: string): boolean {
  const { nouns, adjectives } = vocabulary.of(object)
  return wordsOf(phrase).every((word) => {
    const cut = dictionary.cut(word)
    return nouns.includes(cut) || adjectives.includes(cut)
  })
}

/** The room an object is in: up the tree until nothing, or the list of all rooms, holds it (Infocom's ROOMS). */
export function roomOf(objects: ObjectTable, object: number): number {
  let room = object
  for (let depth = 0; depth < objects.count; depth++) {
    const parent = objects.parent(room)
    if (parent === 0 || objects.children(parent).length >= ROOMS_CONTAINER) break
    room = parent
  }
  return room
}

/**
 * Words for one object, the likeliest first: the printed name's last noun, then with adjectives, then any noun. Words
 * that the dictionary cuts are written out from the printed name or from the words `seen`.
 */
export function phrases(nouns: Nouns, object: number, seen: readonly string[] = []): readonly string[] {
  const words = nouns.vocabulary.of(object)
  const { dictionary } = nouns
  const printed = wordsOf(nouns.objects.name(object))
  // What parses its own name (Inform's parse_name) lists none: then its printed name is all there is.
  const listed = words.nouns.length > 0 ? words.nouns : printed.filter((word) => nouns.dictionary.find(word))
  if (listed.length === 0) return []
  const full = (word: string) =>
    [...printed, ...seen].find((other) => other.startsWith(word) && dictionary.cut(other) === word) ?? fullWord(word)
  const inName = (word: string) => printed.some((other) => dictionary.cut(other) === word)
  const position = (word: string) => printed.findLastIndex((other) => dictionary.cut(other) === word)
  const own = listed
    .filter((word) => !JOINING.has(word) && !NO_THINGS.has(word))
    .sort((a, b) => position(b) - position(a) || (a < b ? -1 : 1))
  const describing = [...words.adjectives, ...(words.adjectives.length > 0 ? [] : own)]
    .filter((word) => inName(word))
    .sort((a, b) => position(a) - position(b))
  const noun = own[0] ?? ''
  const described = describing.filter((word) => word !== noun).map((word) => `${full(word)} ${full(noun)}`)
  const whole = printed.filter((word) => nouns.dictionary.find(word)).join(' ')
  const others = own.slice(1).map(full)
  const undescribed = words.adjectives.map((word) => `${full(word)} ${full(noun)}`)
  const all = [full(noun), ...described, ...(whole.includes(' ') ? [whole] : []), ...others, ...undescribed]
  return [...new Set(all)].slice(0, MOST_PHRASES)
}

export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\d'-]+/gu) ?? []
}

/** Nouns of the dictionary that a text holds. Sorted: things are told of in the order in which they lie. */
export function mentioned(nouns: Nouns, text: string): readonly string[] {
  const found = new Set<string>()
  // The parser may know only one of several: "walls".
  for (const word of wordsOf(text).flatMap((word) => (word.endsWith('s') ? [word, word.slice(0, -1)] : [word]))) {
    const entry = nouns.dictionary.find(word)
    if (entry && nouns.grammar.isNoun(entry) && !NO_THINGS.has(word) && !JOINING.has(word)) found.add(word)
  }
  return [...found].sort()
}

/** Names of things alike, as a text tells them apart: nouns with a number behind or a quoted word before them. */
function labelled(nouns: Nouns, text: string): readonly string[] {
  const isNoun = (word: string) => {
    const entry = nouns.dictionary.find(word)
    return entry !== undefined && nouns.grammar.isNoun(entry)
  }
  const words = text.toLowerCase()
  const numbered = [...words.matchAll(/(?<!\p{L})(\p{L}+) \d{1,4}\b/gu)].flatMap(([all, noun = '']) =>
    isNoun(noun) ? all : [],
  )
  const quoted = [...words.matchAll(/["\u201c](\p{L}+)["\u201d] (\p{L}+)/gu)].flatMap(([, label, noun = '']) =>
    isNoun(noun) ? `${label} ${noun}` : [],
  )
  return [...new Set([...numbered, ...quoted])]
}

/** Nouns of the dictionary that somebody said in a text, or that are quoted in it. */
export function spokenWords(nouns: Nouns, text: string): readonly string[] {
  return mentioned(nouns, [...text.matchAll(/["\u201c]([^"\u201d]*)["\u201d]?/g)].map(([, words]) => words).join(' '))
}

/** What came of looking at something. */
export interface Looked {
  readonly object: number
  /** Without passing lines. */
  readonly text: string
  readonly difference: Difference
}

/** Looks at what the phrase means. `object` is 0 where the parser does not see such a thing. */
function examine(probe: Probe, nouns: Nouns, phrase: string, passing: ReadonlySet<string>): Looked | null {
  const { directObject } = nouns
  const { vm } = probe.machine
  if (directObject === null) return null
  const look = (cleared: number | null): Looked | null => {
    probe.back()
    if (cleared !== null) vm.ram.setUint16(cleared, 0)
    const outcome = probe.next(`${examineVerb(nouns.dictionary)} ${phrase}`)
    if (outcome === null) return null
    const text = withoutLines(outcome.text, passing)
    const address = addressOf(vm, directObject)
    // Where the parser asks which is meant, the table has them all.
    const isOpen = UNSEEN.test(text) || (directObject.isTable && choices(text).length > 0)
    const object = isOpen || address === null ? 0 : vm.m.getUint16(address)
    // What was there before may be of an earlier turn: once more without it.
    const { ram } = probe.start
    const isOld = address !== null && object === ((ram[address]! << 8) | ram[address + 1]!)
    if (cleared === null && object !== 0 && isOld) return look(address)
    return { object: object <= nouns.objects.count ? object : 0, text, difference: outcome.difference }
  }
  return look(null)
}

/** Null where the global points to no table. */
export function addressOf(vm: Zvm, { global, isTable }: DirectObject): number | null {
  const address = isTable ? vm.m.getUint16(global) + 2 : global
  return address + 1 < vm.staticmem ? address : null
}

export function withoutLines(text: string, some: ReadonlySet<string>): string {
  const lines = text.split('\n')
  return lines.filter((line) => !some.has(line)).join('\n')
}

export function examineVerb(dictionary: Dictionary): string {
  return dictionary.find('examine') ? 'examine' : 'look at'
}
