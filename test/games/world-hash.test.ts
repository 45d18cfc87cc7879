import { describe, expect, it } from 'vitest'
import { openEnvironment } from '../../games/z-machine-environment.ts'
import { packagedStory } from './shared-stories.ts'

const WALK = [
  'north',
  'east',
  'open window',
  'west',
  'take all',
  'wait',
  'drop lamp',
  'undo',
  'west',
  'restart',
  'yes',
  'west',
]

describe('hashes that are kept up to date', () => {
  it('are those of a machine that was never asked before, at every step, back at every snapshot, after a reset', () => {
    const environment = openEnvironment(packagedStory('minizork.z3'))
    const other = openEnvironment(packagedStory('minizork.z3'))
    const opening = environment.snapshot()
    const asked = () => [environment.worldHash(), environment.reachHash()]
    const askedAfresh = () => {
      other.reset()
      other.restore(environment.snapshot())
      return [other.worldHash(), other.reachHash()]
    }
    const first = asked()
    const seen = WALK.map((command) => {
      environment.step(command)
      expect(asked()).toEqual(askedAfresh())
      const hashes = asked()
      const here = environment.snapshot()
      environment.restore(opening)
      expect(asked()).toEqual(first)
      environment.restore(here)
      expect(asked()).toEqual(hashes)
      return hashes.join()
    })
    environment.reset()
    expect(asked()).toEqual(first)
    expect(new Set(seen).size).toBeGreaterThan(4)
  })
})

describe('reachHash', () => {
  it('does not count what was left lying in another room, but counts what is gone from this one', () => {
    const environment = openEnvironment(packagedStory('minizork.z3'))
    const hashesAfter = (...commands: string[]) => {
      environment.reset({ seed: 1 })
      for (const command of commands) environment.step(command)
      return { reach: environment.reachHash(), world: environment.worldHash() }
    }
    const aside = hashesAfter('open mailbox', 'north', 'wait')
    const plain = hashesAfter('north', 'wait', 'wait')
    expect(aside.world).not.toBe(plain.world)
    expect(aside.reach).toBe(plain.reach)
    expect(hashesAfter('open mailbox', 'wait').reach).not.toBe(hashesAfter('wait', 'wait').reach)
  })
})
