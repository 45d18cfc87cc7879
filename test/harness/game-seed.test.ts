import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gameSeedOf } from '../../harness/game-seed.ts'
import { toyStory } from './toy-environment.ts'

const other = { ...toyStory, sha256: '1'.repeat(64) }

describe('the seed of the story’s own random numbers', () => {
  it('is the given one in every episode, 0 included', () => {
    const at = (episode: number) =>
      gameSeedOf({ gameSeed: { type: 'fixed', seed: 0 }, seed: 1, story: toyStory }, episode)
    expect([at(1), at(2)]).toEqual([0, 0])
  })

  it('is another one in each episode and for each run, whatever the story', () => {
    const at = (seed: number, episode: number, story = toyStory) =>
      gameSeedOf({ gameSeed: { type: 'per-episode' }, seed, story }, episode)
    expect(new Set([at(1, 1), at(1, 2), at(2, 1), at(2, 2)]).size).toBe(4)
    expect(at(1, 1, other)).toBe(at(1, 1))
  })

  it('is the story’s, whoever plays it and when', () => {
    const at = (seed: number, episode: number, story = toyStory) =>
      gameSeedOf({ gameSeed: { type: 'story' }, seed, story }, episode)
    expect(at(2, 7)).toBe(at(1, 1))
    expect(at(1, 1, other)).not.toBe(at(1, 1))
  })

  it('is a positive 31-bit integer where it is drawn', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1 }),
        fc.constantFrom('per-episode', 'story'),
        (seed, episode, type) => {
          const drawn = gameSeedOf({ gameSeed: { type }, seed, story: toyStory }, episode)
          expect(Number.isInteger(drawn) && drawn >= 1 && drawn < 2 ** 31).toBe(true)
        },
      ),
    )
  })
})
