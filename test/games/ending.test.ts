import { describe, expect, it } from 'vitest'
import { readEnding } from '../../games/ending.ts'
import { withoutPrompt } from '../../games/prompt.ts'

const GOES_ON = { terminated: false, victory: false }
const WON = { terminated: true, victory: true }
/** Over, and how is for the score to tell. */
const UNTOLD = { terminated: true, victory: null }
const LOST = { terminated: true, victory: false }

describe('the starred line', () => {
  it.each([
    ['*** You have won ***', WON],
    ['    *** You have won... for now ***', WON],
    ['*** VICTORY! You have triumphed ***', GOES_ON],
    ['*** You have died ***', LOST],
    ['    ****  You have died  ****', LOST],
    ['*** You are dead ***', LOST],
    ['*** You have failed to win ***', LOST],
    ['*** You have lost ***', LOST],
    ['*** Game over: you were arrested ***', LOST],
    ['***GAME OVER***', UNTOLD],
    ['*** The End ***', UNTOLD],
    ['*** The end of the corridor ***', GOES_ON],
    ['*** Chapter Two ***', GOES_ON],
    ['*** You feel lucky ***', GOES_ON],
    ['*** The dwarf is dead ***', GOES_ON],
  ])('%s', (line, ending) => {
    expect(readEnding(`Something happens.\n\n${line}\n\nTime passes.`, false)).toEqual(ending)
  })

  it('must stand alone', () => {
    expect(readEnding('A sign reads *** You have won *** in red.', false)).toEqual(GOES_ON)
    expect(readEnding('** You have won **', false)).toEqual(GOES_ON)
  })

  it('counts wherever it stands among other starred lines', () => {
    expect(readEnding('*** Chapter Two ***\n\nYou trip.\n\n*** You have died ***\n', false)).toEqual(LOST)
  })

  it('tells how it ended also where the machine has stopped', () => {
    expect(readEnding('*** You have won ***', true)).toEqual(WON)
    expect(readEnding('*** Your brave fight is lost ***', true)).toEqual(LOST)
  })
})

describe('without stars', () => {
  it.each([
    'Would you like to RESTART, RESTORE a saved game or QUIT?',
    'Would you like to RESTART, RESTORE a saved game, give the FULL score for that game or QUIT?',
    'Would you like to restart the game from the beginning, restore a saved game position, or end this session?',
    'Do you want to start over, restore a saved position, or end this session of the game?',
    '*** Bert catch fish ***\n\nTime for Bert to RESTART or RESTORE a saved story or UNDO what he did or QUIT.',
    '(Type RESTART, RESTORE, or QUIT):',
    'RESTART, RESTORE, or QUIT?',
    'Another game, your Excellency?',
    'Would you like to play again?',
  ])('the last question ends it, but does not tell how: %s', (question) => {
    expect(readEnding(`You fall.\n\n${question}\n> `, false)).toEqual({ terminated: true, victory: null })
  })

  it('a stopped machine ends it, but does not tell how', () => {
    expect(readEnding('', true)).toEqual({ terminated: true, victory: null })
  })

  it.each([
    'You have died.',
    'Your score is 10 of a possible 350.',
    'Do you wish to restart? (Y is affirmative):',
    'Failed to restore.',
    'You can restart, restore or quit at any time.',
    'Type SAVE to save, RESTORE to go on later.',
    'The boy asks: "Do you know another game?" and yawns.',
    'You open the box, and see a lamp.',
  ])('it goes on after: %s', (text) => {
    expect(readEnding(text, false)).toEqual(GOES_ON)
  })
})

describe('a long text', () => {
  it.each([
    ['newlines', '\n'],
    ['blanks', ' '],
    ['brackets', '('],
  ])('of %s is read in a moment', (_, unit) => {
    const filling = unit.repeat(60_000)
    const start = process.cpuUsage()
    expect(withoutPrompt(`x${filling}x`)).toBe(`x${filling}x`)
    expect(readEnding(`***${filling}x${filling}x`, false)).toEqual(GOES_ON)
    expect(readEnding(`Another game?${filling}x`, false)).toEqual(GOES_ON)
    expect(process.cpuUsage(start).user).toBeLessThan(200_000)
  })

  it('ends where it would if it were short', () => {
    const filling = '\n'.repeat(60_000)
    expect(readEnding(`***${filling}You have died  ${filling}***`, false)).toEqual(LOST)
    expect(readEnding(`You fall.${filling}RESTART, RESTORE, or QUIT?`, false).terminated).toBe(true)
    expect(withoutPrompt(`${filling}You fall.${filling}>${filling}`)).toBe('You fall.')
  })
})
