import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JaccardIndex } from '../../memory/jaccard-index.ts'

interface Met {
  readonly set: number
  readonly similarity: number
}

const WORDS = ['a', 'b', 'c', 'd', 'e', 'knife', 'lamp', 'rope', 'troll', '__proto__', 'constructor']

/** Tokens are numbers; a word that is none of WORDS is a token that no set can have. */
function numbersOf(text: string): readonly number[] {
  return [...new Set(text.split(' ').filter(Boolean))].map((word) => WORDS.indexOf(word)).filter((token) => token >= 0)
}

function indexOf(...sets: string[]): JaccardIndex {
  const index = new JaccardIndex()
  for (const words of sets) index.add(numbersOf(words))
  return index
}

/** Everything at or above the threshold, most similar first, then by number. */
function search(index: JaccardIndex, words: string, threshold: number): readonly Met[] {
  const met: Met[] = []
  index.search(numbersOf(words), new Set(words.split(' ').filter(Boolean)).size, threshold, (set, similarity) => {
    met.push({ set, similarity })
    return threshold
  })
  return met.sort((a, b) => b.similarity - a.similarity || a.set - b.set)
}

test('similarity is the shared tokens over all tokens, those included that no set has', () => {
  const index = indexOf('a lamp rope', 'b troll')
  // shared: a, lamp; all: a, lamp, rope, knife
  expect(search(index, 'a lamp knife', 0.1)).toEqual([{ set: 0, similarity: 2 / 4 }])
  expect(search(index, 'a lamp unheard-of', 0.1)).toEqual([{ set: 0, similarity: 2 / 4 }])
})

test('equal sets have one number', () => {
  const index = indexOf('a b', 'c')
  expect(index.add(numbersOf('b a'))).toBe(0)
  expect(index.sets).toBe(2)
})

test('a set exactly at the threshold is met, one just below is not', () => {
  const index = indexOf('a b c d e')
  expect(search(index, 'a b c d', 0.8)).toHaveLength(1)
  expect(search(index, 'a b c d', 0.8 + Number.EPSILON)).toHaveLength(0)
})

test('two empty sets are alike, an empty and a full one share nothing', () => {
  const index = indexOf('', 'a')
  expect(search(index, '', 0.5)).toEqual([{ set: 0, similarity: 1 }])
  expect(search(index, 'a', 0.5)).toEqual([{ set: 1, similarity: 1 }])
  expect(search(index, 'a', 0)).toHaveLength(2)
})

test('what is of no interest any more is not offered, what is as good as the best so far is', () => {
  const index = indexOf('a b c d', 'a b', 'a b c', 'a b c e')
  const offered: number[] = []
  index.search(numbersOf('a b c'), 3, 0, (set, similarity) => {
    offered.push(set)
    return similarity
  })
  expect(offered).toEqual([2])
})

test('whatever is known of the frequencies, the answer is that of a scan, at every moment', () => {
  const token = fc.nat({ max: 9 })
  const tokens = fc.uniqueArray(token, { maxLength: 8 })
  const anyThreshold = fc.oneof(
    fc.constantFrom(0, 0.2, 0.25, 1 / 3, 0.5, 2 / 3, 0.75, 0.8, 0.9, 1),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  const anyOperation = fc.oneof(
    fc.record({ type: fc.constant('add' as const), tokens }),
    fc.record({ type: fc.constant('search' as const), tokens, strangers: fc.nat({ max: 2 }), threshold: anyThreshold }),
  )
  const law = fc.property(
    fc.array(fc.nat({ max: 3 }), { maxLength: 10 }),
    fc.array(anyOperation, { maxLength: 60, size: 'max' }),
    (frequencies, operations) => {
      const index = new JaccardIndex(frequencies)
      const sets: (readonly number[])[] = []
      for (const operation of operations) {
        if (operation.type === 'add') {
          const set = index.add(operation.tokens)
          const known = sets.findIndex((other) => jaccard(other, operation.tokens, 0) === 1)
          expect(set).toBe(known < 0 ? sets.push(operation.tokens) - 1 : known)
          continue
        }
        const { tokens, strangers, threshold } = operation
        const met: Met[] = []
        index.search(tokens, tokens.length + strangers, threshold, (set, similarity) => {
          met.push({ set, similarity })
          return threshold
        })
        const scanned = sets
          .map((set, number) => ({ set: number, similarity: jaccard(tokens, set, strangers) }))
          .filter(({ similarity }) => similarity >= threshold)
        expect(met.sort((a, b) => a.set - b.set)).toEqual(scanned)
      }
    },
  )
  fc.assert(law, { numRuns: 500 })
})

function jaccard(a: readonly number[], b: readonly number[], strangers: number): number {
  const shared = a.filter((token) => b.includes(token)).length
  const union = a.length + strangers + b.length - shared
  return union === 0 ? 1 : shared / union
}
