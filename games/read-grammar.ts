import type { Dictionary } from './dictionary.ts'
import type { Grammar, Token } from './grammar.ts'
import type { Zvm } from './ifvms.ts'
import { readInfocomGrammar } from './infocom-grammar.ts'
import { readInformGrammar } from './inform-grammar.ts'

/** Reads the story's own verb tables; without any, common verbs over its dictionary. */
export function readGrammar(vm: Zvm, dictionary: Dictionary): Grammar {
  for (const read of [readInformGrammar, readInfocomGrammar]) {
    const grammar = inTheStory(() => read(vm, dictionary))
    if (grammar) return grammar
  }
  return commonVerbs(dictionary)
}

/** Null for tables that lead out of the story: it has none of that kind, or they are damaged. */
function inTheStory(read: () => Grammar | null): Grammar | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * For stories without tables that could be read: forms every adventure understands, as far as the dictionary has their
 * words. N is a thing, H one that is held. docs/games.md repeats the list.
 */
const COMMON = `take N, drop H, open N, close N, read N, push N, pull N, turn N, turn on N, turn off N, light N,
  extinguish N, move N, enter N, climb N, eat N, drink N, wear H, remove H, break N, search N, wave H, rub N, ring N, kill N,
  attack N, wake N, jump, dig, pray, swim, sleep, knock, shout, unlock N with H, lock N with H, attack N with H,
  kill N with H, cut N with H, light N with H, fill H with N, put H in N, put H on N, give H to N, show H to N, throw H at N,
  tie H to N`
  .split(',')
  .map((form) => form.trim().split(/\s+/))

function commonVerbs(dictionary: Dictionary): Grammar {
  const known = COMMON.filter((form) =>
    form.every((part) => part === 'N' || part === 'H' || dictionary.find(part) !== undefined),
  )
  const verbs = known.map(([verb = '', ...rest], action) => ({
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
