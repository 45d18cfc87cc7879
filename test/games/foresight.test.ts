import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openCatalogue } from '../../games/catalogue.ts'
import { type Batch, type Foresight as Source, takeLast } from '../../games/foresight.ts'
import type { openEnvironment, ZMachineEnvironment } from '../../games/z-machine-environment.ts'
import { describeWith, readWalkthrough, storyBytes } from './shared-stories.ts'

/** Threads load what was built. */
const built = (name: string) => import(pathToFileURL(resolve(import.meta.dirname, '../../dist/games', name)).href)

const batch = (...commands: string[]): Batch => ({
  commands,
  board: new Int32Array(new SharedArrayBuffer((2 + commands.length) * 4)),
})

it('threads take the last commands that nobody has taken, and none of a batch that is closed', () => {
  const some = batch('north', 'south', 'east')
  expect(takeLast(some)).toEqual(['east', 'south'])
  expect(takeLast(some)).toEqual(['north'])
  expect(takeLast(some)).toEqual([])
  const closed = batch('north')
  closed.board[1] = 1
  expect(takeLast(closed)).toEqual([])
})

describe('the valid actions of a state that several threads search', () => {
  let open: typeof openEnvironment
  const opened: ZMachineEnvironment[] = []
  const having = (bytes: Uint8Array, seed: number, ...commands: string[]) => {
    const environment = open(bytes)
    opened.push(environment)
    environment.reset({ seed })
    for (const command of commands) environment.step(command)
    return environment
  }

  beforeAll(async () => {
    open = (await built('z-machine-environment.js')).openEnvironment
  })

  afterAll(() => Promise.all(opened.map((environment) => environment.close())))

  const { bytes } = openCatalogue({ env: {}, cwd: '/' }).resolve('minizork')

  it('are those that one finds, whoever has played what', () => {
    const environment = having(bytes, 1, 'north', 'east', 'open window', 'west', 'take all')
    const alone = environment.validActions()
    for (let round = 0; round < 5; round++) expect(environment.validActions({ jobs: 3 })).toEqual(alone)
    expect(environment.validActions({ jobs: 2 })).toEqual(alone)
  })

  it('are cut short alike by a budget', () => {
    const environment = having(bytes, 1, 'open mailbox')
    expect(environment.validActions({ budget: 40, jobs: 2 })).toEqual(environment.validActions({ budget: 40 }))
  })

  it('go on from where the story is then', () => {
    const environment = having(bytes, 1)
    environment.validActions({ jobs: 2 })
    environment.step('open mailbox')
    expect(environment.validActions({ jobs: 2 })).toEqual(environment.validActions())
  })

  it('can be searched again after the threads were ended', async () => {
    const environment = having(bytes, 1)
    const found = environment.validActions({ jobs: 2 })
    await environment.close()
    expect(environment.validActions({ jobs: 2 })).toEqual(found)
  })

  describeWith(['zork1', 'trinity'], 'also where dice fall and much is in reach', () => {
    it.each([
      ['zork1', 27],
      ['trinity', 20],
    ])('%s after %i commands', (game, turns) => {
      const { seed, commands } = readWalkthrough(game)
      const environment = having(storyBytes(game), seed, ...commands.slice(0, turns))
      const alone = environment.validActions()
      expect(environment.validActions({ jobs: 2 })).toEqual(alone)
    })
  })
})

it('another thread finds what this one finds', async () => {
  const { Foresight } = (await built('foresight.js')) as { Foresight: typeof Source }
  const { Machine } = await built('machine.js')
  const { ObjectTable } = await built('object-table.js')
  const { calibrate } = await built('calibration.js')
  const { learnStory } = await built('story-knowledge.js')
  const { Probe } = await built('probe.js')
  const { bytes } = openCatalogue({ env: {}, cwd: '/' }).resolve('minizork')
  const machine = new Machine(bytes, 0)
  const calibration = calibrate(machine, new ObjectTable(machine.vm))
  const { learned, world } = learnStory(machine, calibration, null)
  const foresight = new Foresight({ bytes, calibration, learned }, 2)
  try {
    foresight.begin(machine.save(), [])
    foresight.offer(['north', 'open mailbox'])
    // A thread that is still starting takes nothing: offered again until it does.
    const found = await vi.waitFor(() => {
      const foreseen = foresight.outcomeOf('open mailbox')
      if (foreseen) return foreseen
      foresight.offer(['north', 'open mailbox'])
      throw new Error('Nobody has taken it yet.')
    }, 20_000)
    const own = Probe.run(machine, world, (probe: InstanceType<typeof Probe>) => {
      const before = machine.spent
      const outcome = probe.play('open mailbox')
      return { outcome, spent: machine.spent - before }
    })
    expect(found).toEqual(own)
    expect(foresight.outcomeOf('examine mailbox')).toBeUndefined()
  } finally {
    await foresight.close()
  }
})
