import { describe, expect, it } from 'vitest'
import { isVictory, readEnding } from '../../games/ending.ts'
import { withoutPrompt } from '../../games/prompt.ts'

const GOES_ON = { terminated: false, victory: false, told: false }
const WON = { terminated: true, victory: true, told: true }
/** Over, and how is for the score to tell. */
const UNTOLD = { terminated: true, victory: null, told: true }
const LOST = { terminated: true, victory: false, told: true }
/** Over, and not even that is said. */
const STOPPED = { terminated: true, victory: null, told: false }

describe('the starred line', () => {
  it.each([
    ['*** You have won ***', WON],
    ['    *** You have won... for now ***', WON],
    ['*** You killed the dragon, and won ***', WON],
    ['*** You have cheated death, and won ***', WON],
    ['*** VICTORY! You have triumphed ***', GOES_ON],
    ['*** You have died ***', LOST],
    ['    ****  You have died  ****', LOST],
    ['***** You have died *****', LOST],
    ['*** You are dead ***', LOST],
    ['*** You are a dead duck ***', LOST],
    ['*** You have killed yourself ***', LOST],
    ['*** You have been killed by an orc ***', LOST],
    ['*** You have failed to win ***', LOST],
    ['*** You have not won ***', LOST],
    ["*** You didn't quite win ***", LOST],
    ['*** You have lost ***', LOST],
    ['*** You have lost the game ***', LOST],
    ['*** You have missed the point ***', LOST],
    ['*** Game over: you were arrested ***', LOST],
    ['*** You have defeated the lost king ***', GOES_ON],
    ['***GAME OVER***', GOES_ON],
    ['*** The End ***', GOES_ON],
    ['*** The end of the corridor ***', GOES_ON],
    ['*** Chapter Two ***', GOES_ON],
    ['*** You feel lucky ***', GOES_ON],
    ['*** The dwarf is dead ***', GOES_ON],
  ])('%s, and the story takes commands', (line, ending) => {
    expect(readEnding(`Something happens.\n\n${line}\n\nTime passes.`, 'at its prompt')).toEqual(ending)
  })

  it.each([
    ['***GAME OVER***', UNTOLD],
    ['*** The End ***', UNTOLD],
    ['***** THE END *****', UNTOLD],
    ['*** The end of the corridor ***', GOES_ON],
    ['*** You have defeated the lost king ***', GOES_ON],
    ['*** Chapter Two ***', GOES_ON],
  ])('%s, and the story asks for something else', (line, ending) => {
    expect(readEnding(`Something happens.\n\n${line}\n\nAmusing things to do?`, 'asking')).toEqual(ending)
  })

  it('must stand alone', () => {
    expect(readEnding('A sign reads *** You have won *** in red.', 'asking')).toEqual(GOES_ON)
    expect(readEnding('** You have won **', 'asking')).toEqual(GOES_ON)
  })

  it('counts wherever it stands among other starred lines', () => {
    const text = '*** Chapter Two ***\n\nYou trip.\n\n*** You have died ***\n'
    expect(readEnding(text, 'at its prompt')).toEqual(LOST)
  })

  it('tells how it ended also where the machine has stopped', () => {
    expect(readEnding('*** You have won ***', 'stopped')).toEqual(WON)
    expect(readEnding('*** Your brave fight is lost ***', 'stopped')).toEqual(LOST)
    expect(readEnding('*** You have left town ***', 'stopped')).toEqual(UNTOLD)
  })
})

describe('without stars', () => {
  const QUESTIONS = [
    'Would you like to RESTART, RESTORE a saved game or QUIT?',
    'Would you like to RESTART, RESTORE a saved game, give the FULL score for that game or QUIT?',
    'Would you like to restart the game from the beginning, restore a saved game position, or end this session?',
    'Do you want to start over, restore a saved position, or end this session of the game?',
    '*** Bert catch fish ***\n\nTime for Bert to RESTART or RESTORE a saved story or UNDO what he did or QUIT.',
    '(Type RESTART, RESTORE, or QUIT):',
    'RESTART, RESTORE, or QUIT?',
    'Another game, your Excellency?',
    'Would you like to play again?',
  ]
  it.each(QUESTIONS)('the last question ends it, but does not tell how: %s', (question) => {
    expect(readEnding(`You fall.\n\n${question}\n> `, 'asking')).toEqual(UNTOLD)
  })

  it.each(QUESTIONS)('a sign that says the same does not: %s', (sign) => {
    expect(readEnding(`The sign says: ${sign}\n>`, 'at its prompt')).toEqual(GOES_ON)
  })

  it('it must be the last thing said', () => {
    const help = `Type RESTART, RESTORE, or QUIT.\n${'There is more to say of how to play. '.repeat(5)}\n[Press a key.]`
    expect(readEnding(help, 'asking')).toEqual(GOES_ON)
  })

  it('a stopped machine ends it, but does not tell how', () => {
    expect(readEnding('', 'stopped')).toEqual(STOPPED)
    expect(readEnding('Thanks for playing!', 'stopped')).toEqual(STOPPED)
  })

  it.each([
    ['You have died.', LOST],
    ['You are dead!', LOST],
    ['You have won!', WON],
    ['The End', UNTOLD],
    ['You lost your hat on the way.', STOPPED],
  ])('a line of its own tells how the stopped machine ended: %s', (line, ending) => {
    expect(readEnding(`The bridge shakes.\n\n${line}\n`, 'stopped')).toEqual(ending)
  })

  it('it tells it before the last question too', () => {
    expect(readEnding('You fall.\n\nYou have died.\n\nRESTART, RESTORE, or QUIT?\n>', 'asking')).toEqual(LOST)
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
    expect(readEnding(text, 'asking')).toEqual(GOES_ON)
  })
})

describe('how it ended', () => {
  it('is for a full score to tell where the text does not', () => {
    expect([isVictory(UNTOLD, 10, 10), isVictory(STOPPED, 10, 10), isVictory(UNTOLD, 9, 10)]).toEqual([
      true,
      true,
      false,
    ])
    expect([isVictory(LOST, 10, 10), isVictory(WON, 9, 10)]).toEqual([false, true])
  })

  it('is well without points, unless the player lost or only quit', () => {
    const endings = [UNTOLD, WON, LOST, STOPPED, GOES_ON]
    expect(endings.map((ending) => isVictory(ending, null, 1))).toEqual([true, true, false, false, false])
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
    expect(readEnding(`***${filling}x${filling}x`, 'asking')).toEqual(GOES_ON)
    expect(readEnding(`Another game?${filling}x`, 'asking')).toEqual(GOES_ON)
    expect(readEnding(`You${filling}died${filling}x`, 'stopped')).toEqual(STOPPED)
    expect(process.cpuUsage(start).user).toBeLessThan(200_000)
  })

  it('ends where it would if it were short', () => {
    const filling = '\n'.repeat(60_000)
    expect(readEnding(`***${filling}You have died  ${filling}***`, 'asking')).toEqual(LOST)
    expect(readEnding(`You fall.${filling}RESTART, RESTORE, or QUIT?`, 'asking').terminated).toBe(true)
    expect(withoutPrompt(`${filling}You fall.${filling}>${filling}`)).toBe('You fall.')
  })
})
