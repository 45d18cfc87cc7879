import { describe, expect, it, vi } from 'vitest'
import { calibrate } from '../../games/calibration.ts'
import { Machine } from '../../games/machine.ts'
import { ObjectTable } from '../../games/object-table.ts'
import { passKeys } from '../../games/opening-keys.ts'
import { Probe } from '../../games/probe.ts'
import { enter } from '../../games/prompt.ts'
import { type Looked, type Thing, thingsInReach } from '../../games/reach.ts'
import { learnStory, playerOf } from '../../games/story-knowledge.ts'
import { describeWith, packagedStory, storyBytes } from './shared-stories.ts'

describe('what is in reach', () => {
  const story = packagedStory('minizork.z3')
  const first = new Machine(story, 0)
  const calibration = calibrate(first, new ObjectTable(first.vm))
  const { world, nouns } = learnStory(first, calibration, null)

  /** After the commands; things that `lay` names are then put into the room, one before the other. */
  function find(
    commands: readonly string[],
    lay: readonly string[] = [],
    passing: readonly string[] = [],
    told: readonly string[] = [],
  ): { readonly things: readonly Thing[]; readonly texts: readonly string[]; readonly looked: readonly string[] } {
    const machine = new Machine(story, 0)
    const { vm } = machine
    const objects = new ObjectTable(vm)
    for (const command of commands) enter(machine, command)
    const player = playerOf(machine, calibration, objects)
    const ids = Array.from({ length: objects.count }, (_, i) => i + 1)
    const named = (name: string) => ids.find((id) => objects.name(id) === name) ?? 0
    // Closed, so that the bag in it is not seen.
    vm.insert_obj(named('large bag'), named('small mailbox'))
    for (const name of lay) vm.insert_obj(named(name), objects.parent(player))
    const looks: Looked[] = []
    const things = Probe.run(machine, world, (probe) =>
      thingsInReach(probe, { ...nouns, objects }, player, told, new Set(passing), (looked) => looks.push(looked)),
    )
    const looked = looks.filter(({ object }) => object !== 0).map(({ object }) => objects.name(object))
    return { things, texts: looks.map(({ text }) => text), looked }
  }

  const INDOORS = ['north', 'east', 'open window', 'west']
  const LAID = ['brown sack', 'small mailbox', 'jeweled egg']

  it('has the same names in whatever order things lie', () => {
    expect(find(INDOORS, LAID.toReversed())).toEqual(find(INDOORS, LAID))
  })

  it('is found in a moment where a text is one long word', () => {
    const start = process.cpuUsage()
    find(INDOORS, [], [], ['a'.repeat(200_000)])
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000)
  })

  it('goes by its own first word, though the word of a thing that is not seen means it too', () => {
    const phrases = find(INDOORS, LAID).things.map(({ phrase }) => phrase)
    expect(phrases).toContain('sack')
    expect(phrases).not.toContain('bag')
  })

  it('goes by a word that a text tells, though a thing that is not seen has it as well, after many others', () => {
    const { vocabulary } = nouns
    const unseen = ['bag', 'egg', 'fan', 'gem', 'jar', 'path']
    const words = vi.spyOn(vocabulary, 'of').mockImplementation(function (this: typeof vocabulary, id) {
      const own = Object.getPrototypeOf(vocabulary).of.call(vocabulary, id)
      return own.nouns.includes('bag') ? { ...own, nouns: unseen } : own
    })
    expect(find([], [], [], ['A path leads into the forest.']).things.map(({ phrase }) => phrase)).toContain('passage')
    words.mockRestore()
  })

  it('is looked at in the room before on the player: not all that carried things tell of can be asked for', () => {
    const { looked } = find([...INDOORS, 'take sack', 'west'])
    expect(looked.indexOf('sword')).toBeLessThan(looked.indexOf('brown sack'))
  })

  it('is not read out of lines that doing nothing brings as well', () => {
    const colonial = 'The house is a beautiful white colonial. The owners must have been extremely wealthy.'
    expect(find([]).texts.join()).toContain(colonial)
    expect(find([], [], [colonial]).texts.join()).not.toContain(colonial)
  })
})

describeWith(['trinity'], 'what is in reach where the parser clears its direct object', () => {
  it('has things that no one pronoun stands for', () => {
    const machine = new Machine(storyBytes('trinity'), 0)
    passKeys(machine)
    const objects = new ObjectTable(machine.vm)
    const calibration = calibrate(machine, objects)
    const { world, nouns } = learnStory(machine, calibration, null)
    const player = playerOf(machine, calibration, objects)
    const things = Probe.run(machine, world, (probe) => thingsInReach(probe, nouns, player, []))
    expect(things.map(({ phrase }) => phrase)).toEqual(expect.arrayContaining(['wristwatch', 'pigeons', 'tourists']))
  })
})
