import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../harness/create-policy.ts'
import { deviations, deviationText, temperatureOf } from '../../harness/deviations.ts'
import type { Overrides } from '../../harness/jitrl-parameters.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { ArrayStore } from './array-store.ts'

function of(spec: string, overrides: Overrides = {}, terms = { temperature: 1, episodes: 50, stepLimit: 60 }) {
  const deps = { prior: new LexicalPrior(), store: new ArrayStore(), temperature: 1, seed: 1, overrides }
  return deviations({ policy: createPolicy(spec, deps).info, ...terms }).map(deviationText)
}

describe('the deviations from a preset', () => {
  it('are every parameter that is otherwise, whether the preset states it or leaves it as published', () => {
    expect(of('jitrl')).toEqual([])
    expect(of('jitrl', { beta: 5, reward: 'score+death' })).toEqual([
      'beta 5 (preset: 150)',
      'reward score+death (preset: score)',
    ])
    expect(of('jitrl:seed', { choice: 'argmax', proposals: 0 })).toEqual([
      'proposals 0 (preset: 3)',
      'choice argmax (preset: sample)',
    ])
  })

  it('hold the paper to its temperature, its episodes and its steps', () => {
    expect(of('jitrl:paper', {}, { temperature: 0.8, episodes: 50, stepLimit: 60 })).toEqual([
      'proposals 0 (preset: 3)',
    ])
    expect(of('jitrl:paper', {}, { temperature: 1, episodes: 5, stepLimit: 9 }).slice(1)).toEqual([
      ...['temperature 1 (preset: 0.8)', 'episodes 5 (preset: 50)', 'steps 9 (preset: 60)'],
    ])
  })

  it('name another estimator, and what is otherwise than that brings', () => {
    expect(of('jitrl', { estimator: 'knn', k: 3 })).toEqual(['estimator knn (preset: graph)', 'k 3 (preset: 10)'])
  })

  it('are none of a policy without presets', () => {
    expect(of('cbr:vote', { k: 3 })).toEqual([])
    expect(of('static')).toEqual([])
  })
})

it('the temperature is that of the presets which are to play, where they agree', () => {
  expect(temperatureOf(['jitrl:paper', 'static', 'prompt-jitrl:paper'])).toBe(0.8)
  expect(temperatureOf(['jitrl:paper', 'jitrl'])).toBe(1)
  expect(temperatureOf(['random'])).toBe(1)
})
