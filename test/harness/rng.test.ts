import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../harness/rng.ts'

describe('random streams', () => {
  it('repeat for the same parts', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.string(), (seed, episode, purpose) => {
        expect(draws(seed, episode, purpose)).toEqual(draws(seed, episode, purpose))
      }),
    )
  })

  it('differ as soon as one part differs, in value, type or position', () => {
    const streams = [
      [0, 1, 'policy'],
      [1, 1, 'policy'],
      [0, 2, 'policy'],
      [0, 1, 'unseen'],
      [0, '1', 'policy'],
      [0, 1, 'policy', ''],
      ['0,1', 'policy'],
    ]
    const firsts = streams.map((parts) => draws(...parts)[0])
    expect(new Set(firsts).size).toBe(streams.length)
  })

  it('are uniform in [0, 1)', () => {
    const stream = randomStream(7, 'uniform')
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 10_000; i++) counts[Math.floor(stream.next() * 10)]!++
    // Each bin: 1,000 expected, standard deviation 30.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})

function draws(...parts: (number | string)[]): readonly number[] {
  const stream = randomStream(...parts)
  return [stream.next(), stream.next(), stream.next()]
}
