import { describe, expect, it } from 'vitest'
import { directionNumber, directionsOf, fullWord, phraseRank, wordRank } from '../../games/command-words.ts'

describe('a word that the dictionary has cut', () => {
  it.each([
    ['examin', 'examine'],
    ['unlock', 'unlock'],
    ['northe', 'northeast'],
    ['underneat', 'underneath'],
    ['extinguis', 'extinguish'],
    ['disemb', 'disembark'],
  ])('is written out: %s', (cut, full) => {
    expect(fullWord(cut)).toBe(full)
  })

  it.each(['take', 'xyzzy', 'frotz', 'zorkmi', 'openin'])(
    'is left alone where it is none of ours, or not cut: %s',
    (word) => {
      expect(fullWord(word)).toBe(word)
    },
  )

  it('is not taken for the beginning of a longer word where it is short', () => {
    expect(fullWord('ex')).toBe('ex')
    expect(fullWord('exam')).toBe('exam')
  })
})

describe('the directions of a story', () => {
  it('are its words for them, the long ones where it knows them', () => {
    const known = new Set(['north', 'n', 'west', 'ne', 'up', 'u', 'out'])
    expect(directionsOf((word) => known.has(word))).toEqual(['north', 'west', 'ne', 'up', 'out'])
  })

  it('have one place, however they are typed', () => {
    expect(directionNumber('northeast')).toBe(4)
    expect(directionNumber('ne')).toBe(4)
    expect(directionNumber('open door')).toBe(-1)
  })
})

describe('how soon a word comes to mind', () => {
  it.each([
    ['take', 'get'],
    ['examine', 'describe'],
    ['attack', 'murder'],
    ['north', 'take'],
    ['brandish', 'frobnicate'],
  ])('%s before %s', (sooner, later) => {
    expect(wordRank(sooner)).toBeLessThan(wordRank(later))
  })

  it.each([
    ['with', 'using'],
    ['in', 'into'],
    ['on', 'onto'],
    ['under', 'underneath'],
  ])('%s before %s', (sooner, later) => {
    expect(wordRank(sooner)).toBeLessThan(wordRank(later))
  })
})

describe('how soon a form with a preposition comes to mind', () => {
  it.each([
    ['put in', 'drop in'],
    ['turn off', 'put out'],
    ['get on', 'take on'],
    ['throw at', 'drop at'],
    ['frobnicate', 'drop in'],
  ])('%s before %s', (sooner, later) => {
    expect(phraseRank(sooner.split(' '))).toBeLessThan(phraseRank(later.split(' ')))
  })
})
