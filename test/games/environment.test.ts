import { beforeEach, describe, expect, it } from 'vitest'
import type { Timestep } from '../../games/environment.ts'
import { openEnvironment, type ZMachineEnvironment } from '../../games/z-machine-environment.ts'
import { assembleStory, loop, opcode, RESULT, say } from './assembled-story.ts'
import { packagedStory } from './shared-stories.ts'

const dice = () => openEnvironment(assembleStory({ turn: [...opcode.random(100), ...say(RESULT)] }))

describe('the seed', () => {
  const firstRoll = (environment: ZMachineEnvironment, options?: { readonly seed: number }) => {
    environment.reset(options)
    return environment.step('roll').observation.text
  }

  // The numbers are worked in frotz-random.test.ts.
  it('seeds the random numbers of the story, and 0 is a seed like any other', () => {
    const environment = dice()
    expect(firstRoll(environment, { seed: 1 })).toBe('47')
    expect(firstRoll(environment, { seed: 0 })).toBe('1')
  })

  it('stays what it was where a reset names none', () => {
    const environment = dice()
    expect(environment.step('roll').observation.text).toBe('1')
    expect(firstRoll(environment, { seed: 1 })).toBe('47')
    expect(firstRoll(environment)).toBe('47')
  })

  it('is all that two environments of a story need to agree', () => {
    const commands = 'north, east, open window, west, take all, attack me, yes, zzyzx, wait, up, down, west'.split(', ')
    const play = (environment: ZMachineEnvironment) => [
      environment.reset({ seed: 7 }),
      ...commands.map((command) => [environment.step(command), environment.worldHash(), environment.world()]),
    ]
    const used = openEnvironment(packagedStory('minizork.z3'))
    used.worldHash()
    const first = play(used)
    expect(play(used)).toEqual(first)
    expect(play(openEnvironment(packagedStory('minizork.z3')))).toEqual(first)
  })
})

describe('minizork', () => {
  let environment: ZMachineEnvironment
  beforeEach(() => {
    environment = openEnvironment(packagedStory('minizork.z3'), { id: 'minizork', title: 'Mini-Zork I' })
  })
  const play = (...commands: string[]): Timestep => {
    let last = environment.reset({ seed: 1 })
    for (const command of commands) last = environment.step(command)
    return last
  }

  it('is known by what its file says', () => {
    expect(environment.story).toMatchObject({ id: 'minizork', title: 'Mini-Zork I', version: 3, release: 34 })
    expect(environment.story).toMatchObject({ serial: '871124', maxScore: 350 })
  })

  it('opens before the white house', () => {
    const { observation, reward, terminated, truncated } = play()
    expect(observation).toMatchObject({ location: 'West of House', inventory: [], score: 0, moves: 0, input: 'line' })
    expect(observation.text).toMatch(/boarded front door/)
    expect({ reward, terminated, truncated }).toEqual({ reward: 0, terminated: false, truncated: false })
  })

  it('gives a text without the prompt after it', () => {
    expect(play('open mailbox').observation.text).toMatch(/leaflet\.$/)
  })

  it('rewards what the score goes up by', () => {
    const last = play('north', 'east', 'open window', 'enter house')
    expect(last.observation).toMatchObject({ location: 'Kitchen', score: 10 })
    expect(last.reward).toBe(10)
    expect(environment.step('look').reward).toBe(0)
  })

  it('names what is carried', () => {
    expect(play('open mailbox', 'take leaflet').observation.inventory).toEqual(['leaflet'])
  })

  it('ends by quitting, without a victory, and stays ended', () => {
    expect(play('quit').terminated).toBe(false)
    const end = environment.step('y')
    expect(end).toMatchObject({ terminated: true, victory: false })
    const again = environment.step('north')
    expect(again.observation).toEqual(end.observation)
    expect(again).toMatchObject({ reward: 0, terminated: true, observation: { input: 'none' } })
    expect(environment.validActions()).toEqual({ actions: [], tried: 0, partial: false })
    expect(play().terminated).toBe(false)
  })

  it('restarts itself when told to', () => {
    expect(play('open mailbox', 'take leaflet', 'restart', 'y').observation.inventory).toEqual([])
    expect(environment.world().location?.name).toBe('West of House')
  })

  it('saves and restores in memory', () => {
    expect(play('open mailbox', 'take leaflet', 'save').observation.text).toMatch(/ok/i)
    environment.step('drop leaflet')
    environment.step('north')
    environment.step('restore')
    expect(environment.step('look').observation).toMatchObject({ location: 'West of House', inventory: ['leaflet'] })
  })

  it('fails to restore where nothing was saved', () => {
    expect(play('restore').observation.text).toMatch(/failed/i)
    expect(environment.step('look').observation.location).toBe('West of House')
  })

  it('forgets what was saved at a reset', () => {
    play('save')
    expect(play('restore').observation.text).toMatch(/failed/i)
  })
})

describe('key prompts', () => {
  it('before the first line are answered with Enter', () => {
    const environment = openEnvironment(
      assembleStory({ opening: [...opcode.readChar(), ...say(RESULT), ...opcode.readChar(), ...say(RESULT)] }),
    )
    expect(environment.reset().observation).toMatchObject({ text: '13\n13', input: 'line' })
  })

  it('are left alone by reset in a story that has nothing else', () => {
    const environment = openEnvironment(assembleStory({ opening: loop(opcode.readChar()) }))
    expect(environment.reset().observation.input).toBe('char')
    expect(environment.validActions().actions.map(({ command }) => command)).toEqual(['wait'])
  })
})
