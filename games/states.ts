import { bring, namedThings, withThingsMoved } from './parser-notes.ts'
import type { Probe } from './probe.ts'
import { type Nouns, wordsOf } from './reach.ts'

/** Attributes that say of a thing that it is open, and that it is lit or turned on; null where none was found. */
export interface States {
  readonly open: number | null
  readonly lit: number | null
}

/** What sets such a state, and what ends it. */
const OPENING = [['open', 'close']] as const
const LIGHTING = [
  ['turn on', 'turn off'],
  ['light', 'extinguish'],
] as const

/** So many things that agree are enough. */
const ENOUGH = 3

/**
 * Finds the attribute that opening sets on what is opened and closing clears again, for the most things, and the same of
 * lighting. Every thing is put into the player's hands for it.
 */
export function findStates(probe: Probe, nouns: Nouns, player: number): States {
  return withThingsMoved(probe, () => ({ open: find(OPENING), lit: find(LIGHTING) }))

  function find(verbs: readonly (readonly [string, string])[]): number | null {
    const known = verbs.filter((pair) =>
      pair.every((words) => wordsOf(words).every((word) => nouns.dictionary.find(word))),
    )
    const votes = new Map<number, number>()
    for (const { object, phrase } of namedThings(nouns, player)) {
      for (const [set, end] of known) {
        for (const attribute of switched(object, `${set} ${phrase}`, `${end} ${phrase}`)) {
          const count = (votes.get(attribute) ?? 0) + 1
          votes.set(attribute, count)
          if (count === ENOUGH) return attribute
        }
      }
    }
    return [...votes].sort(([a, votesA], [b, votesB]) => votesB - votesA || a - b)[0]?.[0] ?? null
  }

  /** Attributes that the first command sets and the second clears. */
  function switched(object: number, set: string, end: string): readonly number[] {
    const { objects } = nouns
    if (!bring(probe, objects, object, player)) return []
    const before = objects.attributes(object)
    if (probe.next(set) === null) return []
    const gained = objects.attributes(object).filter((attribute) => !before.includes(attribute))
    if (gained.length === 0 || probe.next(end) === null) return []
    const after = objects.attributes(object)
    return gained.filter((attribute) => !after.includes(attribute))
  }
}
