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
    const asked = () => environment.worldHash()
    const askedAfresh = () => {
      other.reset()
      other.restore(environment.snapshot())
      return other.worldHash()
    }
    const first = asked()
    const seen = WALK.map((command) => {
      environment.step(command)
      expect(asked()).toBe(askedAfresh())
      const hash = asked()
      const here = environment.snapshot()
      environment.restore(opening)
      expect(asked()).toBe(first)
      environment.restore(here)
      expect(asked()).toBe(hash)
      return hash
    })
    environment.reset()
    expect(asked()).toBe(first)
    expect(new Set(seen).size).toBeGreaterThan(4)
  })
})
