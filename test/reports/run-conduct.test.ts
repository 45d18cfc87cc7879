import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../harness/index.ts'
import { ConductCounter } from '../../reports/index.ts'
import { AnswerCounter } from '../../reports/model-answers.ts'
import { called, episode, turn } from './made-up-events.ts'

function conductOf(events: readonly RunEvent[]) {
  const counter = new ConductCounter()
  for (const event of events) counter.take(event)
  return counter.result()
}

describe('the conduct of a run', () => {
  test('counts flips, what they earned on their own turn, and what the others earned', () => {
    const events = episode(1, [
      turn({ chosen: 'north', staticChoice: 'south', reward: 5 }),
      turn({ chosen: 'north', staticChoice: 'north', reward: 10 }),
      turn({ chosen: 'take lamp', staticChoice: 'wait', reward: -2 }),
    ])
    expect(conductOf(events)).toMatchObject({ steps: 3, flips: 2, flipPoints: 3, otherPoints: 10 })
  })

  test('counts the commands that were not among those offered', () => {
    const events = episode(1, [
      turn({ chosen: 'north', valid: ['north', 'wait'] }),
      turn({ chosen: 'dance', valid: ['north', 'wait'] }),
    ])
    expect(conductOf(events)).toMatchObject({ steps: 2, invalid: 1 })
  })

  test('counts a person’s turns and leaves them out of all else but the steps', () => {
    const events = episode(1, [turn({ chosen: 'north', staticChoice: 'wait', reward: 5, intervened: 'xyzzy' })])
    expect(conductOf(events)).toMatchObject({
      ...{ steps: 1, personSteps: 1, policyChanges: 0 },
      ...{ flips: 0, flipPoints: 0, otherPoints: 0, invalid: 0 },
    })
  })

  test('counts every room once, over all episodes', () => {
    const events = [
      ...episode(1, [turn({ to: 'Cellar' }), turn({ to: 'Attic' })]),
      ...episode(2, [turn({ to: 'Cellar' }), turn({ to: null })]),
    ]
    expect(conductOf(events).rooms).toBe(3) // and the Hall where they start
  })

  test('takes the highest score of the first 100 steps over several episodes, as TALES does', () => {
    const scoring = (steps: number, score: number) =>
      Array.from({ length: steps }, (_, index) => turn({ score: index === steps - 1 ? score : 0 }))
    // Steps 60 and 100 count, step 101 comes too late.
    expect(conductOf([...episode(1, scoring(60, 7)), ...episode(2, scoring(40, 9))]).bestIn100).toBe(9)
    expect(conductOf([...episode(1, scoring(60, 7)), ...episode(2, scoring(41, 9))]).bestIn100).toBe(7)
    expect(conductOf(episode(1, [turn({ score: null })], null)).bestIn100).toBeNull()
  })

  test('adds up what a model was asked', () => {
    const events = episode(1, [
      turn({ calls: [called({ promptTokens: 100 }), called({ promptTokens: 50, retries: 2 })] }),
    ])
    expect(conductOf(events)).toMatchObject({ modelCalls: 2, promptTokens: 150, completionTokens: 2, retries: 2 })
  })

  test('adds what the probe asked, which has to be paid for as well', () => {
    const probe = [called({ promptTokens: 30, fault: 'no numbers' }), called({ promptTokens: 7, cached: true })]
    const events: readonly RunEvent[] = [
      { type: 'model-probed', rung: 'samples', rejected: [], calls: probe },
      ...episode(1, [turn({ calls: [called({ promptTokens: 100 })] })]),
    ]
    expect(conductOf(events)).toMatchObject({
      modelCalls: 3,
      promptTokens: 137,
      paid: { tiny: { promptTokens: 130, completionTokens: 2 } },
    })
    const answers = new AnswerCounter()
    for (const event of events) answers.take(event)
    expect(answers.result()).toMatchObject({ calls: 3, cached: 1, faults: { 'no numbers': 1 } })
  })
})
