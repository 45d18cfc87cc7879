import type { Slot } from './grammar.ts'
import { type Thing, wordsOf } from './reach.ts'
import type { Template } from './templates.ts'

/** The words that forms are filled with. */
export interface Words {
  readonly things: readonly Thing[]
  readonly numbers: readonly string[]
  readonly topics: readonly string[]
  readonly sayings: readonly string[]
}

export function wordsFor(
  slot: Slot,
  words: Words,
  inHand: (thing: Thing) => boolean,
  isSecond = false,
): readonly string[] {
  if (slot.type === 'number') return words.numbers
  if (slot.type === 'topic') return isSecond ? words.topics : words.sayings
  return words.things.filter((thing) => !slot.held || inHand(thing)).map(({ phrase }) => phrase)
}

/** "turn dial to 3": to Infocom's parser a number is a noun like any other. */
export function takesNumber({ parts }: Template): boolean {
  return parts.at(-2) === 'to'
}

/** The numbers that a dial is likely to have, and those that are written. */
export function numbersIn(texts: readonly string[]): readonly string[] {
  return [
    ...new Set(['1', '2', '3', '4', '5', '6', '7', '8', ...texts.flatMap((text) => text.match(/\b\d{1,4}\b/g) ?? [])]),
  ]
}

export function formOf({ parts }: Template): string {
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.type}>`)).join(' ')
}

export function fill(template: Template, words: readonly string[]): string {
  const next = words.values()
  return template.parts.map((part) => (typeof part === 'string' ? part : (next.next().value ?? ''))).join(' ')
}

/** An answer without the things it names, so that a verb's stock answer is the same for all of them. */
export function stock(text: string, names: readonly string[]): string {
  const named = new Set(names)
  return wordsOf(text)
    .filter((word) => !named.has(word) && !ARTICLES.has(word))
    .join(' ')
}

const ARTICLES = new Set(['a', 'an', 'the', 'some', 'that', 'those', 'it', 'them', 'is', 'are'])
