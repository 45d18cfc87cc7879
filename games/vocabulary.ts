import type { Dictionary, DictionaryWord } from './dictionary.ts'
import type { Grammar } from './grammar.ts'
import type { Zvm } from './ifvms.ts'
import type { ObjectTable } from './object-table.ts'

/** The words by which the parser knows an object. */
export interface ObjectWords {
  readonly nouns: readonly string[]
  readonly adjectives: readonly string[]
}

/** Property that holds an object's words in every Inform story (Inform Technical Manual: `name` is property 1). */
const INFORM_NAME = 1

const ADJECTIVE = 0x20
const ADJECTIVE_IS_FIRST = 2

/** The objects' words, read from their properties. */
export class Vocabulary {
  readonly #words: readonly ObjectWords[]
  readonly #listed: ReadonlySet<string>

  constructor(vm: Zvm, objects: ObjectTable, dictionary: Dictionary, grammar: Grammar) {
    const listed = (property: number, keep: (word: DictionaryWord) => boolean) => (id: number) =>
      wordsIn(vm, objects, dictionary, id, property)
        .filter(keep)
        .map(({ text }) => text)
    let nouns: (id: number) => string[]
    let adjectives: (id: number) => string[] = () => []
    if (grammar.source === 'inform') nouns = listed(INFORM_NAME, () => true)
    else {
      nouns = listed(bestProperty(vm, objects, dictionary, grammar.isNoun), grammar.isNoun)
      adjectives = vm.version3
        ? numberedAdjectives(vm, objects, dictionary)
        : listed(bestProperty(vm, objects, dictionary, grammar.isAdjective), grammar.isAdjective)
    }
    this.#words = Array.from({ length: objects.count + 1 }, (_, id) =>
      id === 0 ? { nouns: [], adjectives: [] } : { nouns: nouns(id), adjectives: adjectives(id) },
    )
    this.#listed = new Set(this.#words.flatMap((words) => words.nouns))
  }

  /** Whether any object is known by the word, as the dictionary cuts it. */
  lists(word: string): boolean {
    return this.#listed.has(word)
  }

  of(id: number): ObjectWords {
    return this.#words[id] ?? { nouns: [], adjectives: [] }
  }
}

function wordsIn(
  vm: Zvm,
  objects: ObjectTable,
  dictionary: Dictionary,
  id: number,
  property: number,
): DictionaryWord[] {
  const found = objects.properties(id).find(({ number }) => number === property)
  if (!found) return []
  return Array.from({ length: found.length >> 1 }, (_, i) =>
    dictionary.at(vm.m.getUint16(found.address + 2 * i)),
  ).filter((word) => word !== undefined)
}

/** Infocom gave its properties other numbers in every story: the one whose data are such words in most objects. */
function bestProperty(
  vm: Zvm,
  objects: ObjectTable,
  dictionary: Dictionary,
  isWord: (word: DictionaryWord) => boolean,
): number {
  const votes = new Map<number, number>()
  for (let id = 1; id <= objects.count; id++) {
    for (const { number, length } of objects.properties(id)) {
      const words = wordsIn(vm, objects, dictionary, id, number)
      const all = length % 2 === 0 && words.length === length >> 1 && words.every(isWord)
      if (all) votes.set(number, (votes.get(number) ?? 0) + 1)
    }
  }
  return [...votes].sort(([a, votesA], [b, votesB]) => votesB - votesA || a - b)[0]?.[0] ?? 0
}

/** Version 3: an object's adjectives are a property of single bytes, numbers that the dictionary gives the words. */
function numberedAdjectives(vm: Zvm, objects: ObjectTable, dictionary: Dictionary): (id: number) => string[] {
  const byNumber = new Map<number, string>()
  for (const { text, data } of dictionary.words) {
    const [flags = 0, first = 0, second = 0] = data
    if (flags & ADJECTIVE) byNumber.set((flags & 3) === ADJECTIVE_IS_FIRST ? first : second, text)
  }
  const bytesOf = (address: number, length: number) => Array.from({ length }, (_, i) => vm.m.getUint8(address + i))
  const votes = new Map<number, number>()
  for (let id = 1; id <= objects.count; id++) {
    const name = objects.name(id).toLowerCase()
    for (const { number, address, length } of objects.properties(id)) {
      // The printed name of a thing usually begins with one of its adjectives.
      const words = bytesOf(address, length).map((byte) => byNumber.get(byte))
      const fits = words.every((word) => word !== undefined) && words.some((word) => word && name.includes(word))
      if (fits) votes.set(number, (votes.get(number) ?? 0) + 1)
    }
  }
  const property = [...votes].sort(([a, votesA], [b, votesB]) => votesB - votesA || a - b)[0]?.[0]
  return (id) => {
    const found = objects.properties(id).find(({ number }) => number === property)
    return found ? bytesOf(found.address, found.length).flatMap((byte) => byNumber.get(byte) ?? []) : []
  }
}
