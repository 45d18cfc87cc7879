import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkMemory, type EpisodeRecord, openExperienceStore } from '../../memory/index.ts'
import { writeOldFormat } from './old-formats.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
  path = join(folder, 'memory.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const attic = { key: 'attic', situation: 'attic | lamp', tokens: ['at:attic', 'has:lamp'] }
const cellar = { key: 'cellar', situation: 'cellar | lamp', tokens: ['at:cellar', 'has:lamp'] }
const end = { key: 'cellar again', situation: 'cellar | lamp', tokens: [] }
const stored: readonly EpisodeRecord[] = [
  {
    run: 'second',
    episode: 1,
    gameSeed: 77,
    score: 8.25,
    terminated: true,
    victory: true,
    steps: [
      { state: attic, action: 'down', reward: 0.1, terminated: false },
      { state: cellar, action: 'dig', reward: 8.15, terminated: true },
    ],
    finalState: end,
  },
  {
    run: 'first',
    episode: 1,
    gameSeed: 78,
    score: 0,
    terminated: false,
    victory: false,
    steps: [],
    finalState: attic,
  },
]

describe.each([1, 2] as const)('a memory of format %i', (format) => {
  beforeEach(() => writeOldFormat(format, path))

  test('is brought up to date and goes on', () => {
    const store = openExperienceStore(path)
    expect([...store.episodes()]).toEqual(stored)
    // Its states are known again.
    const { states } = store.stats()
    const next = { ...stored[0]!, episode: 2 }
    store.addEpisode(next)
    expect(store.stats().states).toBe(states)
    store.close()
    const again = openExperienceStore(path)
    expect([...again.episodes()]).toEqual([...stored, next])
    expect(again.recall(['has:lamp'], { k: 2, threshold: 0.5, gamma: 1 }).map(({ action }) => action)).toEqual([
      'dig',
      'down',
    ])
    expect(again.transitions('cellar | lamp')).toMatchObject([{ action: 'dig', visits: 2, victory: true }])
    again.close()
    expect(checkMemory(path)).toEqual([])
  })

  test('opened to be read only, is read and left as it is', () => {
    const bytes = readFileSync(path)
    const store = openExperienceStore(path, { readonly: true })
    expect([...store.episodes()]).toEqual(stored)
    expect(store.stats()).toMatchObject({ runs: 2, episodes: 2, experiences: 2, states: 3 })
    store.close()
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })
})

test('what was forgotten in a memory of format 2 stays forgotten', () => {
  writeOldFormat(2, path)
  const store = openExperienceStore(path)
  expect(store.finished('first')).toEqual([
    { episode: 1, score: 0, forgotten: false },
    { episode: 2, score: 5, forgotten: true },
  ])
  store.close()
})
