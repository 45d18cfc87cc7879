import { expect, test } from 'vitest'
import { EmptyRunError, learnSummary } from '../../reports/index.ts'
import { runOf } from './made-up-runs.ts'

test('a run is summed up with all that is needed to read and repeat it', () => {
  const run = runOf([0, 5, 10], { seed: 7, parameters: { beta: 5 }, gameSeed: { type: 'fixed', seed: 12 } })
  expect(learnSummary(run)).toEqual({
    scores: [0, 5, 10],
    mean: 5,
    lastFive: 5,
    final: 10,
    best: 10,
    auc: 0.1, // 15 of 3 * 50
    maxScore: 50,
    episodes: 3,
    stepLimit: 60,
    story: 'lighthouse',
    title: 'The Lighthouse',
    sha256: 'ab'.repeat(32),
    release: '3.260101',
    seed: 7,
    gameSeed: { type: 'fixed', seed: 12 },
    policy: 'jitrl',
    parameters: { beta: 5 },
    deviations: [{ what: 'beta', value: 5, usual: 150 }],
    prior: { name: 'lexical', rung: 'lexical features' },
    temperature: 1,
    handicaps: ['valid actions'],
  })
})

test('a run that was broken off has the scores it got to', () => {
  expect(learnSummary(runOf([3], { episodes: 50 }))).toMatchObject({ scores: [3], episodes: 50 })
})

test('a run without a finished episode has no summary', () => {
  expect(() => learnSummary(runOf([], { episodes: 50 }))).toThrow(EmptyRunError)
})
