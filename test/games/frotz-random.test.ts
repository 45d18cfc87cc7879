import { describe, expect, it } from 'vitest'
import { FrotzRandom } from '../../games/frotz-random.ts'

const draws = (random: FrotzRandom, count: number, range = 100) =>
  Array.from({ length: count }, () => random.random(range))

describe('the generator', () => {
  /**
   * Worked by hand, a = 0x015a4e35, state' = a * state + 1 (mod 2^32), number = (state' >> 16) & 0x7fff:
   *   0x00000000 -> 0x00000001: number     0, 100 -> 0 + 1 = 1
   *   0x00000001 -> 0x015a4e36: number   346, 100 -> 46 + 1 = 47
   *   0x015a4e36 -> 0x8082a52f: number   130 (bit 31 of the state is not used), 100 -> 31
   *   0x8082a52f -> 0xaae684bc: number 10982 (0x2ae6), 100 -> 83
   */
  it('goes by the recurrence of Frotz from seed 0', () => {
    expect(draws(new FrotzRandom(0), 4)).toEqual([1, 47, 31, 83])
  })

  it('takes the seed for its first state: seed 1 is seed 0, one draw on', () => {
    expect(draws(new FrotzRandom(1), 3)).toEqual([47, 31, 83])
  })

  it('gives the remainder of the number by the range, from 1', () => {
    // 346 = 57 * 6 + 4; 130 = 21 * 6 + 4; 10982 = 1830 * 6 + 2
    expect(draws(new FrotzRandom(1), 3, 6)).toEqual([5, 5, 3])
    expect(draws(new FrotzRandom(1), 3, 1)).toEqual([1, 1, 1])
    expect(draws(new FrotzRandom(1), 3, 32767)).toEqual([347, 131, 10983])
  })

  it('agrees with whole-number arithmetic over a long run', () => {
    let state = 12n
    const expected = Array.from({ length: 10_000 }, () => {
      state = (0x015a4e35n * state + 1n) % 2n ** 32n
      return Number(((state / 65536n) % 32768n) % 997n) + 1
    })
    expect(draws(new FrotzRandom(12), 10_000, 997)).toEqual(expected)
  })
})

describe('reseeding by the story', () => {
  it('starts the seeded stream again where the story asks for unpredictable numbers', () => {
    const random = new FrotzRandom(1)
    draws(random, 10)
    expect(random.random(0)).toBe(0)
    expect(draws(random, 3)).toEqual([47, 31, 83])
  })

  it('takes a large negative number for a seed', () => {
    const random = new FrotzRandom(7)
    expect(random.random(-1000)).toBe(0)
    expect(draws(random, 50)).toEqual(draws(new FrotzRandom(1000), 50))
  })

  it('counts from 1 with a small negative number, over and over', () => {
    const random = new FrotzRandom(7)
    expect(random.random(-3)).toBe(0)
    expect(draws(random, 7)).toEqual([1, 2, 3, 1, 2, 3, 1])
  })

  it('wraps what it counts at the range asked for', () => {
    const random = new FrotzRandom(7)
    random.random(-5)
    // 0 1 2 3 4, each modulo 2, from 1
    expect(draws(random, 5, 2)).toEqual([1, 2, 1, 2, 1])
  })

  it('stops counting when it is reseeded', () => {
    const random = new FrotzRandom(1)
    random.random(-3)
    random.random(0)
    expect(draws(random, 3)).toEqual([47, 31, 83])
  })
})

describe('saving', () => {
  it('goes on from what was saved, in another generator too', () => {
    const random = new FrotzRandom(12)
    draws(random, 5)
    const saved = random.save()
    const rest = draws(random, 20)
    random.load(saved)
    expect(draws(random, 20)).toEqual(rest)
    const other = new FrotzRandom(99)
    other.load(saved)
    expect(draws(other, 20)).toEqual(rest)
  })

  it('holds where the counting stands', () => {
    const random = new FrotzRandom(12)
    random.random(-4)
    draws(random, 2)
    const other = new FrotzRandom(99)
    other.load(random.save())
    expect(draws(other, 4)).toEqual([3, 4, 1, 2])
  })

  it('holds the seed to which the story may go back', () => {
    const other = new FrotzRandom(99)
    other.load(new FrotzRandom(1).save())
    other.random(0)
    expect(draws(other, 1)).toEqual([47])
  })
})
