import { describe, expect, it } from 'vitest'
import { isWhicheverWay } from '../../games/notes-of-many-forms.ts'
import { describeWith, openShared, readWalkthrough } from './shared-stories.ts'

const effect = { reward: 0, terminated: false, changed: [], moved: [], opened: [], lit: [] }
const walk = (command: string, globals: readonly number[] | null) => ({
  ...{ command, globals, effect, form: '<direction>', filled: [], left: globals ?? [], ending: '', salt: 0 },
})

describe('what walks in several directions leave in globals', () => {
  it('is the note of a step that failed', () => {
    expect(isWhicheverWay([walk('north', [7]), walk('exit, south', [7])])).toBe(true)
  })

  it('is none where it is but one direction, or a thing has moved', () => {
    expect(isWhicheverWay([walk('north', [7])])).toBe(false)
    expect(isWhicheverWay([walk('north', null), walk('up', null)])).toBe(false)
  })
})

// Each at the place of the walkthrough where the command is needed; what it does stands in globals alone: a blow that the
// dice of the search miss, walls that the room lists as its scenery, a dial that many commands turn.
const WORLDLY = [
  ['KILL FIGURE WITH SWORD', 'attack figure with sword'],
  ['PRESS SOUTH WALL', 'push south wall'],
  ['TURN DIAL TO 4', 'turn sundial to 4'],
] as const

describeWith(['zork3'], 'the world of zork3', () => {
  it('is told from notes: a fight, walls and a dial', () => {
    const environment = openShared('zork3')
    const { commands } = readWalkthrough('zork3')
    const missing: string[] = []
    let turn = 0
    for (const [next, command] of WORLDLY) {
      const place = commands.indexOf(next)
      for (const before of commands.slice(turn, place)) environment.step(before)
      turn = place
      if (!environment.validActions().actions.some((action) => action.command === command)) missing.push(command)
    }
    expect(missing).toEqual([])
  })
})

// The thief strikes by other dice at whoever speaks of a weapon, with whatever verb.
describeWith(['zork1'], 'a fight in zork1', () => {
  it('is no effect of commands that only name the weapon', () => {
    const environment = openShared('zork1')
    for (const command of readWalkthrough('zork1').commands.slice(0, 260)) environment.step(command)
    const commands = environment.validActions().actions.map(({ command }) => command)
    expect(commands).toContain('attack thief with nasty knife')
    expect(commands.filter((command) => / (?:with|from|at) nasty knife$/.test(command))).toEqual([
      'attack thief with nasty knife',
    ])
  })
})
