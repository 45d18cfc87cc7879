import { beforeAll, describe, expect, it } from 'vitest'
import { Dictionary } from '../../games/dictionary.ts'
import { Machine } from '../../games/machine.ts'
import { ObjectTable } from '../../games/object-table.ts'
import type { Nouns } from '../../games/reach.ts'
import { readGrammar } from '../../games/read-grammar.ts'
import { isAnswer, quotable, sayable } from '../../games/sayings.ts'
import { Vocabulary } from '../../games/vocabulary.ts'
import { describeWith, openShared, packagedStory, readWalkthrough } from './shared-stories.ts'

describe('what a text of minizork gives to say', () => {
  let nouns: Nouns
  beforeAll(() => {
    const { vm } = new Machine(packagedStory('minizork.z3'), 0)
    const dictionary = new Dictionary(vm)
    const grammar = readGrammar(vm, dictionary)
    const objects = new ObjectTable(vm)
    nouns = {
      dictionary,
      grammar,
      objects,
      vocabulary: new Vocabulary(vm, objects, dictionary, grammar),
      scenery: new Map(),
      directObject: null,
    }
  })

  it('is what is said or quoted in it', () => {
    expect(sayable(nouns, 'The lamp is lit. "Beware of the troll!" says a voice.')).toEqual(['troll'])
  })

  it('is yes and no to a question, so far as the story knows the words', () => {
    const known = ['yes', 'no'].filter((word) => nouns.dictionary.find(word))
    expect(sayable(nouns, 'Would you like to go on?').filter(isAnswer)).toEqual(known)
    expect(sayable(nouns, 'The road goes on.').filter(isAnswer)).toEqual([])
  })

  it('is any noun where a question is quoted, for no text holds the answer of a riddle', () => {
    const riddle = 'It is written: "What cuts\nand never bleeds?"'
    expect(quotable(nouns, [], ['A bare room.', riddle])).toContain('sword')
    expect(quotable(nouns, ['troll'], ['Will you "come"? No.'])).toEqual(['troll'])
  })

  it('is found in a moment in a text of nothing but quotation marks that open', () => {
    const start = process.cpuUsage()
    expect(quotable(nouns, [], ['\u201c'.repeat(200_000)])).toEqual([])
    expect(process.cpuUsage(start).user).toBeLessThan(500_000)
  })
})

/** Where the walkthrough goes on so. */
const STATES = [
  ['905', 'yes', 'yes', 'a question is answered'],
  ['enchanter', 'LOOK UNDER LILY PAD', 'look under pad', 'to look is to do something to things'],
  ['enchanter', 'NE', 'ne', 'directions go by the words that the story has'],
  ['zork2', 'ANSWER "A WELL"', 'say "well"', 'a riddle is answered'],
  ['zork2', 'TIE WIRE TO HOOK', 'tie wire to hook', 'of many things each is tied to each'],
  ['balances', 'give ticket 2306 to barker', 'give ticket 2306 to barker', 'a thing is named with its number'],
] as const

describeWith(
  STATES.map(([game]) => game),
  'the valid actions',
  () => {
    it.each(STATES)('of %s, before %s, hold %s: %s', (game, next, command) => {
      const environment = openShared(game)
      const { commands } = readWalkthrough(game)
      for (const before of commands.slice(0, commands.indexOf(next))) environment.step(before)
      expect(environment.validActions().actions.map((action) => action.command)).toContain(command)
    })
  },
)

describeWith(['zork2'], 'somebody who obeys', () => {
  it('may be told what to do', () => {
    const environment = openShared('zork2')
    const { commands } = readWalkthrough('zork2')
    for (const before of commands.slice(0, commands.indexOf('ROBOT, LIFT CAGE') - 4)) environment.step(before)
    const found = environment.validActions().actions.map(({ command }) => command)
    expect(found).toEqual(expect.arrayContaining(['robot, east', 'robot, southeast']))
  })
})
