import type { Slot } from './grammar.ts'
import { type Thing, wordsOf } from './reach.ts'
import type { Template } from './templates.ts'

/** The words that forms are filled with. */
export interface Words {
  readonly things: readonly Thing[]
  readonly numbers: readonly string[]
  readonly topics: readonly string[]
  readonly sayings: readonly string[]
  /** Words for an answer to what is asked, each said alone. */
  readonly quotes: readonly string[]
  readonly directions: readonly string[]
}

export function wordsFor(
  slot: Slot,
  words: Words,
  inHand: (thing: Thing) => boolean,
  isSecond = false,
): readonly string[] {
  if (slot.type === 'number') return words.numbers
  if (slot.type === 'quote') return words.quotes
  if (slot.type === 'topic') return isSecond ? words.topics : words.sayings
  return words.things.filter((thing) => !slot.held || inHand(thing)).map(({ phrase }) => phrase)
}

const SETTING = new Set('turn set dial rotate spin twist tune adjust move push press slide point switch'.split(' '))

/** "turn dial to 3": to Infocom's parser a number is a noun like any other. */
export function takesNumber({ parts }: Template): boolean {
  return parts.at(-2) === 'to' && parts.some((part) => typeof part === 'string' && SETTING.has(part))
}

const PUSHING = new Set(['push', 'pull', 'move', 'shove', 'slide', 'roll', 'drag'])

/** "push machine to south", "push machine south": a direction is what a thing is pushed in. */
export function takesDirection({ parts, slots }: Template): boolean {
  const [verb] = parts
  return (
    typeof verb === 'string' &&
    PUSHING.has(verb) &&
    slots.length === 2 &&
    (parts.length === 3 || takesNumber({ parts, slots }))
  )
}

/** "ask librarian about book": what is spoken of need not be there, though the form has a thing's place for it. */
export function takesTopic({ parts, slots }: Template): boolean {
  return slots.length === 2 && parts.at(-2) === 'about'
}

const ORDERS = new Set('wait follow take drop open close push pull turn move attack lift'.split(' '))

/** What other people are mostly told to do. */
export function isOrder({ parts: [verb], slots }: Template): boolean {
  return typeof verb === 'string' && ORDERS.has(verb) && slots.length < 2
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
  const filled = template.parts.map((part) => {
    if (typeof part === 'string') return part
    const word = next.next().value ?? ''
    return part.type === 'quote' ? `"${word}"` : word
  })
  return filled.join(' ')
}

/** What is done by the way: "(first taking the lamp)". */
const ASIDE = /^[ \t]*\([^()]*\)[ \t]*$/gm

/** An answer without asides and the things it names, so that a verb's stock answer is the same for all of them. */
export function stock(text: string, names: readonly string[]): string {
  const named = new Set(names)
  return wordsOf(text.replace(ASIDE, ''))
    .filter((word) => !named.has(word) && !ARTICLES.has(word))
    .join(' ')
}

const ARTICLES = new Set(['a', 'an', 'the', 'some', 'that', 'those', 'it', 'them', 'is', 'are'])
