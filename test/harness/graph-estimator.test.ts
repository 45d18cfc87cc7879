import { describe, expect, it } from 'vitest'
import type { Transition, View } from '../../harness/contracts.ts'
import { GraphEstimator } from '../../harness/graph-estimator.ts'
import { type GraphParameters, presets } from '../../harness/presets.ts'
import type { EpisodeRecord } from '../../memory/index.ts'
import { BruteForceStore } from '../memory/brute-force-store.ts'
import { viewOf } from './toy-run.ts'

const parameters: GraphParameters = { ...presets.grue, gamma: 0.5, curiosity: 1, triedShare: 0 }
const start = { run: 'run', episode: 1, episodes: 9, stepLimit: 99 }

describe('the graph estimator', () => {
  it('meets untried actions with curiosity, weighted by how likely their verbs are', () => {
    // Logits of the verbs against a way's 0.8: dig 0.4, sing -0.5: exp(-0.4) and exp(-1.3).
    const { value, actions } = estimatorOf().estimate(view(['dig', 'sing']))
    expect(value).toBeCloseTo(Math.exp(-0.4), 12)
    const loss = Math.exp(-1.3) - Math.exp(-0.4)
    expect(actions.map(({ advantage }) => advantage)).toEqual([expect.closeTo(0, 12), expect.closeTo(loss, 12)])
    expect(actions[0]).toMatchObject({ visits: 0, q: null, evidence: [] })
  })

  it('measures advantages against the best action, in scales', () => {
    // 40 points in hand: scale = 0.25 * 40 = 10, V = 40. Waiting changed nothing: q = 0.5 * 40, A = (20 - 40) / 10.
    const estimator = estimatorOf()
    estimator.observe(step('take gold', { reward: 40, terminated: true }))
    estimator.end()
    estimator.observe(step('wait'))
    estimator.end()
    const { value, actions } = estimator.estimate(view(['take gold', 'wait']))
    expect(value).toBe(40)
    expect(actions[0]).toMatchObject({ visits: 1, q: 40, advantage: 0 })
    expect(actions[1]!.advantage).toBeCloseTo(-2, 12)
  })

  it('lives through what the store has of its run, and of no other', () => {
    const store = new BruteForceStore()
    for (const episode of [record('run', 8), record('other', 99)]) store.addEpisode(episode)
    const estimator = new GraphEstimator(store, parameters)
    const q = () => estimator.estimate(view(['take gold'])).actions[0]!.q
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
    const store = new BruteForceStore()
    store.addEpisode(record('run', 8))
    const estimator = new GraphEstimator(store, parameters)
    estimator.begin(start)
    store.forget('run', 1)
    estimator.begin({ ...start, episode: 2 })
    expect(estimator.estimate(view(['take gold'])).actions[0]!.q).toBe(null)
  })

  it('believes the same after a resumption as if it had never stopped', () => {
    const store = new BruteForceStore()
    const lived = new GraphEstimator(store, parameters)
    lived.begin(start)
    lived.observe(step('wait'))
    lived.observe(step('take gold', { reward: 8, terminated: true }))
    lived.end()
    lived.begin({ ...start, episode: 2 })
    const steps = [
      { state, action: 'wait', reward: 0, terminated: false },
      { state, action: 'take gold', reward: 8, terminated: true },
    ]
    const after = { ...record('run', 8), steps, finalState: far }
    store.addEpisode(after)
    const resumed = new GraphEstimator(store, parameters)
    resumed.begin({ ...start, episode: 2 })
    const now = view(['sing', 'take gold', 'wait'])
    expect(resumed.estimate(now)).toEqual(lived.estimate(now))
  })
})

const situation = 'Room |  | 0 | -'
const state = { key: '', situation, tokens: [] }
const far = { key: '', situation: 'Far |  | 0 | -', tokens: [] }

function estimatorOf(changes: Partial<GraphParameters> = {}): GraphEstimator {
  const estimator = new GraphEstimator(new BruteForceStore(), { ...parameters, ...changes })
  estimator.begin(start)
  return estimator
}

function view(validActions: readonly string[], turn = 1): View {
  return viewOf({ validActions, turn, state: { summary: '', situation, tokens: [] } })
}

function step(action: string, { reward = 0, terminated = false } = {}): Transition {
  const turn = action === 'wait' ? 1 : 2
  const nextState = {
    summary: '',
    situation: action === 'wait' && reward === 0 ? situation : 'Far |  | 0 | -',
    tokens: [],
  }
  const { observation } = viewOf()
  const end = { terminated, truncated: false, victory: terminated }
  return { view: view([action], turn), action, reward, observation, nextState, nextValidActions: [], ...end }
}

/** One step that wins the gold. */
function record(run: string, reward: number): EpisodeRecord {
  const end = { terminated: true, victory: true }
  const steps = [{ state, action: 'take gold', reward, terminated: true }]
  return { run, episode: 1, gameSeed: 1, score: reward, ...end, steps, finalState: state }
}
