import { describe, expect, test } from 'vitest'
import {
  compareRuns,
  EmptyRunError,
  IncomparableRunsError,
  type ReportedRun,
  runsByStory,
} from '../../reports/index.ts'
import { type RunSettings, runOf, STORY } from './made-up-runs.ts'

/** Two policies on two seeds, the seeds in disorder. */
const RUNS = [
  runOf([1, 3], { policy: 'static', seed: 2 }),
  runOf([2, 2], { policy: 'static', seed: 1 }),
  runOf([4, 6], { policy: 'jitrl', seed: 1, parameters: { beta: 5 } }),
  runOf([2, 4], { policy: 'jitrl', seed: 2, parameters: { beta: 5 } }),
]

describe('a comparison', () => {
  test('has what grue compare --json promises', () => {
    const { policies, paired } = compareRuns(RUNS)
    expect(policies).toHaveProperty('jitrl', {
      mean: 4, // of 5 and 3
      lastFive: 4,
      final: 5, // of 6 and 4
      best: 5,
      auc: 0.08, // (10 + 6) / 2 runs, over 2 * 50
      iqm: 4, // of two, nothing is cut
      // Of two seeds every interval reaches from one to the other.
      intervals: {
        mean: [3, 5],
        lastFive: [3, 5],
        final: [4, 6],
        best: [4, 6],
        auc: [0.06, 0.1],
        iqm: [3, 5],
      },
      rough: true, // under five seeds
      seeds: [
        { seed: 1, scores: [4, 6] },
        { seed: 2, scores: [2, 4] },
      ],
    })
    expect(policies).toHaveProperty('static.seeds[0].seed', 1)
    // Seed 1: 5 - 2 = 3; seed 2: 3 - 2 = 1.
    expect(paired).toEqual([
      {
        a: 'jitrl',
        b: 'static',
        difference: 2,
        interval: [1, 3],
        seeds: [1, 2],
        rough: true,
        area: { difference: 4, interval: [2, 6] }, // over two episodes
        lastTen: { difference: 2, interval: [1, 3] },
        // Both runs of jitrl, 5 and 3, are above both of static, 2 and 2.
        improvement: { probability: 1, interval: [1, 1] },
      },
    ])
  })

  test('carries its protocol', () => {
    expect(compareRuns(RUNS).protocol).toEqual({
      story: 'lighthouse',
      title: 'The Lighthouse',
      sha256: 'ab'.repeat(32),
      release: '3.260101',
      maxScore: 50,
      seeds: [1, 2],
      gameSeed: { type: 'per-episode' },
      episodes: 2,
      finished: 2,
      stepLimit: 60,
      temperature: 1,
      prior: { name: 'lexical', rung: 'lexical features' },
      handicaps: ['valid actions'],
      policies: { static: {}, jitrl: { beta: 5 } },
    })
  })

  test('sets learners against baselines, and what is set against static first, in whatever order the runs come', () => {
    const names = ['random', 'static', 'jitrl', 'jitrl:paper']
    const { paired } = compareRuns(names.map((policy) => runOf([1], { policy })))
    expect(paired.map(({ a, b }) => `${a} - ${b}`)).toEqual([
      'jitrl - static',
      'jitrl:paper - static',
      'jitrl - jitrl:paper',
      'jitrl - random',
      'jitrl:paper - random',
      'static - random',
    ])
  })

  test('gives a pair the same interval whatever else is compared', () => {
    const third = [1, 2].map((seed) => runOf([9, 0], { policy: 'random', seed }))
    expect(compareRuns([...third, ...RUNS]).paired[0]).toEqual(compareRuns(RUNS).paired[0])
  })

  test('pairs only the seeds that both policies ran with', () => {
    const alone = runOf([9, 9], { policy: 'jitrl', seed: 7, parameters: { beta: 5 } })
    expect(compareRuns([...RUNS, alone]).paired[0]?.seeds).toEqual([1, 2])
    expect(compareRuns([runOf([1], { policy: 'a', seed: 1 }), runOf([1], { policy: 'b', seed: 2 })]).paired).toEqual([])
  })

  test('gives no interval of an improvement where either policy has a single run', () => {
    const one = runOf([3, 3], { policy: 'cbr', seed: 1 })
    const { paired } = compareRuns([...RUNS, one])
    // 3 against 2 and 2.
    expect(paired.find(({ a }) => a === 'cbr')?.improvement).toEqual({ probability: 1, interval: null })
  })

  test('takes the highest score from the episodes where the story file names none', () => {
    const story = { ...STORY, maxScore: null }
    expect(compareRuns([runOf([25], { story })]).policies).toHaveProperty('jitrl.auc', 0.5)
    const silent = withoutMaxScore(runOf([25], { story }))
    expect(compareRuns([silent]).policies).toHaveProperty('jitrl.auc', null)
  })

  test('keeps a policy whatever its name', () => {
    const { policies } = compareRuns([runOf([1], { policy: '__proto__' })])
    expect(Object.keys(policies)).toEqual(['__proto__'])
  })
})

describe('runs are refused', () => {
  const differences: readonly (readonly [string, RunSettings])[] = [
    ['story hash', { story: { ...STORY, sha256: 'cd'.repeat(32) } }],
    ['number of episodes', { episodes: 3 }],
    ['step limit', { stepLimit: 50 }],
    ['temperature', { temperature: 0.5 }],
    ['prior', { prior: { name: 'qwen', rung: 'single-token labels' } }],
    ['game seeds', { gameSeed: { type: 'fixed', seed: 12 } }],
    ['handicaps', { handicaps: ['valid actions', 'peek'] }],
  ]
  test.each(differences)('when they differ in %s, and the message names it', (difference, settings) => {
    const refused = refusal([runOf([1, 2]), runOf([1, 2], { policy: 'static', ...settings })])
    expect(refused.difference).toBe(difference)
    expect(refused.message).toContain('runs/jitrl-1 and runs/static-1')
    expect(refused.message).toContain(difference)
  })

  test('when one was broken off earlier than the other', () => {
    const refused = refusal([runOf([1, 2]), runOf([1], { policy: 'static', episodes: 2 })])
    expect(refused.difference).toBe('number of finished episodes')
    expect(refused.message).toContain('(2 and 1)')
  })

  test('when a policy has two sets of parameters', () => {
    const refused = refusal([
      runOf([1], { seed: 1, parameters: { beta: 1 } }),
      runOf([1], { seed: 2, parameters: { beta: 2 } }),
    ])
    expect(refused.difference).toBe('parameters of jitrl')
  })

  test('when a policy ran twice with one seed', () => {
    expect(refusal([runOf([1]), runOf([2])]).message).toContain('both jitrl with seed 1')
  })

  test('when one has no finished episode, and the message says how to get one', () => {
    const compare = () => compareRuns([runOf([1]), runOf([], { policy: 'static', episodes: 1 })])
    expect(compare).toThrow(EmptyRunError)
    expect(compare).toThrow('runs/static-1 has no finished episode yet')
  })

  test('in words that cannot steer a terminal', () => {
    const prior = { name: '\u001b[31mred', rung: 'x' }
    const { message } = refusal([runOf([1]), runOf([1], { policy: '\u001b]0;title\u0007static', prior })])
    expect(message).not.toMatch(/\p{Cc}/u)
  })
})

test('the order of the handicaps is no difference', () => {
  const handicaps = ['peek', 'valid actions']
  const runs = [runOf([1], { handicaps }), runOf([1], { policy: 'static', handicaps: handicaps.toReversed() })]
  expect(Object.keys(compareRuns(runs).policies)).toEqual(['jitrl', 'static'])
})

test('several stories are told apart', () => {
  const zork = { ...STORY, id: 'zork1' }
  const groups = runsByStory([runOf([1]), runOf([2], { story: zork }), runOf([3], { seed: 2 })])
  expect(groups.map((runs) => runs.map(({ config }) => config.story.id))).toEqual([
    ['lighthouse', 'lighthouse'],
    ['zork1'],
  ])
})

function refusal(runs: readonly ReportedRun[]): IncomparableRunsError {
  try {
    compareRuns(runs)
  } catch (error) {
    if (error instanceof IncomparableRunsError) return error
    throw error
  }
  throw new Error('The runs were compared.')
}

function withoutMaxScore(run: ReportedRun): ReportedRun {
  return { ...run, episodes: run.episodes.map((episode) => ({ ...episode, maxScore: null })) }
}
