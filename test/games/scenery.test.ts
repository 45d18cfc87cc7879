import { describe, expect, it } from 'vitest'
import { Machine } from '../../games/machine.ts'
import { ObjectTable } from '../../games/object-table.ts'
import { readScenery } from '../../games/scenery.ts'
import { packagedStory } from './shared-stories.ts'

describe('the scenery of minizork', () => {
  const { vm } = new Machine(packagedStory('minizork.z3'), 0)
  const objects = new ObjectTable(vm)
  const named = (name: string) =>
    Array.from({ length: objects.count }, (_, i) => i + 1).find((id) => objects.name(id) === name)
  const room = named('West of House') ?? 0

  it('is listed by the rooms in which it can be seen, though none of them holds it', () => {
    const scenery = readScenery(vm, objects, objects.parent(room))
    const names = (scenery.get(room) ?? []).map((id) => objects.name(id))
    expect(names).toContain('white house')
    expect(objects.descendants(room).map((id) => objects.name(id))).not.toContain('white house')
  })

  it('is nothing where it is not known what holds the rooms', () => {
    expect(readScenery(vm, objects, 0).size).toBe(0)
  })
})
