import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Environment, ValidActions } from '../../games/environment.ts'
import { openEnvironment, type ZMachineEnvironment } from '../../games/z-machine-environment.ts'
import { assembleStory, opcode, RESULT, say } from './assembled-story.ts'
import { describeWith, openShared, packagedStory, readWalkthrough } from './shared-stories.ts'

const NEVER = ['look', 'l', 'inventory', 'i', 'again', 'g', 'save', 'restore', 'restart', 'quit', 'undo', 'score']

/** Orders that do several things at once are not among the valid actions. */
const COMPOUND = /\b(?:all|everything|and|then)\b|[.,]/i

interface Visited {
  readonly command: string
  /** Whether Jericho saw the command change the world. */
  readonly changesWorld: boolean
  readonly actions: ValidActions
  readonly untouched: boolean
  /** Hashes after the command of the walkthrough, and after each of the actions. */
  readonly next: string
  readonly effects: readonly string[]
}

/** The states along the beginning of a walkthrough, with everything that is asserted about them. */
function visit(game: string, steps: number): readonly Visited[] {
  const environment = openShared(game)
  const { commands, worldChanged } = readWalkthrough(game)
  return commands.slice(0, steps).map((command, step) => {
    const before = environment.snapshot()
    const hash = environment.worldHash()
    const actions = environment.validActions()
    const untouched = isDeepStrictEqual(environment.snapshot(), before) && environment.worldHash() === hash
    const hashAfter = (other: string) => {
      environment.restore(before)
      environment.step(other)
      return environment.worldHash()
    }
    const effects = actions.actions.map((action) => hashAfter(action.command))
    return { command, changesWorld: worldChanged[step] ?? false, actions, untouched, effects, next: hashAfter(command) }
  })
}

const commandsOf = ({ actions }: ValidActions) => actions.map(({ command }) => command)

const GAMES = [
  ['zork1', 25],
  ['detective', 25],
  ['library', 7],
  ['pentari', 10],
] as const

describeWith(
  GAMES.map(([game]) => game),
  'along a walkthrough',
  () => {
    describe.each(GAMES)('of %s', (game, steps) => {
      let visited: readonly Visited[]
      beforeAll(() => {
        visited = visit(game, steps)
      }, 60_000)

      it('what the next command does is among the effects', () => {
        const missed = visited.flatMap(({ command, changesWorld, next, effects }, step) =>
          changesWorld && !COMPOUND.test(command) && !effects.includes(next) ? `${step} ${command}` : [],
        )
        expect(missed).toEqual([])
      })

      it('searching leaves the state untouched: memory, stack, random numbers, what can be undone', () => {
        expect(visited.flatMap(({ untouched }, step) => (untouched ? [] : step))).toEqual([])
      })

      it('no two of them come to the same', () => {
        for (const { actions, effects } of visited) {
          const commands = commandsOf(actions)
          const twins = commands.filter((_, i) => effects.indexOf(effects[i] ?? '') !== i)
          expect(twins).toEqual([])
        }
      })

      it('the commands are sorted, each once', () => {
        for (const { actions } of visited) {
          const sorted = [...new Set(commandsOf(actions))].sort((a, b) => (a < b ? -1 : 1))
          expect(commandsOf(actions)).toEqual(sorted)
        }
      })

      it('waiting is always among them, and what does nothing never is', () => {
        for (const { actions } of visited) {
          expect(commandsOf(actions)).toContain('wait')
          expect(commandsOf(actions).filter((command) => NEVER.includes(command))).toEqual([])
        }
      })

      it('each is named among its equivalents', () => {
        for (const { actions } of visited) {
          for (const { command, equivalents } of actions.actions) expect(equivalents).toContain(command)
        }
      })

      it('another environment finds the same, whatever it has done before', () => {
        const other = openShared(game)
        for (const [step, { command, actions }] of visited.entries()) {
          if (step % 8 === 6) expect(other.validActions()).toEqual(actions)
          other.step(command)
        }
      })
    })
  },
)

describeWith(['zork1'], 'in the dark of zork1', () => {
  it('a number that only the parser notes is no effect, though there is but one thing to speak of', () => {
    const environment = openShared('zork1')
    const way = 'north,east,open window,west,take bottle,west,push carpet,open trap door,down,throw bottle at grue'
    for (const command of way.split(',')) environment.step(command)
    expect(commandsOf(environment.validActions())).toEqual(['close door', 'east', 'north', 'south', 'wait'])
  })
})

describeWith(['library'], 'in the stacks of library', () => {
  it('a way that only leads back, and takes so long that an hour is over meanwhile, is no effect', () => {
    const environment = openShared('library')
    for (const command of ['west', 'north', 'up', 'give fish to grue', 'south']) environment.step(command)
    for (let hour = 0; hour < 6; hour++) {
      expect(commandsOf(environment.validActions())).not.toContain('west')
      for (let turn = 0; turn < 10; turn++) environment.step('wait')
    }
  })
})

describe('minizork', () => {
  let environment: ZMachineEnvironment
  beforeAll(() => {
    environment = openEnvironment(packagedStory('minizork.z3'))
  })
  const having = (...commands: readonly string[]): Environment => {
    environment.reset({ seed: 1 })
    for (const command of commands) environment.step(command)
    return environment
  }
  const action = (found: ValidActions, command: string) => found.actions.find((one) => one.command === command)

  it('can be walked about in, and its mailbox opened', () => {
    const found = having().validActions()
    expect(commandsOf(found)).toEqual(expect.arrayContaining(['north', 'south', 'open mailbox', 'wait']))
    expect(action(found, 'open mailbox')?.effect).toMatchObject({ reward: 0, terminated: false })
    expect(action(found, 'open mailbox')?.effect.changed.join()).toContain('mailbox')
  })

  it('counts what was tried', () => {
    const found = having().validActions()
    expect(found.tried).toBeGreaterThanOrEqual(found.actions.length)
  })

  it('are cut short by a budget of candidates, which is said, the most promising found first', () => {
    const all = having('open mailbox').validActions()
    const some = environment.validActions({ budget: 40 })
    expect([all.partial, some.partial]).toEqual([false, true])
    expect(some.tried).toBeLessThan(all.tried)
    expect(commandsOf(some)).toEqual(expect.arrayContaining(['north', 'south', 'take leaflet', 'wait']))
    expect(environment.validActions({ budget: 40 })).toEqual(some)
    expect(environment.validActions({ budget: 1_000_000 })).toEqual(all)
  })

  it('are told with what they change, and not with what the clock does', () => {
    expect(action(having().validActions(), 'open mailbox')?.effect.changed).toEqual(['small mailbox'])
  })

  it('are told with what they move', () => {
    expect(action(having().validActions(), 'open mailbox')?.effect.moved).toEqual([])
    expect(action(having('open mailbox').validActions(), 'take leaflet')?.effect.moved).toEqual(['leaflet'])
  })

  it('goes by what is there now', () => {
    expect(commandsOf(having().validActions()).join()).not.toContain('leaflet')
    expect(commandsOf(having('open mailbox').validActions())).toEqual(
      expect.arrayContaining(['close mailbox', 'take leaflet']),
    )
  })

  it('tells what an action would open, and what it would light', () => {
    const opening = action(having().validActions(), 'open mailbox')?.effect
    expect(opening).toMatchObject({ opened: ['small mailbox'], lit: [] })
    const way = ['north', 'east', 'open window', 'west', 'west', 'take lantern']
    const lighting = action(having(...way).validActions(), 'turn on lantern')?.effect
    expect(lighting).toMatchObject({ opened: [], lit: ['brass lantern'] })
    const closing = action(having('open mailbox').validActions(), 'close mailbox')?.effect
    expect(closing).toMatchObject({ changed: ['small mailbox'], opened: [] })
  })

  it('tells what an action would earn', () => {
    expect(action(having('north', 'east', 'open window').validActions(), 'west')?.effect.reward).toBe(10)
  })

  it('does not depend on the random numbers to come', () => {
    const found = having('north').validActions()
    environment.reset({ seed: 99 })
    environment.step('north')
    expect(commandsOf(environment.validActions())).toEqual(commandsOf(found))
  })

  it('goes on afterwards as if nobody had looked, with the same random numbers', () => {
    const commands = ['north', 'east', 'open window', 'west', 'take all']
    const play = (search: boolean) => {
      having()
      return commands.map((command) => {
        if (search) environment.validActions()
        return [environment.step(command), environment.worldHash(), environment.snapshot()]
      })
    }
    expect(isDeepStrictEqual(play(true), play(false))).toBe(true)
  })
})

describe('advent.z3, made by another compiler', () => {
  it('has its things found though none lies where it begins', () => {
    const environment = openEnvironment(packagedStory('advent.z3'))
    for (const command of ['no', 'east']) environment.step(command)
    expect(commandsOf(environment.validActions())).toEqual(
      expect.arrayContaining(['take keys', 'take lantern', 'turn on lantern', 'west', 'xyzzy']),
    )
  })
})

describe('minizork.z3, whose parser notes in globals what it does not see', () => {
  it('has no action that is answered so', () => {
    const commands = commandsOf(openEnvironment(packagedStory('minizork.z3')).validActions())
    expect(commands.filter((command) => command.startsWith('read forest'))).toEqual([])
  })
})

describe('a turn after a search', () => {
  it("draws the story's own random numbers", () => {
    const environment = openEnvironment(assembleStory({ turn: [...opcode.random(100), ...say(RESULT)] }))
    environment.reset({ seed: 1 })
    environment.validActions()
    // The first number of seed 1, worked in frotz-random.test.ts.
    expect(environment.step('roll').observation.text).toBe('47')
  })

  it('can be undone', () => {
    const environment = openEnvironment(packagedStory('advent.z5'))
    environment.validActions()
    expect(environment.step('east').observation.location).toBe('Inside Building')
    expect(environment.step('undo').observation.location).toBe('At End Of Road')
  })
})

describe('where there is nothing to find', () => {
  it('only waiting is left', () => {
    expect(commandsOf(openEnvironment(assembleStory({})).validActions())).toEqual(['wait'])
  })
})
