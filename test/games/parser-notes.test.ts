import { expect, it } from 'vitest'
import { openEnvironment } from '../../games/z-machine-environment.ts'
import { packagedStory } from './shared-stories.ts'

it('what the parser notes of a command, of things that are nowhere near the opening too, is no part of the world', () => {
  const environment = openEnvironment(packagedStory('minizork.z3'))
  const after = (commands: readonly string[]) => {
    environment.reset({ seed: 1 })
    for (const command of commands) environment.step(command)
    return environment.worldHash()
  }
  const there = ['north', 'north', 'up']
  expect(after([...there, 'examine nest'])).toBe(after([...there, 'examine tree']))
  expect(after([...there, 'examine egg'])).toBe(after([...there, 'examine tree']))
})
