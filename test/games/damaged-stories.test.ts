import { expect, it } from 'vitest'
import { openEnvironment } from '../../games/z-machine-environment.ts'
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
