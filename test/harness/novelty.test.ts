import { describe, expect, it } from 'vitest'
import { Novelty, type Tries } from '../../harness/novelty.ts'

type Room = Map<string, Tries>

const none = { priorPower: 0, elsewhereShare: 0, verbShare: 0, roomShare: 1, backTries: 0 }

describe('the novelty of a command', () => {
  it('is 1 at first, or the likelihood of its verb to a power', () => {
    expect(noveltyOf(new Novelty(none), 'sing')).toBe(1)
    // Logits -0.5 against a way's 0.8.
    expect(noveltyOf(new Novelty({ ...none, priorPower: 0.5 }), 'sing')).toBeCloseTo(Math.exp(-0.65), 12)
    expect(noveltyOf(new Novelty({ ...none, priorPower: 0.5 }), 'north')).toBe(1)
  })

  it('falls with the tries in the room', () => {
    const novelty = new Novelty(none)
    const room = newRoom()
    for (const _ of [1, 2, 3]) novelty.note(novelty.triesIn(room, 'north'), [])
    expect(noveltyOf(novelty, 'north', room)).toBeCloseTo(1 / 4, 12)
    expect(noveltyOf(novelty, 'north')).toBe(1)
  })

  it('falls less where something is held that was not held then', () => {
    // Three tries, one of them with the lamp, none with the sword: 1 + 0.5 * 3 + 0.5 * 1, or + 0.5 * 0.
    const novelty = new Novelty({ ...none, roomShare: 0.5 })
    const room = newRoom()
    novelty.note(novelty.triesIn(room, 'north'), ['has:lamp'])
    for (const _ of [1, 2]) novelty.note(novelty.triesIn(room, 'north'), [])
    expect(noveltyOf(novelty, 'north', room, ['has:lamp'])).toBeCloseTo(1 / 3, 12)
    expect(noveltyOf(novelty, 'north', room, ['has:lamp', 'has:sword'])).toBeCloseTo(1 / 2.5, 12)
  })

  it('falls with the other rooms in which it was tried, and with its verb; but a way is new in every room', () => {
    const novelty = new Novelty({ ...none, priorPower: 1, elsewhereShare: 0.5, verbShare: 0.25 })
    for (const room of [newRoom(), newRoom()])
      for (const command of ['sing song', 'north']) novelty.note(novelty.triesIn(room, command), [])
    // Logits -0.5 against a way's 0.8. Two rooms and two tries of the verb, which count the more the less likely it is.
    const worth = Math.exp(-1.3)
    expect(noveltyOf(novelty, 'sing song')).toBeCloseTo(worth / (1 + 0.5 * 2 + 0.25 * (1 - worth) * 2), 12)
    expect(noveltyOf(novelty, 'sing hymn')).toBeCloseTo(worth / (1 + 0.25 * (1 - worth) * 2), 12)
    expect(noveltyOf(novelty, 'north')).toBe(1)
  })

  it('does not fall with the tries of a verb that is as likely as a way: what was never seen before can be taken', () => {
    const novelty = new Novelty({ ...none, priorPower: 1, verbShare: 0.25 })
    for (const command of ['take sack', 'take lamp']) novelty.note(novelty.triesIn(newRoom(), command), [])
    expect(noveltyOf(novelty, 'take coins')).toBe(1)
  })

  it('of a way is that of a tried one where it is thought to lead back', () => {
    const novelty = new Novelty({ ...none, backTries: 2 })
    const room = newRoom()
    for (const way of ['north', 'east']) novelty.triesIn(room, way)
    novelty.noteWayBack(room, 'north')
    expect(noveltyOf(novelty, 'north', room)).toBeCloseTo(1 / 3, 12)
    expect(noveltyOf(novelty, 'east', room)).toBe(1)
    for (const _ of [1, 2, 3]) novelty.note(novelty.triesIn(room, 'north'), [])
    expect(noveltyOf(novelty, 'north', room)).toBeCloseTo(1 / 4, 12)
  })

  it('is that of the newest of several things', () => {
    const novelty = new Novelty({ ...none, elsewhereShare: 0.5 })
    for (const command of ['put egg in sack', 'put egg in nest', 'put lamp in sack'])
      novelty.note(novelty.triesIn(newRoom(), command), [])
    // Put with egg 2, with sack 2, with lamp and nest 1 each, with case never.
    expect(noveltyOf(novelty, 'put egg in sack')).toBeCloseTo(1 / 2, 12)
    expect(noveltyOf(novelty, 'put lamp in nest')).toBeCloseTo(1 / 1.5, 12)
    expect(noveltyOf(novelty, 'put egg in case')).toBe(1)
  })
})

function newRoom(): Room {
  return new Map()
}

function noveltyOf(novelty: Novelty, command: string, room = newRoom(), held: readonly string[] = []): number {
  return novelty.of(novelty.triesIn(room, command), held)
}
