import { afterEach, describe, expect, it } from 'vitest'
import { createPolicy, PolicyNeedsError } from '../../harness/create-policy.ts'
import type { RunEvent } from '../../harness/events.ts'
import type { Overrides } from '../../harness/jitrl-parameters.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { runEpisodes } from '../../harness/run.ts'
import { ArrayStore } from './array-store.ts'
import type { Question } from './model-server.ts'
import { type Served, serveModel } from './served-model.ts'
import { ToyEnvironment } from './toy-environment.ts'
import { collect, toyConfig } from './toy-run.ts'

let served: Served | undefined
afterEach(() => served?.close())

interface Played {
  readonly spec?: string
  readonly overrides: Overrides
  readonly episodes: number
  readonly store?: ArrayStore
  readonly write?: (question: Question) => string
  /** What the model thinks of a command. */
  readonly score?: (command: string) => number
}

/** A run on the lighthouse, its model behind a server on this machine. */
async function play(played: Played) {
  const { spec = 'jitrl', overrides, episodes, store = new ArrayStore(), write = () => '', score } = played
  await served?.close()
  served = await serveModel(write, score)
  const { prior, model } = served.fresh()
  const policy = createPolicy(spec, { prior, store, temperature: 1, seed: 1, model, overrides })
  const config = { ...toyConfig('static', { episodes, stepLimit: 8 }), policy: policy.info }
  const deps = { environment: new ToyEnvironment(), store, policy, prior, model, cache: new Map() }
  return { events: await collect(runEpisodes(deps, config)), store }
}

const of = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type)

/** The points of each episode's steps, as the game gave them. */
function points(events: readonly RunEvent[]): readonly (readonly number[])[] {
  const steps = of(events, 'stepped')
  return of(events, 'episode-ended').map(({ episode }) =>
    steps.filter((step) => step.episode === episode).map(({ reward }) => reward),
  )
}

const stored = (store: ArrayStore) => store.episodes().map(({ steps }) => steps.map(({ reward }) => reward))

describe('the reward "score"', () => {
  it('is the points of the game, and says no more of them', async () => {
    const { events, store } = await play({ overrides: { reward: 'score' }, episodes: 2 })
    expect(stored(store)).toEqual(points(events))
    expect(of(events, 'rewarded')).toEqual([])
  })
})

describe('the reward "score+death"', () => {
  it('takes points from the step that ended the story without victory, in the memory and not in the score', async () => {
    // It takes the key and falls into the pit, as often as not.
    const score = (command: string) => (['take key', 'north', 'east'].includes(command) ? 3 : 0)
    const { events, store } = await play({
      overrides: { reward: 'score+death', deathPenalty: 3 },
      episodes: 6,
      score,
    })
    const ends = of(events, 'episode-ended')
    const deaths = ends.map(({ terminated, victory }) => terminated && !victory)
    expect(deaths).toContain(true)
    const expected = points(events).map((rewards, at) => (deaths[at] ? rewards.with(-1, rewards.at(-1)! - 3) : rewards))
    expect(stored(store)).toEqual(expected)
    expect(of(events, 'rewarded').map(({ rewards }) => rewards)).toEqual(expected)
    expect(ends.map(({ score }) => score)).toEqual(points(events).map((rewards) => rewards.reduce((a, b) => a + b, 0)))
  })
})

describe('the addition "novelty"', () => {
  it('gives the first step to a situation more, once in a run', async () => {
    const { events, store } = await play({ overrides: { reward: 'score,novelty', novelty: 0.5 }, episodes: 4 })
    const been = new Set<string>()
    const expected = store.episodes().map(({ steps, finalState }, episode) => {
      const here = new Set(steps.slice(0, 1).map(({ state }) => state.situation))
      const rewards = steps.map((_, at) => {
        const { situation } = steps[at + 1]?.state ?? finalState
        const isNew = !been.has(situation) && !here.has(situation)
        here.add(situation)
        return points(events)[episode]![at]! + (isNew ? 0.5 : 0)
      })
      // Where an episode ended nothing was done yet: it is new once more.
      for (const { state } of steps) been.add(state.situation)
      return rewards
    })
    expect(stored(store)).toEqual(expected)
    expect(expected.flat().some((reward) => reward % 1 !== 0)).toBe(true)
  })
})

describe('the reward "evaluator"', () => {
  it('asks three times over HTTP, takes the median, clips it, and lets points stand', async () => {
    let asked = 0
    const opinions = ['1: 0.2\n2: -9\n3: 0.5', '1: 0.4\n2: -3\n3: 0.5', '{"1": 0.9, "2": -0.5, "3": "none"}']
    const { events, store } = await play({
      overrides: { reward: 'evaluator' },
      episodes: 1,
      write: () => opinions[asked++]!,
    })
    // Step 1: median of .2, .4, .9. Step 2: of -1, -1 and -.5. Step 3: of .5 and .5. The rest: nothing was said.
    const judged = [0.4, -1, 0.5]
    const [rewards = []] = points(events)
    expect(stored(store)).toEqual([rewards.map((reward, at) => (reward === 0 ? (judged[at] ?? 0) : reward))])
    expect(of(events, 'rewarded')).toMatchObject([{ source: 'evaluator', unrated: rewards.length - 3 }])
    const calls = of(events, 'model-called').filter(({ call }) => call.purpose === 'evaluate')
    expect(calls).toHaveLength(3)
    expect(calls.map(({ call }) => call.missing)).toEqual([0, 0, 1].map((more) => rewards.length - 3 + more))
    const questions = served!.questions.filter(({ prompt }) => prompt.startsWith('1. Beach: '))
    expect(new Set(questions.map(({ body }) => body.seed)).size).toBe(3)
    expect(questions[0]!.prompt).toContain(' | A ')
  })

  it('counts what could not be used, and leaves those steps their points', async () => {
    const { events, store } = await play({
      overrides: { reward: 'evaluator' },
      episodes: 2,
      write: () => 'Well played!',
    })
    expect(stored(store)).toEqual(points(events))
    expect(of(events, 'rewarded').map(({ unrated }) => unrated)).toEqual(points(events).map(({ length }) => length))
    const calls = of(events, 'model-called').filter(({ call }) => call.purpose === 'evaluate')
    expect(calls.map(({ call }) => call.fault)).toEqual(Array.from({ length: 6 }, () => 'no numbers'))
  })

  it('is not to be had without a model', () => {
    const deps = { prior: new LexicalPrior(), store: new ArrayStore(), temperature: 1, seed: 1 }
    expect(() => createPolicy('jitrl', { ...deps, overrides: { reward: 'evaluator,novelty' } })).toThrow(
      PolicyNeedsError,
    )
  })
})

it.each([
  ['jitrl', {}],
  // The server of the tests proposes by the number of the question.
  ['jitrl:paper', { proposals: 0 }],
  ['prompt-jitrl', {}],
])(
  '%s goes on from its memory as if it had not stopped, with rewards that no step showed when it was played',
  async (spec, more) => {
    const write = ({ prompt }: Question) =>
      [...prompt.matchAll(/^(\d+)\. /gm)].map(([, n]) => `${n}: 0.${n}`).join('\n')
    const common = { spec, overrides: { reward: 'evaluator,novelty', ...more }, write }
    const whole = await play({ ...common, episodes: 4 })
    const broken = new ArrayStore(whole.store.episodes().slice(0, 2))
    const resumed = await play({ ...common, episodes: 4, store: broken })
    const later = (events: readonly RunEvent[]) =>
      of(events, 'decided').flatMap(({ episode, decision }) => (episode > 2 ? [decision] : []))
    expect(later(whole.events).length).toBeGreaterThan(0)
    expect(later(resumed.events)).toEqual(later(whole.events))
    expect(stored(resumed.store)).toEqual(stored(whole.store))
  },
)
