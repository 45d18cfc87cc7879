import { expect, test } from 'vitest'
import { fitEpisodes } from '../../reports/index.ts'

/** Episodes with these scores, whose texts are 10 and whose tables 100 characters long. */
const run = (scores: readonly number[]) =>
  scores.map((score, index) => ({ episode: index + 1, score, story: 's'.repeat(10), tables: 't'.repeat(100) }))

const withTables = (kept: readonly { readonly episode: number; readonly tables: string | null }[]) =>
  kept.filter(({ tables }) => tables !== null).map(({ episode }) => episode)

test('all is kept where it fits', () => {
  const [kept] = fitEpisodes([run([1, 2, 3])], 330)
  expect(kept).toEqual(run([1, 2, 3]))
})

test('texts come before tables, and the best, the last and the first episode before those between', () => {
  // 90 for nine texts, and 3 * 100 for tables: the best is the sixth.
  const [kept] = fitEpisodes([run([0, 0, 0, 0, 0, 9, 0, 0, 1])], 395)
  expect(kept?.every(({ story }) => story !== null)).toBe(true)
  expect(withTables(kept!)).toEqual([1, 6, 9])
})

test('no run gets a second episode before each has its first', () => {
  const [a, b] = fitEpisodes([run([5, 1, 1]), run([1, 5, 1])], 260)
  expect([withTables(a!), withTables(b!)]).toEqual([[1], [2]])
})

test('what does not fit at all is left out, its score kept', () => {
  expect(fitEpisodes([run([4])], 5)).toEqual([[{ episode: 1, score: 4, story: null, tables: null }]])
})
