import fc from 'fast-check'
import { expect, test } from 'vitest'
import { multiset, multisetJaccard, ngrams, openExperienceStore, setJaccard } from '../../memory/index.ts'
import { walk } from './episodes.ts'

test('n-grams are overlapping runs of words, or the words where there are too few', () => {
  expect(ngrams(['you', 'see', 'a', 'lamp'], 2)).toEqual(['you see', 'see a', 'a lamp'])
  expect(ngrams(['you', 'see'], 4)).toEqual(['you', 'see'])
})

test('set similarity counts each token once', () => {
  // shared: a; all: a, b, c
  expect(setJaccard(['a', 'a', 'b'], ['a', 'c', 'c'])).toBe(1 / 3)
  expect(setJaccard([], [])).toBe(1)
})

test('multiset similarity is the smaller counts over the larger ones', () => {
  // a: 2 and 3, b: 1 and 0, c: 0 and 1; (2 + 0 + 0) / (3 + 1 + 1)
  expect(multisetJaccard(['a', 'a', 'b'], ['a', 'a', 'a', 'c'])).toBe(2 / 5)
})

test('the index serves multisets and n-grams by their tokens', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })
  const encodings = [
    (text: readonly string[]) => multiset(text),
    (text: readonly string[]) => multiset(ngrams(text, 2)),
  ]
  const law = fc.property(fc.constantFrom(...encodings), words, words, (encode, one, other) => {
    const store = openExperienceStore(':memory:')
    const [step] = walk(1, [['x', 'wait', 0]]).steps
    const tokens = encode(one)
    store.addEpisode({ ...walk(1, []), steps: [{ ...step!, state: { key: 'k', situation: 's', tokens } }] })
    const [recalled] = store.recall(encode(other), { k: 1, threshold: 0, gamma: 1 })
    expect(recalled?.similarity).toBe(
      countedJaccard(
        encode === encodings[0] ? one : ngrams(one, 2),
        encode === encodings[0] ? other : ngrams(other, 2),
      ),
    )
    store.close()
  })
  fc.assert(law, { numRuns: 50 })
})

/** By counting, as the definition says. */
function countedJaccard(a: readonly string[], b: readonly string[]): number {
  const count = (words: readonly string[], word: string) => words.filter((other) => other === word).length
  const all = [...new Set([...a, ...b])]
  const sum = (choose: (x: number, y: number) => number) =>
    all.reduce((total, word) => total + choose(count(a, word), count(b, word)), 0)
  return all.length === 0 ? 1 : sum(Math.min) / sum(Math.max)
}
