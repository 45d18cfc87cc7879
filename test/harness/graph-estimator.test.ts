import { describe, expect, it } from 'vitest'
import type { Transition, View } from '../../harness/contracts.ts'
import { GraphEstimator } from '../../harness/graph-estimator.ts'
import { type GraphParameters, presets } from '../../harness/presets.ts'
import type { EpisodeRecord } from '../../memory/index.ts'
import { ArrayStore } from './array-store.ts'
import { viewOf } from './toy-run.ts'

const parameters: GraphParameters = {
  ...presets.grue,
  gamma: 0.5,
  curiosity: 1,
  triedShare: 0,
  priorPower: 1,
  elsewhereShare: 0.5,
  verbShare: 0,
  roomPatience: 1e9,
}
const start = { run: 'run', episode: 1, episodes: 9, stepLimit: 9 }

describe('the graph estimator', () => {
  it('meets untried actions with curiosity, weighted by the prior against its likeliest', () => {
    // pi = (0.5, 0.25): worth 1 and 0.5 scales of one point; V = 1, A = 0 and -0.5.
    const { value, actions } = estimatorOf().estimate(view(['dig', 'sing']), [Math.log(0.5), Math.log(0.25)])
    expect(value).toBeCloseTo(1, 12)
    expect(actions.map(({ advantage }) => advantage)).toEqual([expect.closeTo(0, 12), expect.closeTo(-0.5, 12)])
    expect(actions[0]).toMatchObject({ visits: 0, q: null, evidence: [] })
  })

  it('finds a command stale that was tried elsewhere, but a way new in every room', () => {
    // Tried 6 times elsewhere: 1 / sqrt(1 + 0.5 * 6) = 0.5 for digging, 1 for north.
    const estimator = estimatorOf()
    for (const action of ['dig', 'north']) for (let i = 0; i < 6; i++) estimator.observe(step('Hall', action))
    const { actions } = estimator.estimate(view(['dig', 'north']), equal(2))
    expect(actions.map(({ advantage }) => advantage)).toEqual([expect.closeTo(-0.5, 12), expect.closeTo(0, 12)])
  })

  it('finds a verb stale, whatever it was tried on', () => {
    // "dig" 6 times elsewhere, on sand: 1 / sqrt(1 + 0.5 * 6) = 0.5 for digging mud, 1 for singing.
    const estimator = estimatorOf({ verbShare: 0.5 })
    for (let i = 0; i < 6; i++) estimator.observe(step('Hall', 'dig sand'))
    const { actions } = estimator.estimate(view(['dig mud', 'sing']), equal(2))
    expect(actions.map(({ advantage }) => advantage)).toEqual([expect.closeTo(-0.5, 12), expect.closeTo(0, 12)])
  })

  it('finds a command stale that was tried in this room with other things in hand', () => {
    // Tried 3 times here: 1 / sqrt(1 + 3) = 0.5 against 1 for the way that was not.
    const estimator = estimatorOf()
    for (let i = 0; i < 3; i++) estimator.observe(step('Room', 'north', { situation: 'Room | lamp | 0 | -' }))
    const { actions } = estimator.estimate(view(['north', 'south']), equal(2))
    expect(actions[0]!.advantage).toBeCloseTo(-0.5, 12)
  })

  it('measures advantages against the best action, in scales', () => {
    // 40 points in hand: scale = 0.25 * 40 = 10. Waiting leads to an unseen room: 0.5 * curiosity of 10 = 5.
    // V = 40; A(take) = 0; A(wait) = (5 - 40) / 10 = -3.5.
    const estimator = estimatorOf()
    estimator.observe(step('Room', 'take gold', { reward: 40, terminated: true }))
    estimator.end()
    estimator.observe(step('Room', 'wait'))
    estimator.end()
    // Curiosity shrinks over the two episodes by 1 / (1 + 2/150), so does what waiting is worth.
    const waiting = 5 / (1 + 2 / 150)
    const { value, actions } = estimator.estimate(view(['take gold', 'wait']), equal(2))
    expect(value).toBe(40)
    expect(actions[0]).toMatchObject({ visits: 1, q: 40, advantage: 0 })
    expect(actions[1]!.advantage).toBeCloseTo((waiting - 40) / 10, 12)
  })

  it('lives through what the store has of its run, and of no other', () => {
    const estimator = new GraphEstimator(new ArrayStore([record('run', 8), record('other', 99)]), parameters)
    const q = () => estimator.estimate(view(['take gold']), [0]).actions[0]!.q
    estimator.begin(start)
    expect(q()).toBe(8)
    estimator.begin({ ...start, episode: 2 })
    expect(q()).toBe(8)
    estimator.begin({ ...start, run: 'other' })
    expect(q()).toBe(99)
    estimator.begin({ ...start, run: 'third' })
    expect(q()).toBe(null)
  })

  it('forgets what the store forgets', () => {
    const store = new ArrayStore([record('run', 8)])
    const estimator = new GraphEstimator(store, parameters)
    estimator.begin(start)
    store.forget('run', 1)
    estimator.begin({ ...start, episode: 2 })
    expect(estimator.estimate(view(['take gold']), [0]).actions[0]!.q).toBe(null)
  })
})

function estimatorOf(changes: Partial<GraphParameters> = {}): GraphEstimator {
  const estimator = new GraphEstimator(new ArrayStore(), { ...parameters, ...changes })
  estimator.begin(start)
  return estimator
}

function view(validActions: readonly string[], situation = 'Room |  | 0 | -'): View {
  return viewOf({ validActions, state: { summary: '', situation, tokens: [] } })
}

function step(
  room: string,
  action: string,
  { situation = `${room} |  | 0 | -`, next = 'Far', reward = 0, terminated = false } = {},
): Transition {
  const nextState = { summary: '', situation: `${next} |  | 0 | -`, tokens: [] }
  const { observation } = viewOf()
  const end = { terminated, truncated: false, victory: terminated }
  return { view: view([action], situation), action, reward, observation, nextState, nextValidActions: [], ...end }
}

/** One step that wins the gold. */
function record(run: string, reward: number): EpisodeRecord {
  const state = { key: '', situation: 'Room |  | 0 | -', tokens: [] }
  const end = { terminated: true, victory: true }
  const steps = [{ state, action: 'take gold', reward, terminated: true }]
  return { run, episode: 1, gameSeed: 1, score: reward, ...end, steps, finalState: state }
}

function equal(count: number): readonly number[] {
  return new Array<number>(count).fill(-Math.log(count))
}
