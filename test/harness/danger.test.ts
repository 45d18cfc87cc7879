import { expect, it } from 'vitest'
import { Danger } from '../../harness/danger.ts'

const [cellar, attic] = [{}, {}]

it('learns from the first tries in a room, and from nothing else', () => {
  // In the cellar 2 / (3 + 5).
  const danger = new Danger()
  for (const killed of [true, false, true]) danger.noteFirstTry(cellar, killed)
  for (const killed of [false, false]) danger.noteFirstTry(attic, killed)
  expect(danger.risk(cellar)).toBeCloseTo(1 / 4, 12)
  expect(danger.risk(attic)).toBe(0)
  expect(danger.risk({})).toBe(0)
})

it('knows what a death takes from the score', () => {
  const danger = new Danger()
  expect(danger.loss).toBe(0)
  for (const reward of [-10, 0, -5, 3]) danger.noteDeath(reward)
  expect(danger.loss).toBe(3.75)
})
