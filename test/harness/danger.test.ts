import { expect, it } from 'vitest'
import { Danger } from '../../harness/danger.ts'

const parameters = { dangerPrior: 0.1, dangerTries: 10 }
const [cellar, attic] = [{}, {}]

it('holds what was not tried for as dangerous as the prior, while nothing is known', () => {
  expect(new Danger(parameters).risk(cellar)).toBeCloseTo(0.1, 12)
})

it('learns from first tries, more from those in the same room', () => {
  // Overall (2 + 1) / (5 + 10) = 0.2. In the cellar (2 + 5 * 0.2) / (3 + 5) = 3/8, in the attic (0 + 1) / (2 + 5) = 1/7.
  const danger = new Danger(parameters)
  for (const killed of [true, false, true]) danger.noteFirstTry(cellar, killed)
  for (const killed of [false, false]) danger.noteFirstTry(attic, killed)
  expect(danger.risk(cellar)).toBeCloseTo(3 / 8, 12)
  expect(danger.risk(attic)).toBeCloseTo(1 / 7, 12)
  expect(danger.risk({})).toBeCloseTo(0.2, 12)
})

it('knows what a death takes from the score', () => {
  const danger = new Danger(parameters)
  expect(danger.loss).toBe(0)
  for (const reward of [-10, 0, -5, 3]) danger.noteDeath(reward)
  expect(danger.loss).toBe(3.75)
})
