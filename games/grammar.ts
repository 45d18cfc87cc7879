import type { DictionaryWord } from './dictionary.ts'
/** A place in a grammar line that the player fills. */
export type Slot =
  | { readonly type: 'noun'; readonly held: boolean }
  | { readonly type: 'number' }
  /** Free words: what is said, asked about, typed. */
  | { readonly type: 'topic' }
  /** One word that is said, between quotation marks. */
  | { readonly type: 'quote' }

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
