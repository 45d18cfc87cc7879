import { describe, expect, it } from 'vitest'
import { Alternatives } from '../../harness/alternatives.ts'

const [whole, broken, painting] = [1, 2, 3]

describe('two gains of one place', () => {
  it('are doubted behind one another the more, the oftener episodes had one without the other', () => {
    // The whole one in three episodes, the broken one in one, both in none: 1 - 1 / (1 + 1).
    const alternatives = having([whole], [whole], [whole], [broken])
    expect(alternatives.doubtsBehind(new Set([whole]))).toEqual([{ gain: broken, share: 0.5 }])
    expect(alternatives.doubtsBehind(new Set([broken]))).toEqual([{ gain: whole, share: 0.5 }])
  })

  it('are not doubted where episodes had both', () => {
    // Both in two of two: nothing. In one of three and two: 1 - 2 / (2 + 1).
    expect(having([whole, broken], [whole, broken]).doubtsBehind(new Set([whole]))).toEqual([])
    const [doubt] = having([whole, broken], [whole], [whole], [broken]).doubtsBehind(new Set([whole]))
    expect(doubt?.share).toBeCloseTo(1 / 3, 12)
  })
})

it('gains of several places are never doubted', () => {
  expect(having([whole], [whole], [painting], [painting]).doubtsBehind(new Set([whole]))).toEqual([])
})

function having(...episodes: readonly (readonly number[])[]): Alternatives {
  const alternatives = new Alternatives()
  for (const gains of episodes) {
    alternatives.note(gains.map((gain) => [gain, { place: gain === painting ? 'gallery' : 'house' }] as const))
  }
  return alternatives
}
