import { expect, it } from 'vitest'
import { Danger } from '../../harness/danger.ts'

const [cellar, attic] = [{ isDark: false }, { isDark: false }]
const [tunnel, cave] = [{ isDark: true }, { isDark: true }]

it('of a way is learnt from the first tries of ways in its room, and from nothing else', () => {
  // In the cellar 2 / (3 + 5).
  const danger = new Danger()
  for (const killed of [true, false, true]) danger.noteFirstTry(cellar, true, killed)
  for (const killed of [false, false]) danger.noteFirstTry(attic, true, killed)
  expect(danger.risk(cellar, true)).toBeCloseTo(1 / 4, 12)
  expect([danger.risk(attic, true), danger.risk({ isDark: false }, true), danger.risk(cellar, false)]).toEqual([
    0, 0, 0,
  ])
})

it('of another command is thought to be as in other rooms, until the room is known', () => {
  // Everywhere 2 / (5 + 5). In the cellar (2 + 5 / 5) / (3 + 5), in the attic (0 + 5 / 5) / (2 + 5).
  const danger = new Danger()
  for (const killed of [true, false, true]) danger.noteFirstTry(cellar, false, killed)
  for (const killed of [false, false]) danger.noteFirstTry(attic, false, killed)
  expect(danger.risk({ isDark: false }, false)).toBeCloseTo(1 / 5, 12)
  expect(danger.risk(cellar, false)).toBeCloseTo(3 / 8, 12)
  expect(danger.risk(attic, false)).toBeCloseTo(1 / 7, 12)
  expect(danger.risk(cellar, true)).toBe(0)
})

it('takes all of the dark for one place, whose ways are another than what else is tried there', () => {
  // Ways 2 / (3 + 5), wherever; to light a lamp has killed nobody.
  const danger = new Danger()
  for (const room of [tunnel, cave]) danger.noteFirstTry(room, true, true)
  danger.noteFirstTry(cave, true, false)
  danger.noteFirstTry(cave, false, false)
  expect(danger.risk({ isDark: true }, true)).toBeCloseTo(1 / 4, 12)
  expect(danger.risk(tunnel, false)).toBe(0)
  expect(danger.risk(cellar, true)).toBe(0)
})

it('knows what a death takes from the score', () => {
  const danger = new Danger()
  expect(danger.loss).toBe(0)
  for (const reward of [-10, 0, -5, 3]) danger.noteDeath(reward)
  expect(danger.loss).toBe(3.75)
})
