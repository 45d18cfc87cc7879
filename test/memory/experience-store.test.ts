import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ExperienceStore, MemoryError, openExperienceStore, type RewardedStep } from '../../memory/index.ts'
import { BruteForceStore } from './brute-force-store.ts'
import { anyEpisodes, anyTokens, state, walk } from './episodes.ts'

let folder: string
let files = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe.each<{ name: string; open: () => ExperienceStore }>([
  { name: 'SQLite file', open: () => openExperienceStore(join(folder, `${++files}.db`)) },
  { name: 'SQLite in memory', open: () => openExperienceStore(':memory:') },
  { name: 'brute force', open: () => new BruteForceStore() },
])('an experience store ($name)', ({ open }) => {
  let store: ExperienceStore
  beforeEach(() => {
    store = open()
  })
  afterEach(() => store.close())

  const options = { k: 10, threshold: 0.5, gamma: 0.5 }

  test('recalls nothing when it has stored nothing', () => {
    expect(store.recall(['attic'], options)).toEqual([])
    expect([...store.episodes()]).toEqual([])
    expect(store.stats()).toMatchObject({ runs: 0, episodes: 0, experiences: 0, states: 0, tokens: 0 })
  })

  test('recalls a step with where it comes from, what was done, and the return of what followed', () => {
    store.addEpisode(
      walk(7, [
        ['attic lamp', 'take lamp', 5],
        ['cellar dark', 'light lamp', 0],
        ['cellar troll', 'hit troll', 8],
      ]),
    )
    expect(store.recall(['cellar', 'dark'], options)).toEqual([
      {
        run: 'run',
        episode: 7,
        turn: 2,
        state: state('cellar dark'),
        action: 'light lamp',
        reward: 0,
        terminated: false,
        similarity: 1,
        return: 4, // 0 + 0.5 * 8
        age: 0,
        weight: 1,
      },
    ])
  })

  test('another gamma gives other returns of the same memory', () => {
    store.addEpisode(
      walk(1, [
        ['attic', 'down', 1],
        ['cellar', 'dig', 10],
      ]),
    )
    const returns = (gamma: number) => store.recall(['attic'], { ...options, gamma }).map((step) => step.return)
    expect([returns(0), returns(0.5), returns(1)]).toEqual([[1], [6], [11]])
  })

  test('a return never reaches into the next episode', () => {
    store.addEpisode(walk(1, [['attic', 'wait', 1]]))
    store.addEpisode(walk(2, [['cellar', 'dig', 100]]))
    expect(store.recall(['attic'], { ...options, gamma: 1 })[0]?.return).toBe(1)
  })

  test('among equally similar steps the latest stored comes first, whatever state it belongs to', () => {
    store.addEpisode(
      walk(1, [
        ['attic lamp', 'one', 0],
        ['attic rope', 'two', 0],
        ['attic lamp', 'three', 0],
      ]),
    )
    store.addEpisode(walk(2, [['attic rope', 'four', 0]]))
    const recalled = (k: number) => store.recall(['attic'], { ...options, k }).map(({ action }) => action)
    expect(recalled(10)).toEqual(['four', 'three', 'two', 'one'])
    expect(recalled(2)).toEqual(['four', 'three'])
  })

  test('the state in which an episode ended is no step, and not recalled', () => {
    store.addEpisode(walk(1, [['attic', 'up', 0]], { end: 'roof' }))
    expect(store.recall(['roof'], options)).toEqual([])
    store.addEpisode(walk(2, [['roof', 'jump', 0]]))
    expect(store.recall(['roof'], options)).toHaveLength(1)
  })

  test('gives back the episodes as they were stored, in the order they were stored, all or those of one run', () => {
    const episodes = [
      walk(2, [['attic', 'down', 1]], { run: 'second' }),
      walk(1, [], { run: 'first' }),
      { ...walk(1, [['cellar', 'eat grue', -10]], { run: 'second' }), terminated: true, victory: true },
    ]
    for (const episode of episodes) store.addEpisode(episode)
    expect([...store.episodes()]).toEqual(episodes)
    expect([...store.episodes('second')]).toEqual([episodes[0], episodes[2]])
    expect([...store.episodes('third')]).toEqual([])
  })

  test('takes further episodes while its episodes are being read', () => {
    store.addEpisode(walk(1, [['attic', 'down', 1]]))
    for (const { episode } of store.episodes()) if (episode === 1) store.addEpisode(walk(2, []))
    expect(store.stats().episodes).toBe(2)
  })

  test('counts each run, episode, step, state and token once', () => {
    store.addEpisode(
      walk(1, [
        ['attic lamp', 'wait', 0],
        ['attic lamp', 'down', 0],
        ['cellar lamp', 'up', 0],
      ]),
    )
    store.addEpisode(walk(2, [['attic lamp', 'wait', 0]]))
    store.addEpisode(walk(1, [['attic lamp', 'wait', 0]], { run: 'other' }))
    // states: the attic, the cellar and the end; tokens: attic, lamp, cellar
    expect(store.stats()).toMatchObject({ runs: 2, episodes: 3, experiences: 5, states: 3, tokens: 3 })
  })

  test('an episode stored again is not doubled, whatever the order of its tokens', () => {
    const episode = walk(1, [['attic lamp', 'wait', -0]])
    const [step] = episode.steps
    store.addEpisode(episode)
    store.addEpisode(episode)
    store.addEpisode({
      ...episode,
      steps: [{ ...step!, state: { ...step!.state, tokens: ['lamp', 'attic', 'lamp'] } }],
    })
    expect(store.stats()).toMatchObject({ episodes: 1, experiences: 1, states: 2 })
    expect(store.recall(['attic', 'lamp'], options)).toHaveLength(1)
  })

  test('a different episode under the number of a stored one is refused, and the stored one kept', () => {
    const episode = walk(1, [['attic', 'wait', 0]])
    store.addEpisode(episode)
    expect(() => store.addEpisode(walk(1, [['attic', 'wait', 1]]))).toThrow(MemoryError)
    expect([...store.episodes()]).toEqual([episode])
    expect(store.recall(['attic'], options)).toHaveLength(1)
  })

  test('a return ends at the horizon', () => {
    store.addEpisode(
      walk(1, [
        ['attic', 'down', 1],
        ['cellar', 'dig', 10],
        ['hole', 'dig', 100],
      ]),
    )
    const returns = (horizon: number) => store.recall(['attic'], { ...options, horizon })[0]?.return
    // 1; 1 + 0.5 * 10; 1 + 0.5 * (10 + 0.5 * 100)
    expect([returns(1), returns(2), returns(3), returns(100)]).toEqual([1, 6, 31, 31])
  })

  test('a return can be made of other rewards than those stored', () => {
    const [first, second] = walk(1, [
      ['attic', 'down', 1],
      ['cellar', 'eat grue', 0],
    ]).steps
    store.addEpisode({ ...walk(1, []), terminated: true, steps: [first!, { ...second!, terminated: true }] })
    const deathCosts10 = (step: RewardedStep) => step.reward - (step.terminated && !step.victory ? 10 : 0)
    // 1 + 0.5 * -10
    expect(store.recall(['attic'], { ...options, rewards: deathCosts10 })[0]?.return).toBe(-4)
  })

  test('the weight of a step falls with the episodes stored since', () => {
    for (const episode of [1, 2, 3]) store.addEpisode(walk(episode, [['attic', 'wait', 0]]))
    const recalled = store.recall(['attic'], { ...options, decay: 0.5 })
    expect(recalled.map(({ episode, age, weight }) => [episode, age, weight])).toEqual([
      [3, 0, 1],
      [2, 1, 0.5],
      [1, 2, 0.25],
    ])
  })

  test('no episode has more than its share of the neighbours, its best', () => {
    store.addEpisode(walk(1, [['attic lamp', 'one', 0]]))
    store.addEpisode(
      walk(2, [
        ['attic lamp', 'two', 0],
        ['attic', 'three', 0],
        ['attic', 'four', 0],
        ['attic', 'five', 0],
      ]),
    )
    const actions = (perEpisode: number) =>
      store.recall(['attic'], { ...options, perEpisode }).map((step) => step.action)
    expect(actions(2)).toEqual(['five', 'four', 'one'])
    expect(actions(1)).toEqual(['five', 'one'])
  })

  test('says of each command in a situation how often it was tried, what it earned and where it led', () => {
    store.addEpisode(
      walk(1, [
        ['attic', 'down', 2],
        ['cellar', 'up', 0],
        ['attic', 'down', 3],
      ]),
    )
    store.addEpisode(walk(2, [['attic', 'down', 0]], { end: 'cellar' }))
    expect([...store.situations()].sort()).toEqual(['attic (situation)', 'cellar (situation)'])
    expect(store.transitions('roof (situation)')).toEqual([])
    const down = { action: 'down', terminated: false, victory: false }
    expect(store.transitions('attic (situation)')).toEqual([
      {
        ...down,
        next: 'cellar (situation)',
        visits: 2,
        reward: 2,
        latest: [
          { run: 'run', episode: 2, turn: 1 },
          { run: 'run', episode: 1, turn: 1 },
        ],
      },
      { ...down, next: 'end (situation)', visits: 1, reward: 3, latest: [{ run: 'run', episode: 1, turn: 3 }] },
    ])
  })

  test('what is forgotten is not recalled, but known to have been played', () => {
    for (const episode of [1, 2, 3]) store.addEpisode(walk(episode, [['attic', `go ${episode}`, episode]]))
    const before = store.transitions('attic (situation)')
    expect(before).toHaveLength(3)
    expect(store.forget('run', 2)).toBe(true)
    expect(store.forget('run', 2)).toBe(false)
    expect(store.forget('run', 7)).toBe(false)
    expect(store.recall(['attic'], options).map(({ episode, age }) => [episode, age])).toEqual([
      [3, 0],
      [1, 2],
    ])
    expect(store.transitions('attic (situation)')).toEqual(before.filter(({ action }) => action !== 'go 2'))
    expect(Array.from(store.episodes(), ({ episode }) => episode)).toEqual([1, 3])
    expect(store.finished('run')).toEqual([
      { episode: 1, score: 1, forgotten: false },
      { episode: 2, score: 2, forgotten: true },
      { episode: 3, score: 3, forgotten: false },
    ])
    store.addEpisode(walk(2, [['attic', 'go 2', 2]]))
    expect(store.stats()).toMatchObject({ episodes: 2, experiences: 2 })
  })

  test('answers like a scan of everything, before and after each episode', () => {
    const anyQuery = fc.record({
      tokens: anyTokens,
      k: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(1000)),
      threshold: fc.constantFrom(0, 0.3, 0.5, 0.8, 1),
      gamma: fc.constantFrom(0, 0.5, 0.95, 1),
      perEpisode: fc.constantFrom(1, 2, Infinity),
      horizon: fc.constantFrom(1, 3, Infinity),
    })
    const anyForgetting = fc.array(fc.nat({ max: 11 }), { maxLength: 4 })
    const law = fc.property(
      anyEpisodes,
      fc.array(anyQuery, { maxLength: 5 }),
      anyForgetting,
      (episodes, queries, gone) => {
        const store = open()
        const twin = new BruteForceStore()
        for (const [at, episode] of episodes.entries()) {
          store.addEpisode(episode)
          twin.addEpisode(episode)
          const forgotten = gone.includes(at) ? episodes[at >> 1] : undefined
          if (forgotten) {
            expect(store.forget(forgotten.run, forgotten.episode)).toBe(twin.forget(forgotten.run, forgotten.episode))
          }
          for (const { tokens, ...options } of queries) {
            expect(store.recall(tokens, options)).toEqual(twin.recall(tokens, options))
          }
          for (const situation of ['a', 'b']) {
            expect(store.transitions(situation)).toEqual(twin.transitions(situation))
          }
        }
        expect([...store.episodes()]).toEqual([...twin.episodes()])
        expect({ ...store.stats(), bytes: 0 }).toEqual(twin.stats())
        store.close()
      },
    )
    fc.assert(law, { numRuns: 30 })
  })
})
