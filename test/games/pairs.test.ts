import { expect, it } from 'vitest'
import type { Words } from '../../games/form-filling.ts'
import type { Slot } from '../../games/grammar.ts'
import { type PairOutcome, tryPairs } from '../../games/pairs.ts'
import type { Nouns } from '../../games/reach.ts'

const NOUN: Slot = { type: 'noun', held: false }
const HELD: Slot = { type: 'noun', held: true }
const FOLD_IN = { parts: ['fold', NOUN, 'in', NOUN], slots: [NOUN, NOUN] }
const PUT_IN = { parts: ['put', HELD, 'in', NOUN], slots: [HELD, NOUN] }
const PHRASES = ['bag', 'cup', 'door', 'egg', 'hat', 'jar']

/** The pairs that are tried where a pair has that effect; answers are the same for all without one. */
function tried(
  effectOf: (first: string, second: string) => string | null,
  form = FOLD_IN,
  takings: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const things = PHRASES.map((phrase, i) => ({ object: i + 1, phrase, held: false, near: true }))
  const words: Words = { things, numbers: [], topics: [], sayings: [], quotes: [], directions: [] }
  const nouns = { objects: { name: () => '' } } as unknown as Nouns
  const pairs: string[] = []
  const play = ([first, second]: readonly [string, string]): PairOutcome => {
    pairs.push(`${first} ${second}`)
    const effect = effectOf(first, second)
    return { answer: () => effect ?? 'Nothing happens.', effect }
  }
  tryPairs(form, words, nouns, takings, { foresee: () => {}, play })
  return pairs
}

it('tries what one word does with all others, and not on for each of these', () => {
  const pairs = tried((_, second) => (second === 'door' ? 'The door slams.' : null))
  expect(pairs.filter((pair) => pair.endsWith(' door'))).toHaveLength(PHRASES.length - 1)
  expect(pairs).not.toContain('egg bag')
})

it('goes on where the other word makes another effect of it', () => {
  expect(tried((first, second) => (second === 'door' ? `The ${first} is gone.` : null))).toContain('egg bag')
})

const TAKINGS = new Map(['cup', 'egg', 'hat', 'jar'].map((phrase) => [phrase, `${phrase} is taken`]))

it('tries what must be held with what can be taken, where the parser takes it by the way', () => {
  const pairs = tried((first) => TAKINGS.get(first) ?? null, PUT_IN, TAKINGS)
  expect(pairs).toEqual(expect.arrayContaining(['cup egg', 'egg cup', 'hat jar', 'jar hat']))
})

it('tries no more than two such pairs where the parser does not', () => {
  expect(tried(() => null, PUT_IN, TAKINGS).length).toBeLessThanOrEqual(2)
})
