import { expect, test } from 'vitest'
import { KnownStates } from '../../memory/known-states.ts'
import { state } from './episodes.ts'

test('a state is known when key, situation and tokens are those of the latest of its key', () => {
  const states = new KnownStates(10)
  const attic = state('attic lamp')
  states.set(attic, 7)
  expect(states.id({ ...attic, tokens: [...attic.tokens] })).toBe(7)
  expect(states.id({ ...attic, situation: 'elsewhere' })).toBeUndefined()
  expect(states.id({ ...attic, tokens: ['attic'] })).toBeUndefined()
  expect(states.id({ ...attic, tokens: ['attic', 'rope'] })).toBeUndefined()
  states.set({ ...attic, situation: 'elsewhere' }, 8)
  expect([states.id({ ...attic, situation: 'elsewhere' }), states.id(attic)]).toEqual([8, undefined])
})

test('it starts anew when it is full, or when ids may have gone', () => {
  const states = new KnownStates(2)
  states.set(state('attic'), 1)
  states.set(state('cellar'), 2)
  states.set(state('roof'), 3)
  expect(['attic', 'cellar', 'roof'].map((key) => states.id(state(key)))).toEqual([undefined, undefined, 3])
  states.clear()
  expect(states.id(state('roof'))).toBeUndefined()
})
