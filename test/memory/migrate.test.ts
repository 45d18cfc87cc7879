import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EpisodeRecord, openExperienceStore } from '../../memory/index.ts'
import { walk } from './episodes.ts'
import { writeFormat1 } from './format-1.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
  path = join(folder, 'memory.db')
  writeFormat1(path)
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

test('a memory of the first format is brought up to date and goes on', () => {
  const store = openExperienceStore(path)
  expect([...store.episodes()]).toEqual(stored)
  store.addEpisode(walk(2, [['roof', 'jump', 1]], { run: 'second' }))
  store.close()
  const again = openExperienceStore(path)
  expect([...again.episodes()]).toEqual([...stored, walk(2, [['roof', 'jump', 1]], { run: 'second' })])
  expect(again.recall(['has:lamp'], { k: 5, threshold: 0.5, gamma: 1 }).map(({ action }) => action)).toEqual([
    'dig',
    'down',
  ])
  again.close()
})

test('opened to be read only, it is read and left as it is', () => {
  const bytes = readFileSync(path)
  const store = openExperienceStore(path, { readonly: true })
  expect([...store.episodes()]).toEqual(stored)
  expect(store.stats()).toMatchObject({ runs: 2, episodes: 2, experiences: 2, states: 3 })
  store.close()
  expect(readFileSync(path).equals(bytes)).toBe(true)
})
