import type { Dictionary, DictionaryWord } from './dictionary.ts'
import type { Zvm } from './ifvms.ts'
import { readInfocomGrammar } from './infocom-grammar.ts'
import { readInformGrammar } from './inform-grammar.ts'

/** A place in a grammar line that the player fills. */
export type Slot =
  | { readonly type: 'noun'; readonly held: boolean }
  | { readonly type: 'number' }
  /** Free words: what is said, asked about, typed. */
  | { readonly type: 'topic' }

export type Token = { readonly type: 'word'; readonly text: string } | { readonly type: 'slot'; readonly slot: Slot }

/** One form of a verb: what follows the verb word, and the action it means to the story. */
export interface GrammarLine {
  readonly action: number
  readonly tokens: readonly Token[]
}

export interface Verb {
  readonly words: readonly string[]
  /** Commands to the interpreter rather than to the world: save, quit, verbose. */
  readonly meta: boolean
  readonly lines: readonly GrammarLine[]
}

export interface Grammar {
  readonly source: 'infocom' | 'inform' | 'common verbs'
  readonly verbs: readonly Verb[]
  readonly isNoun: (word: DictionaryWord) => boolean
  /** Words that describe a noun; in Inform a noun does. */
  readonly isAdjective: (word: DictionaryWord) => boolean
}

/** Reads the story's own verb tables; without any, common verbs over its dictionary. */
export function readGrammar(vm: Zvm, dictionary: Dictionary): Grammar {
  return readInformGrammar(vm, dictionary) ?? readInfocomGrammar(vm, dictionary) ?? commonVerbs(dictionary)
}

/** For stories without tables that could be read: forms every adventure understands, as far as the dictionary has them. */
const COMMON: readonly (readonly [verb: string, ...rest: string[]])[] = [
  ['take', 'N'],
  ['drop', 'H'],
  ['open', 'N'],
  ['close', 'N'],
  ['read', 'N'],
  ['push', 'N'],
  ['pull', 'N'],
  ['turn', 'N'],
  ['move', 'N'],
  ['enter', 'N'],
  ['climb', 'N'],
  ['eat', 'N'],
  ['drink', 'N'],
  ['wear', 'N'],
  ['light', 'N'],
  ['break', 'N'],
  ['unlock', 'N', 'with', 'H'],
  ['attack', 'N', 'with', 'H'],
  ['put', 'H', 'in', 'N'],
  ['put', 'H', 'on', 'N'],
  ['give', 'H', 'to', 'N'],
  ['throw', 'H', 'at', 'N'],
  ['tie', 'H', 'to', 'N'],
]

function commonVerbs(dictionary: Dictionary): Grammar {
  const known = COMMON.filter((form) =>
    form.every((part) => part === 'N' || part === 'H' || dictionary.find(part) !== undefined),
  )
  const verbs = known.map(([verb, ...rest], action) => ({
    words: [verb],
    meta: false,
    lines: [
      {
        action,
        tokens: rest.map(
          (part): Token =>
            part === 'N' || part === 'H'
              ? { type: 'slot', slot: { type: 'noun', held: part === 'H' } }
              : { type: 'word', text: part },
        ),
      },
    ],
  }))
  return { source: 'common verbs', verbs, isNoun: () => true, isAdjective: () => false }
}
