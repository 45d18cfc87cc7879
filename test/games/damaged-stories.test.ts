import { describe, expect, it } from 'vitest'
import { openEnvironment } from '../../games/z-machine-environment.ts'
import { assembleStory, loop, whenTyped } from './assembled-story.ts'
import { packagedStory } from './shared-stories.ts'

/** A story of which nothing else may be said than that it is damaged; what is not, is found all the same. */
function damaged(name: string, damage: (story: DataView) => void): Uint8Array {
  const story = Uint8Array.from(packagedStory(name))
  damage(new DataView(story.buffer))
  return story
}

/** Address of an object's entry in version 3, and offset of its sibling there (Standard §12.3.1). */
const entry = (story: DataView, object: number) => story.getUint16(0x0a) + 62 + 9 * (object - 1)
const SIBLING = 5

it('finds actions where the things on the altar, far from the opening, are tied into a ring', () => {
  const { objects } = openEnvironment(packagedStory('minizork.z3')).world()
  const [first = 0, second] = objects.find(({ name }) => name === 'altar')?.children ?? []
  expect(second).toBeDefined()
  const environment = openEnvironment(
    damaged('minizork.z3', (story) => story.setUint8(entry(story, first) + SIBLING, first)),
  )
  expect(environment.validActions().actions.map(({ command }) => command)).toContain('open mailbox')
  expect(environment.worldHash()).toMatch(/^[0-9a-f]{16}$/)
})

/** All that is found out about a story without its walkthrough. */
function findings(story: Uint8Array) {
  const environment = openEnvironment(story)
  const { observation } = environment.reset()
  return { observation, hash: environment.worldHash(), actions: environment.validActions().actions.length }
}

const WAIT_ALONE = { hash: expect.stringMatching(/^[0-9a-f]{16}$/), actions: 1 }

it('finds no word where the dictionary ends within one, its entries shorter than their texts', () => {
  const story = assembleStory({})
  const at = story.length - 6
  // No separators; two entries of one byte.
  story.set([0, 1, 0, 2], at)
  new DataView(story.buffer).setUint16(0x08, at)
  expect(findings(story)).toMatchObject(WAIT_ALONE)
})

it.each([3, 5] as const)('reads no globals behind the end of dynamic memory: version %i', (version) => {
  const story = assembleStory({ version, isAllDynamic: true })
  new DataView(story.buffer).setUint16(0x0c, story.length - 4)
  expect(findings(story)).toMatchObject({ ...WAIT_ALONE, observation: { moves: null } })
})

it('reads a table of properties that goes on through all of memory in no time', () => {
  const objects = Array.from({ length: 1000 }, () => [0, 0, 0] as const)
  const story = assembleStory({ objects, room: 0x8000, length: 0x18000 })
  const view = new DataView(story.buffer)
  // Behind the entries, one property of one byte after another.
  const [first, table] = [0x40 + 126, 0x5000]
  for (let object = 0; object < objects.length; object++) view.setUint16(first + 14 * object + 12, table)
  story.fill(1, table + 1, 0x8000)
  const start = process.cpuUsage()
  openEnvironment(story).worldHash()
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000)
})

describe('where nearly every command is a turn that never ends', () => {
  const words = 'down,e,n,s,u,dig,jump,knock,pray,ne,nw,se,sw,shout,sleep,swim,in,out'.split(',').sort()
  const endless = [...new Set(words.map(([letter = '']) => letter))]
  const turn = endless.flatMap((letter) => whenTyped(5, letter, loop([])))
  const story = assembleStory({ turn, length: 0x1000 })
  const at = 0xf00
  new DataView(story.buffer).setUint16(0x08, at)
  story.set([0, 9, 0, words.length, ...words.flatMap((word) => [...encoded(word), 0, 0, 0])], at)

  it('gives the search up after ten of them', () => {
    const environment = openEnvironment(story)
    const found = environment.validActions()
    expect(found).toMatchObject({ actions: [{ command: 'wait' }], partial: true })
    // What is played then has its time again.
    expect(() => environment.step('dig')).toThrow('never ends its turn')
    expect(environment.step('look').observation.input).toBe('line')
  })
})

/** A dictionary's word of small letters (Standard §3.7). */
function encoded(word: string): readonly number[] {
  const zchars = Array.from({ length: 9 }, (_, i) => (i < word.length ? word.charCodeAt(i) - 97 + 6 : 5))
  return [0, 3, 6].flatMap((i) => {
    const [a = 5, b = 5, c = 5] = zchars.slice(i, i + 3)
    const bits = (i === 6 ? 0x8000 : 0) | (a << 10) | (b << 5) | c
    return [bits >> 8, bits & 0xff]
  })
}
