import { describe, expect, it } from 'vitest'
import { Machine } from '../../games/machine.ts'
import { ObjectTable } from '../../games/object-table.ts'
import { WorldBytes, worldMask } from '../../games/world-bytes.ts'
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

describe('the world of a story with fewer than 240 globals, whose objects lie behind them', () => {
  it('is the same in whatever order things lie', () => {
    const machine = new Machine(packagedStory('minizork.z3'), 0)
    const { vm } = machine
    const objects = new ObjectTable(vm)
    const world = new WorldBytes(machine, worldMask(machine, objects, []), machine.save().ram)
    const [one, other] = [objects.count - 1, objects.count]
    for (let room = 1; room < one; room++) {
      vm.insert_obj(one, room)
      vm.insert_obj(other, room)
      const before = world.capture(machine)
      vm.insert_obj(one, room)
      expect(world.difference(machine, before), objects.name(room)).toEqual([])
    }
  })
})
