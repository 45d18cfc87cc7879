import { describe, expect, it } from 'vitest'
import type { View } from '../../harness/contracts.ts'
import type { Overrides } from '../../harness/jitrl-parameters.ts'
import { jitrlSetting } from '../../harness/jitrl-parameters.ts'
import { NeighbourEstimator } from '../../harness/neighbour-estimator.ts'
import type { EpisodeRecord } from '../../memory/index.ts'
import { ArrayStore } from './array-store.ts'
import { viewOf } from './toy-run.ts'

const start = { run: 'run', episode: 9, episodes: 50, stepLimit: 60 }

/** Episodes of steps `[tokens, action, reward]`, tokens by spaces. */
function memoryOf(...episodes: readonly (readonly (readonly [string, string, number])[])[]): ArrayStore {
  const stateOf = (tokens: string) => ({ key: tokens, situation: tokens, tokens: tokens.split(' ') })
  return new ArrayStore(
    episodes.map(
      (steps, index): EpisodeRecord => ({
        ...{ run: 'run', episode: index + 1, gameSeed: 1, score: 0, terminated: false, victory: false },
        steps: steps.map(([tokens, action, reward]) => ({ state: stateOf(tokens), action, reward, terminated: false })),
        finalState: stateOf('at:end'),
      }),
    ),
  )
}

function estimatorOf(store: ArrayStore, preset: string, overrides: Overrides = {}): NeighbourEstimator {
  const { parameters } = jitrlSetting(`jitrl:${preset}`, overrides)
  if (parameters.estimator !== 'knn') expect.unreachable('it is no preset of neighbours')
  const estimator = new NeighbourEstimator(store, parameters, 1)
  estimator.begin(start)
  return estimator
}

function at(tokens: string, changes: Partial<View> = {}): View {
  const validActions = ['dig', 'sing', 'wait']
  return viewOf({ validActions, state: { summary: '', situation: '', tokens: tokens.split(' ') }, ...changes })
}

const advantages = (estimator: NeighbourEstimator, view: View) =>
  estimator.estimate(view).actions.map(({ advantage }) => advantage)

describe('paper', () => {
  it('estimates from the returns of the similar steps, normalised by the largest', () => {
    // gamma .5. Episode 1: G(dig) = 0 + .5 * 4 = 2; episode 2: G(wait) = 1. V = 1.5; Q = 2, 0 (sing, lambda 0), 1.
    // A = .5, -1.5, -.5; over 1.5: 1/3, -1, -1/3.
    const store = memoryOf(
      [
        ['at:a', 'dig', 0],
        ['at:b', 'wait', 4],
      ],
      [['at:a', 'wait', 1]],
    )
    const estimate = estimatorOf(store, 'paper', { lambda: 0 }).estimate(at('at:a'))
    expect(estimate.value).toBe(1.5)
    expect(estimate.actions.map(({ q }) => q)).toEqual([2, 0, 1])
    for (const [index, advantage] of [1 / 3, -1, -1 / 3].entries())
      expect(estimate.actions[index]!.advantage).toBeCloseTo(advantage, 12)
  })

  it('recalls at most so many steps of one episode where it is told to', () => {
    const store = memoryOf([
      ['at:a', 'dig', 0],
      ['at:a', 'wait', 4],
    ])
    const neighbours = (perEpisode: number) =>
      estimatorOf(store, 'paper', { perEpisode })
        .estimate(at('at:a'))
        .neighbours.map(({ turn }) => turn)
    expect(neighbours(0)).toEqual([2, 1])
    expect(neighbours(1)).toEqual([2])
  })
})

describe('authors', () => {
  it('weigh the likeness of the history .3 and that of the state .7', () => {
    // History {a, b} and {a, c}: 1/3. State {x, y} and {x, y, z}: 2/3. .3 / 3 + .7 * 2/3 = .1 + .46667.
    const store = memoryOf([['did:a did:c is:x is:y is:z', 'dig', 1]])
    const similarity = (threshold: number) =>
      estimatorOf(store, 'authors', { threshold })
        .estimate(at('did:a did:b is:x is:y'))
        .neighbours.map((neighbour) => neighbour.similarity)
    expect(similarity(0.56)).toEqual([expect.closeTo(0.1 + 1.4 / 3, 12)])
    expect(similarity(0.57)).toEqual([])
  })

  it('keep all that is nearly the same, beyond k', () => {
    const steps = (tokens: string, count: number) => Array.from({ length: count }, () => [[tokens, 'dig', 0]] as const)
    const store = memoryOf(...steps('did:a is:x', 4), ...steps('is:x', 3))
    const found = (k: number) =>
      estimatorOf(store, 'authors', { k, threshold: 0.5 }).estimate(at('did:a is:x')).neighbours
    expect(found(2)).toHaveLength(4)
    expect(found(6)).toHaveLength(6)
  })

  it('take 10 points from the last step of an episode that was not won', () => {
    // gamma .5: G(wait) = -10, G(dig) = 1 + .5 * -10 = -4.
    const store = memoryOf([
      ['is:x', 'dig', 1],
      ['is:x', 'wait', 0],
    ])
    const { neighbours } = estimatorOf(store, 'authors').estimate(at('is:x'))
    expect(neighbours.map((neighbour) => neighbour.return)).toEqual([-10, -4])
  })

  it('offer from memory what returned something', () => {
    const store = memoryOf([['is:x', 'dig', 30]], [['is:x', 'wait', 2]], [['is:x', 'pray', 30]])
    // Each is the last step of its episode: 30 - 10 = 20, 2 - 10 = -8. What is not valid is not offered.
    expect(estimatorOf(store, 'authors').remembered(at('is:x'))).toEqual(['dig'])
    expect(estimatorOf(store, 'paper').remembered(at('is:x'))).toEqual(['dig', 'wait'])
  })

  it('look further the longer an episode lasts', () => {
    // One of ten tokens differs: 9/10, and the history is empty: .3 + .7 * .9 = .93. The threshold is .95 - .005 * 4 = .93.
    const state = (last: string) => [...'abcdefghi', last].map((letter) => `is:${letter}`).join(' ')
    const store = memoryOf([['is:a', 'dig', 0]], [[state('x').slice(0, -5), 'dig', 0]])
    const found = (turn: number) => estimatorOf(store, 'authors').estimate(at(state('y'), { turn })).neighbours.length
    expect([found(1), found(4), found(6)]).toEqual([0, 0, 1])
  })
})

describe('seed', () => {
  const many = (action: string, reward: number, count: number) =>
    Array.from({ length: count }, () => [['at:a', action, reward]] as const)

  it('is the base policy until there are 20 memories and, of those, 3 that are similar', () => {
    expect(advantages(estimatorOf(memoryOf(...many('dig', 1, 10), ...many('wait', 0, 9)), 'seed'), at('at:a'))).toEqual(
      [0, 0, 0],
    )
    const enough = memoryOf(...many('dig', 1, 10), ...many('wait', 0, 10))
    expect(advantages(estimatorOf(enough, 'seed'), at('at:a')).some((advantage) => advantage !== 0)).toBe(true)
    const two = memoryOf(...many('dig', 1, 20), [['at:b', 'dig', 1]], [['at:b', 'wait', 0]])
    const { neighbours, actions } = estimatorOf(two, 'seed').estimate(at('at:b'))
    expect(neighbours).toHaveLength(2)
    expect(actions.map(({ advantage }) => advantage)).toEqual([0, 0, 0])
  })

  it('divides rewards by the largest one remembered, weighs them by age and takes no advantage over another unit', () => {
    // The latest ten: wait, 8 of 8 points, as many as k. With dig among them at age 1 and decay .5: weights .5 and 1.
    const store = memoryOf(...many('north', 8, 18), ...many('dig', 2, 1), ...many('wait', -4, 1))
    // k 2: dig .25 (weight .5), wait -.5 (weight 1): V = (.125 - .5) / 1.5 = -.25. A = .5, 0 (neutral), -.25.
    const changes = { k: 2, decay: 0.5, lambda: 0, leastNeighbours: 2 }
    const estimate = estimatorOf(store, 'seed', changes).estimate(at('at:a'))
    expect(estimate.value).toBeCloseTo(-0.25, 12)
    for (const [index, advantage] of [0.5, 0, -0.25].entries())
      expect(estimate.actions[index]!.advantage).toBeCloseTo(advantage, 12)
  })

  it('looks among the less similar where the similar say nothing', () => {
    // Alike (1): three times dig, all equal, so A = 0. Like (2/3, below .8): wait, for a point.
    const store = memoryOf(
      ...Array.from({ length: 3 }, () => [['at:a has:b', 'dig', 0]] as const),
      ...Array.from({ length: 3 }, () => [['at:a has:b has:c', 'wait', 1]] as const),
      ...many('north', 0, 20),
    )
    const silent = { lambda: 0, retryThreshold: 0.7 }
    expect(advantages(estimatorOf(store, 'seed', silent), at('at:a has:b'))).toEqual([0, 0, 0])
    const [dig = 0, , wait = 0] = advantages(estimatorOf(store, 'seed', { lambda: 0 }), at('at:a has:b'))
    expect(dig).toBeLessThan(0)
    expect(wait).toBeGreaterThan(0)
  })

  it('gives the benefit of the doubt oftener in an action loop', () => {
    const store = memoryOf(...many('dig', 0, 20))
    const validActions = Array.from({ length: 200 }, (_, index) => `say ${index}`)
    const turns = Array.from({ length: 6 }, () => ({
      command: 'dig',
      text: '',
      location: null,
      place: 'unknown',
      reward: 0,
    }))
    const share = (history: View['history']) =>
      advantages(estimatorOf(store, 'seed'), at('at:a', { validActions, history })).filter((a) => a > 0).length / 200
    // Binomial(200, p): standard deviation .035 at most.
    expect(Math.abs(share([]) - 0.3)).toBeLessThan(0.12)
    expect(Math.abs(share(turns) - 0.5)).toBeLessThan(0.12)
  })
})
