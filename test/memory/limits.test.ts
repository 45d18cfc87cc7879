import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Eviction, type ExperienceStore, openExperienceStore } from '../../memory/index.ts'
import { walk } from './episodes.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
  path = join(folder, 'memory.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const query = { k: 10, threshold: 1, gamma: 1 }

/** An episode of two steps in its own two states, which earns `reward`. */
function pair(episode: number, reward = 0) {
  return walk(episode, [
    [`attic ${episode}`, 'down', reward],
    [`cellar ${episode}`, 'up', 0],
  ])
}

function remembered(store: ExperienceStore): readonly number[] {
  return Array.from(store.episodes(), ({ episode }) => episode)
}

describe('a memory with a limit', () => {
  const open = (experiences: number, evict: Eviction) => openExperienceStore(path, { limit: { experiences, evict } })

  test('forgets whole episodes, those first that were not recalled for longest', () => {
    const store = open(6, 'least-recently-useful')
    for (const episode of [1, 2, 3]) store.addEpisode(pair(episode))
    store.recall(['attic', '1'], query)
    store.addEpisode(pair(4))
    expect(remembered(store)).toEqual([1, 3, 4])
    store.addEpisode(pair(5))
    expect(remembered(store)).toEqual([1, 4, 5])
    expect(store.finished('run')).toHaveLength(5)
    expect(store.stats()).toMatchObject({ experiences: 6, states: 7 })
    store.close()
  })

  test('knows what was of use when it is opened again', () => {
    const first = open(100, 'least-recently-useful')
    for (const episode of [1, 2]) first.addEpisode(pair(episode))
    first.recall(['attic', '1'], query)
    first.addEpisode(pair(3))
    first.close()
    const store = open(6, 'least-recently-useful')
    store.addEpisode(pair(4))
    expect(remembered(store)).toEqual([1, 3, 4])
    store.close()
  })

  test('or those that earned least', () => {
    const store = open(4, 'lowest-return')
    store.addEpisode(pair(1, 5))
    store.addEpisode(pair(2, -1))
    store.addEpisode(pair(3, 0))
    expect(remembered(store)).toEqual([1, 3])
    store.close()
  })

  test('keeps an episode that is longer than the limit by itself', () => {
    const store = open(1, 'lowest-return')
    store.addEpisode(pair(1, 5))
    store.addEpisode(pair(2))
    expect(remembered(store)).toEqual([2])
    store.close()
  })

  test('tells the other processes what they have to forget', () => {
    const store = open(4, 'least-recently-useful')
    const other = openExperienceStore(path, { readonly: true })
    for (const episode of [1, 2, 3]) {
      store.addEpisode(pair(episode))
      expect(remembered(other)).toEqual(remembered(store))
    }
    expect(other.recall(['attic', '1'], query)).toEqual([])
    expect(other.stats()).toEqual(store.stats())
    store.close()
    other.close()
  })

  test('stays right however much is forgotten', () => {
    const store = open(20, 'least-recently-useful')
    for (let episode = 1; episode <= 900; episode++) store.addEpisode(pair(episode))
    expect(remembered(store)).toEqual([891, 892, 893, 894, 895, 896, 897, 898, 899, 900])
    expect(store.recall(['attic', '895'], query).map(({ age }) => age)).toEqual([5])
    expect(store.recall(['attic', '890'], query)).toEqual([])
    expect(store.situations()).toHaveLength(20)
    store.close()
  })
})

test('pruning keeps a limit once, and the file can be made smaller', () => {
  const store = openExperienceStore(path)
  for (let episode = 1; episode <= 200; episode++) store.addEpisode(pair(episode, episode))
  const before = store.stats().bytes
  expect(store.prune({ experiences: 5, evict: 'lowest-return' })).toBe(198)
  store.compact()
  expect(remembered(store)).toEqual([199, 200])
  expect(store.stats().bytes).toBeLessThan(before)
  store.close()
})

test('what was forgotten can be imported again', () => {
  const store = openExperienceStore(path)
  store.addEpisode(pair(1))
  store.forget('run', 1)
  expect(store.importEpisode(pair(1), 'elsewhere.jsonl')).toBe(true)
  expect(store.importEpisode(pair(1), 'elsewhere.jsonl')).toBe(false)
  expect(remembered(store)).toEqual([1])
  expect(store.runs()).toEqual([{ run: 'run', origin: null, episodes: 1, forgotten: 0, experiences: 2, bestScore: 0 }])
  store.close()
})

test('what is forgotten after others were imported again is forgotten wherever the file is open', () => {
  const [here, there] = [openExperienceStore(path), openExperienceStore(path)]
  const agree = (...episodes: readonly number[]) => {
    for (const store of [here, there]) {
      expect(remembered(store)).toEqual(episodes)
      expect(store.stats().experiences).toBe(2 * episodes.length)
      for (const place of ['1', '2', '3']) store.recall(['attic', place], query)
    }
  }
  for (const episode of [1, 2, 3]) here.addEpisode(pair(episode))
  here.forget('run', 1)
  agree(2, 3)
  here.importEpisode(pair(1), 'elsewhere')
  here.forget('run', 2)
  agree(3, 1)
  there.forget('run', 3)
  agree(1)
  for (const episode of [3, 2]) there.importEpisode(pair(episode), 'elsewhere')
  agree(1, 3, 2)
  here.prune({ experiences: 2, evict: 'lowest-return' })
  agree(2)
  // Of this one the other process hears only when it is there again.
  here.forget('run', 2)
  here.importEpisode(pair(2), 'elsewhere')
  agree(2)
  here.close()
  there.close()
})

test('a memory that several runs share recalls of all of them, or only of those asked for', () => {
  const shared = openExperienceStore(path)
  for (const run of ['one', 'two']) shared.addEpisode(walk(1, [['attic', run, 0]], { run }))
  const actions = (store: ExperienceStore) => store.recall(['attic'], query).map(({ action }) => action)
  const own = openExperienceStore(path, { runs: ['one'] })
  expect([actions(shared), actions(own)]).toEqual([['two', 'one'], ['one']])
  own.addEpisode(walk(2, [['attic', 'one again', 0]], { run: 'one' }))
  own.addEpisode(walk(2, [['attic', 'two again', 0]], { run: 'two' }))
  expect(actions(own)).toEqual(['one again', 'one'])
  expect(own.recall(['attic'], query).map(({ age }) => age)).toEqual([0, 1])
  shared.close()
  own.close()
})

test('a memory can be asked as it was after an episode', () => {
  const now = openExperienceStore(path)
  for (const episode of [1, 2, 3]) now.addEpisode(pair(episode))
  const then = openExperienceStore(path, { readonly: true, until: { run: 'run', episode: 2 } })
  expect(remembered(then)).toEqual([1, 2])
  expect(then.recall(['attic', '3'], query)).toEqual([])
  expect(then.recall(['attic', '2'], query).map(({ age }) => age)).toEqual([0])
  expect(then.transitions('attic 3 (situation)')).toEqual([])
  now.close()
  then.close()
})

test('as it was after an episode it has all of the run up to that and nothing later, though some was imported again', () => {
  const now = openExperienceStore(path)
  for (const episode of [1, 2, 3]) now.addEpisode(pair(episode))
  now.forget('run', 1)
  now.importEpisode(pair(1), 'elsewhere')
  const then = [1, 2].map((episode) => openExperienceStore(path, { readonly: true, until: { run: 'run', episode } }))
  expect(then.map(remembered)).toEqual([[1], [2, 1]])
  for (const store of [now, ...then]) store.close()
})
