import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../games/environment.ts'
import { openEnvironment, type ZMachineEnvironment } from '../../games/z-machine-environment.ts'
import { assembleStory } from './assembled-story.ts'
import { describeWith, openShared, packagedStory } from './shared-stories.ts'

const named = (world: World, name: string) => {
  const found = world.objects.find((object) => object.name === name)
  if (!found) throw new Error(`The world has no ${name}.`)
  return found
}

describeWith(['zork1'], 'the world of zork1', () => {
  let world: World
  beforeAll(() => {
    world = openShared('zork1').world()
  })

  it('has every object, numbered from 1', () => {
    expect(world.objects.map(({ id }) => id)).toEqual(Array.from({ length: 250 }, (_, i) => i + 1))
  })

  it.each(['North of House', 'jewel-encrusted egg', 'small mailbox', 'Up a Tree', 'pair of candles'])(
    'knows things by their full names, abbreviations included: %s',
    (name) => {
      expect(world.objects.map((object) => object.name)).toContain(name)
    },
  )

  it('knows the player, where they are and what they carry', () => {
    expect(world.player?.name).toBe('cretin')
    expect(world.location?.name).toBe('West of House')
    expect(world.inventory).toEqual([])
    expect(world.player?.parent).toBe(world.location?.id)
  })

  it('is a tree: every object is among the children of its parent, and of no other', () => {
    for (const { id, parent } of world.objects) {
      const holders = world.objects.filter(({ children }) => children.includes(id)).map((object) => object.id)
      expect(holders).toEqual(parent === 0 ? [] : [parent])
    }
  })

  it('puts the leaflet into the mailbox', () => {
    expect(named(world, 'leaflet').parent).toBe(named(world, 'small mailbox').id)
  })

  it('shows what a command has changed', () => {
    const environment = openShared('zork1')
    const mailbox = () => named(environment.world(), 'small mailbox')
    const closed = mailbox().attributes
    environment.step('open mailbox')
    // One attribute more says that it is open; another may say that it was touched.
    expect(mailbox().attributes.length).toBeGreaterThan(closed.length)
    environment.step('take leaflet')
    expect(environment.world().inventory.map(({ name }) => name)).toEqual(['leaflet'])
    expect(mailbox().children).toEqual([])
  })
})

describe('a story without objects', () => {
  it('has an empty world, and can be played', () => {
    const environment = openEnvironment(assembleStory({}))
    expect(environment.world()).toEqual({ objects: [], player: null, location: null, inventory: [] })
    expect(environment.step('go').observation).toMatchObject({ location: null, inventory: [], moves: null })
  })
})

describe('an object tree tied into a ring', () => {
  it('is read to an end', () => {
    const objects = [
      [0, 0, 2],
      [1, 3, 0],
      [1, 2, 0],
    ] as const
    const world = openEnvironment(assembleStory({ objects })).world()
    expect(world.objects.map(({ children }) => children)).toEqual([[2, 3, 2], [], []])
  })
})

// Adventure, where nobody moves about at first.
describe('worldHash', () => {
  let environment: ZMachineEnvironment
  beforeAll(() => {
    environment = openEnvironment(packagedStory('advent.z5'))
  })
  const hashAfter = (...commands: readonly string[]) => {
    environment.reset({ seed: 1 })
    for (const command of commands) environment.step(command)
    return environment.worldHash()
  }

  it('is sixteen hexadecimal digits', () => {
    expect(hashAfter()).toMatch(/^[0-9a-f]{16}$/)
  })

  it('is the same after turns in which nothing happens', () => {
    expect(hashAfter('look', 'look')).toBe(hashAfter())
    expect(hashAfter('wait', 'inventory', 'examine road', 'zzyzx', 'take zzyzx', 'score', '')).toBe(hashAfter())
  })

  it('does not count the order of things that lie or are held together', () => {
    const both = ['east', 'take keys', 'take lamp']
    expect(hashAfter(...both)).toBe(hashAfter('east', 'take lamp', 'take keys'))
    expect(hashAfter(...both, 'drop lamp', 'drop keys')).toBe(hashAfter(...both, 'drop keys', 'drop lamp'))
  })

  it('does not count how one got there', () => {
    expect(hashAfter('east', 'west', 'south', 'north')).toBe(hashAfter('south', 'north', 'east', 'west'))
    expect(hashAfter('east', 'take lamp', 'drop lamp')).toBe(
      hashAfter('east', 'take lamp', 'drop lamp', 'wait', 'look'),
    )
  })

  it('does not count the random numbers to come', () => {
    const hash = hashAfter()
    environment.reset({ seed: 2 })
    expect(environment.worldHash()).toBe(hash)
  })

  it('is back when a turn is undone or the story restarts', () => {
    // Inform notes that the turn before was undone, until the next.
    expect(hashAfter('east', 'undo', 'look')).toBe(hashAfter())
    expect(hashAfter('east', 'take lamp', 'restart', 'yes')).toBe(hashAfter())
  })

  it('differs where anything else does', () => {
    const paths = [
      [],
      ['east'],
      ['east', 'west'],
      ['south'],
      ['east', 'take keys'],
      ['east', 'take lamp'],
      ['east', 'take lamp', 'turn on lamp'],
      ['east', 'take lamp', 'take keys'],
      ['east', 'take bottle'],
      ['east', 'take food', 'eat food'],
      ['east', 'take keys', 'west', 'south', 'south', 'south'],
      ['east', 'take keys', 'west', 'south', 'south', 'south', 'unlock grate with keys'],
      ['east', 'take keys', 'west', 'south', 'south', 'south', 'unlock grate with keys', 'open grate'],
    ]
    expect(new Set(paths.map((path) => hashAfter(...path))).size).toBe(paths.length)
  })

  it('is the same in another environment of the story, and leaves the state alone', () => {
    const commands = ['east', 'take lamp', 'turn on lamp', 'xyzzy']
    const other = openEnvironment(packagedStory('advent.z5'))
    other.reset({ seed: 1 })
    for (const command of commands) {
      other.worldHash()
      other.step(command)
    }
    expect(other.worldHash()).toBe(hashAfter(...commands))
    expect(isDeepStrictEqual(other.snapshot(), environment.snapshot())).toBe(true)
  })
})

// The parser's notes: a global for "her", of whom there is but one in the story, and others for the word of a topic.
describeWith(['library'], 'worldHash in library', () => {
  it.each([
    [['read tag'], ['ask alan about novel']],
    [
      ['west', 'read tag'],
      ['west', 'examine librarian'],
    ],
  ])('is the same after %j and after %j', (one, other) => {
    const environment = openShared('library')
    const hashAfter = (commands: readonly string[]) => {
      environment.reset()
      for (const command of commands) environment.step(command)
      return environment.worldHash()
    }
    expect(hashAfter(other)).toBe(hashAfter(one))
  })
})

describe('an object whose property table leads out of the story', () => {
  const story = packagedStory('minizork.z3')
  const count = openEnvironment(story).world().objects.length
  const openWith = (object: number, table: number) => {
    const damaged = Uint8Array.from(story)
    const view = new DataView(damaged.buffer)
    view.setUint16(view.getUint16(0x0a) + 62 + 9 * (object - 1) + 7, table)
    damaged[table] = 0xff
    return openEnvironment(damaged)
  }

  it('has no name where the name does', () => {
    const environment = openWith(5, story.length - 2)
    expect(environment.world().objects.map(({ name }) => name)).toHaveLength(count)
    expect(environment.world().objects[4]?.name).toBe('')
    expect(environment.worldHash()).toMatch(/^[0-9a-f]{16}$/)
  })

  it('is none, nor are those behind it, where the whole table is', () => {
    const environment = openWith(5, story.length)
    expect(environment.world().objects).toHaveLength(4)
    expect(environment.worldHash()).toMatch(/^[0-9a-f]{16}$/)
  })
})
