import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../harness/events.ts'
import { ArrayStore } from './array-store.ts'
import { collect, toyConfig, toyRun } from './toy-run.ts'

const policies = ['static', 'random', 'jitrl', 'jitrl:paper']

describe('a run', () => {
  it('tells its story in order: start, episodes of turns, memory, end', async () => {
    const events = await collect(toyRun(toyConfig('random', { episodes: 1, stepLimit: 2 }), new ArrayStore()))
    const types = events.map(({ type }) => type)
    expect(types).toEqual([
      'run-started',
      'episode-started',
      ...['observed', 'decided', 'stepped', 'observed', 'decided', 'stepped', 'observed'],
      'episode-ended',
      'memory-stored',
      'run-ended',
    ])
  })

  it('cuts an episode at the step limit and calls it truncated', async () => {
    const events = await collect(toyRun(toyConfig('static', { episodes: 1, stepLimit: 1 }), new ArrayStore()))
    expect(one(events, 'stepped')).toMatchObject({ terminated: false, truncated: true })
    expect(one(events, 'episode-ended')).toMatchObject({ steps: 1, terminated: false, truncated: true })
  })

  it('ends an episode at the death of its player and calls it terminated, no victory', async () => {
    const events = await collect(toyRun(toyConfig('random', { episodes: 20, stepLimit: 200 }), new ArrayStore()))
    const ends = events.filter((event) => event.type === 'episode-ended')
    const deaths = ends.filter(({ terminated, victory }) => terminated && !victory)
    const victories = ends.filter(({ victory }) => victory)
    expect(deaths.length).toBeGreaterThan(0)
    expect(deaths.length + victories.length).toBe(20)
    for (const { score } of victories) expect(score).toBeGreaterThanOrEqual(15)
  })

  it('seeds the story per episode, or with one fixed seed', async () => {
    const seeds = async (changes: Parameters<typeof toyConfig>[1]) => {
      const events = await collect(toyRun(toyConfig('random', changes), new ArrayStore()))
      return events.filter((event) => event.type === 'episode-started').map(({ gameSeed }) => gameSeed)
    }
    expect(await seeds({ gameSeed: { type: 'fixed', seed: 0 } })).toEqual([0, 0, 0, 0])
    expect(new Set(await seeds({})).size).toBe(4)
    expect(await seeds({})).toEqual(await seeds({}))
    expect(await seeds({ seed: 2 })).not.toEqual(await seeds({}))
  })

  it('gives the memory every step and the state that it ended in', async () => {
    const store = new ArrayStore()
    const events = await collect(toyRun(toyConfig('random', { episodes: 1 }), store))
    const [episode] = store.episodes()
    const stepped = events.filter((event) => event.type === 'stepped')
    expect(episode!.steps.map(({ action }) => action)).toEqual(stepped.map(({ command }) => command))
    expect(episode!.finalState.situation).not.toBe('')
  })

  it.each(policies)('%s: the same seed gives the same events, another seed gives others', async (spec) => {
    const events = async (seed: number) => collect(toyRun(toyConfig(spec, { seed, episodes: 6 }), new ArrayStore()))
    const [first, second, other] = [await events(1), await events(1), await events(2)]
    expect(second).toEqual(first)
    expect(commands(other)).not.toEqual(commands(first))
  })

  it.each(policies)('%s: resumed after any episode, it goes on as if it had never stopped', async (spec) => {
    const config = toyConfig(spec, { episodes: 5 })
    const whole = new ArrayStore()
    const events = await collect(toyRun(config, whole))
    for (let done = 0; done <= 5; done++) {
      const resumed = await collect(toyRun(config, new ArrayStore(whole.episodes().slice(0, done))))
      const rest = events.filter((event) => !('episode' in event) || event.episode > done)
      expect(resumed).toEqual(rest)
    }
  })

  it('learns: with the shortest way worth 17, jitrl beats static over its last episodes', async () => {
    const last = async (spec: string) => {
      const means = []
      for (const seed of [1, 2, 3]) {
        const events = await collect(toyRun(toyConfig(spec, { seed, episodes: 30 }), new ArrayStore()))
        means.push(mean(one(events, 'run-ended').scores.slice(-10)))
      }
      return mean(means)
    }
    const learned = await last('jitrl')
    expect(learned).toBeGreaterThan(15)
    expect(learned).toBeGreaterThan((await last('static')) + 3)
  })
})

function one<T extends RunEvent['type']>(events: readonly RunEvent[], type: T): Extract<RunEvent, { type: T }> {
  const found = events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type)
  expect(found).toHaveLength(1)
  return found[0]!
}

function commands(events: readonly RunEvent[]): readonly string[] {
  return events.filter((event) => event.type === 'stepped').map(({ command }) => command)
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length
}
