import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JaccardIndex, type Match } from '../../memory/jaccard-index.ts'
import { jaccard } from './brute-force-store.ts'
import { anyTokens } from './episodes.ts'

function indexOf(...sets: string[]): JaccardIndex {
  const index = new JaccardIndex()
  for (const words of sets) index.add(words.split(' ').filter(Boolean))
  return index
}

test('similarity is the shared tokens over all tokens', () => {
  const index = indexOf('attic lamp rope', 'cellar troll')
  // shared: attic, lamp; all: attic, lamp, rope, knife
  expect(index.search(['attic', 'lamp', 'knife'], 10, 0.1)).toEqual([{ set: 0, similarity: 2 / 4 }])
})

test('the most similar comes first, and k bounds how many come', () => {
  const index = indexOf('a b c d', 'a b', 'a b c')
  expect(index.search(['a', 'b', 'c'], 2, 0)).toEqual([
    { set: 2, similarity: 1 },
    { set: 0, similarity: 3 / 4 },
  ])
})

test('a set exactly at the threshold is found, one just below is not', () => {
  const index = indexOf('a b c d e')
  const fourOfFive = ['a', 'b', 'c', 'd']
  expect(index.search(fourOfFive, 1, 0.8)).toHaveLength(1)
  expect(index.search(fourOfFive, 1, 0.8 + Number.EPSILON)).toHaveLength(0)
})

test('among equals the latest added comes first, and a touched set becomes the latest', () => {
  const index = indexOf('a x', 'a y', 'a z')
  const order = () => index.search(['a'], 3, 0.5).map(({ set }) => set)
  expect(order()).toEqual([2, 1, 0])
  index.touch(0)
  expect(order()).toEqual([0, 2, 1])
})

test('order and repeats of tokens do not count', () => {
  expect(indexOf('b a b').search(['a', 'a', 'b'], 1, 1)).toEqual([{ set: 0, similarity: 1 }])
})

test('two empty sets are alike, an empty and a full one are not', () => {
  const index = indexOf('', 'a')
  expect(index.search([], 10, 0.5)).toEqual([{ set: 0, similarity: 1 }])
  expect(index.search(['a'], 10, 0.5)).toEqual([{ set: 1, similarity: 1 }])
})

test('at threshold 0 the sets that share nothing fill up what is left of k', () => {
  const index = indexOf('a', 'b', '', 'c')
  expect(index.search(['a'], 3, 0)).toEqual([
    { set: 0, similarity: 1 },
    { set: 3, similarity: 0 },
    { set: 2, similarity: 0 },
  ])
})

test('words of Object.prototype are tokens like any other', () => {
  expect(indexOf('constructor __proto__').search(['__proto__', 'constructor'], 1, 1)).toHaveLength(1)
})

test('the answer is that of a scan of everything, at every moment', () => {
  const anyOperation = fc.oneof(
    fc.record({ type: fc.constant('add' as const), tokens: anyTokens }),
    fc.record({ type: fc.constant('touch' as const), position: fc.nat() }),
    fc.record({
      type: fc.constant('search' as const),
      tokens: fc.array(fc.oneof(fc.constant('unheard-of'), fc.constantFrom('attic', 'dark', 'lamp', 'rope'))),
      k: fc.oneof(fc.nat({ max: 5 }), fc.constant(1000)),
      threshold: fc.oneof(
        fc.constantFrom(0, 0.2, 0.25, 1 / 3, 0.5, 2 / 3, 0.8, 1),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
    }),
  )
  const run = fc.property(fc.array(anyOperation, { maxLength: 60, size: 'max' }), (operations) => {
    const index = new JaccardIndex()
    const sets: { readonly tokens: readonly string[]; recency: number }[] = []
    for (const [moment, operation] of operations.entries()) {
      if (operation.type === 'add') {
        expect(index.add(operation.tokens)).toBe(sets.length)
        sets.push({ tokens: operation.tokens, recency: moment })
      } else if (operation.type === 'touch' && sets.length > 0) {
        const set = operation.position % sets.length
        index.touch(set)
        sets[set]!.recency = moment
      } else if (operation.type === 'search') {
        const { tokens, k, threshold } = operation
        const scanned: Match[] = sets
          .map((set, position) => ({ set: position, similarity: jaccard(tokens, set.tokens) }))
          .filter(({ similarity }) => similarity >= threshold)
          .sort((a, b) => b.similarity - a.similarity || sets[b.set]!.recency - sets[a.set]!.recency)
          .slice(0, k)
        expect(index.search(tokens, k, threshold)).toEqual(scanned)
      }
    }
  })
  fc.assert(run, { numRuns: 2000 })
})
