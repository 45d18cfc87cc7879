import { beforeEach, describe, expect, it } from 'vitest'
import { NotingOperations, ReadLog } from '../../games/read-log.ts'

/** Version 3: 31 defaults, then entries of nine bytes, of which the fifth to the seventh are parent, sibling and child. */
const TABLE = 64
const END = 300
const entry = (object: number) => TABLE + 62 + 9 * (object - 1)
const parentOf = (object: number) => entry(object) + 4
const siblingOf = (object: number) => entry(object) + 5
const childOf = (object: number) => entry(object) + 6

const [HALL, CAVE, LAMP, ROPE, SWORD, PLAYER] = [1, 2, 3, 4, 5, 6] as const

describe('what a turn reads of the object tree', () => {
  let log: ReadLog
  let objects: NotingOperations
  /** The lamp and the rope are in the hall, the sword is in the cave. */
  beforeEach(() => {
    const memory = new Uint8Array(END)
    memory[0] = 3
    memory[0x0b] = TABLE
    memory.set([END >> 8, END & 255], 0x0e)
    const put = (object: number, parent: number, sibling: number) => {
      memory[parentOf(object)] = parent
      memory[siblingOf(object)] = sibling
    }
    put(LAMP, HALL, ROPE)
    put(ROPE, HALL, 0)
    put(SWORD, CAVE, 0)
    memory[childOf(HALL)] = LAMP
    memory[childOf(CAVE)] = SWORD
    const world = { has: () => false } as unknown as ConstructorParameters<typeof ReadLog>[1]
    const table = { start: entry(1), end: entry(7) } as ConstructorParameters<typeof ReadLog>[2]
    log = new ReadLog(END, world, table)
    log.begin(true)
    objects = new NotingOperations(memory, { fuel: 0, spend: () => {} }, log, PLAYER)
  })

  const read = () => [...log.more.keys()].filter((address) => log.more[address] !== 0)

  it('is where a thing was that is moved, and not what lies beside it or where it is put', () => {
    objects.insert(ROPE, CAVE)
    expect(read()).toEqual([parentOf(ROPE)])
  })

  it('is what lay there before, once the story goes on from the thing to the next', () => {
    objects.insert(ROPE, CAVE)
    expect(objects.sibling(ROPE)).toBe(SWORD)
    expect(read()).toContain(childOf(CAVE))
  })

  it('is what lay behind a thing that was taken out, also after more was moved', () => {
    objects.remove(LAMP)
    expect(objects.child(HALL)).toBe(ROPE)
    expect(read()).toEqual(expect.arrayContaining([childOf(HALL), siblingOf(LAMP)]))
    objects.insert(LAMP, HALL)
    objects.sibling(LAMP)
    expect(read()).toContain(siblingOf(LAMP))
  })

  it('is what links were copied from in any turn, where a later one goes on from a turn that moved things', () => {
    objects.insert(ROPE, CAVE)
    log.begin(true)
    log.begin(true, true)
    objects.sibling(ROPE)
    expect(read()).toContain(childOf(CAVE))
  })

  it('is no more than the link itself, where the search begins anew', () => {
    objects.insert(ROPE, CAVE)
    log.begin(true)
    objects.sibling(ROPE)
    expect(read()).not.toContain(childOf(CAVE))
  })
})
