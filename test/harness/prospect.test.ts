import { describe, expect, it } from 'vitest'
import { bestValue } from '../../harness/loans.ts'
import {
  addPoints,
  addProspect,
  addSources,
  firstGain,
  losses,
  noProspect,
  valueWithin,
} from '../../harness/prospect.ts'
import type { Edge } from '../../harness/situation-node.ts'

const gamma = 0.5
const plenty = 100

function prospect(...sources: readonly (readonly [source: number, points: number, steps: number])[]) {
  const all = noProspect()
  for (const [source, points, steps] of sources) {
    const one = noProspect()
    addPoints(one, source, points)
    for (let later = 1; later < steps; later++) {
      const before = noProspect()
      addProspect(before, one, 1, 1)
      Object.assign(one, before)
    }
    addProspect(all, one, 1, 0)
  }
  return all
}

describe('a prospect', () => {
  it('is worth its points, discounted by the steps to them', () => {
    // 8 now, 4 in the third step: 8 + 0.25 * 4.
    expect(valueWithin(prospect([firstGain, 8, 1], [firstGain + 1, 4, 3]), plenty, gamma)).toBe(9)
  })

  it('counts losses', () => {
    // 8 in the second step, for -2 now: 0.5 * 8 - 2.
    expect(valueWithin(prospect([losses, -2, 1], [firstGain, 8, 2]), plenty, gamma)).toBe(2)
  })

  it('fades where its points come in the last steps of the time, and is nothing beyond it', () => {
    // 8 in the fifth step, 0.5^4 * 8 = 0.5. Seven steps leave three chances, six two of three, five one.
    const late = prospect([firstGain, 8, 5])
    expect([7, 6, 5, 4].map((steps) => valueWithin(late, steps, gamma))).toEqual([
      0.5,
      expect.closeTo(1 / 3, 12),
      expect.closeTo(1 / 6, 12),
      0,
    ])
  })

  it('comes a step later and by its weight from a successor, at the mean of the times', () => {
    // 8 in the second step with 1/2, 8 in the fourth with 1/2: 8, at step 3.
    const mixed = noProspect()
    addProspect(mixed, prospect([firstGain, 8, 1]), 0.5, 1)
    addProspect(mixed, prospect([firstGain, 8, 3]), 0.5, 1)
    expect(valueWithin(mixed, plenty, gamma)).toBe(2)
  })

  it('loses what was earned, and nothing else', () => {
    const both = prospect([firstGain, 8, 1], [firstGain + 1, 4, 1])
    expect(valueWithin(both, plenty, gamma, new Set([firstGain]))).toBe(4)
    const left = noProspect()
    addProspect(left, both, 1, 0, new Set([firstGain]))
    expect(valueWithin(left, plenty, gamma)).toBe(4)
  })

  it('takes single gains from another one, a step later', () => {
    // 2 now; of the other one's gains the 8 of its first step, by a half: 4 in the second step, 0.5 * 4.
    const mixed = prospect([firstGain, 2, 1])
    addSources(mixed, prospect([firstGain + 1, 8, 1], [firstGain + 2, 100, 1]), 0.5, [firstGain + 1, firstGain + 9])
    expect(valueWithin(mixed, plenty, gamma)).toBe(4)
  })

  it('is less by what is doubted of its gains, in the value and where it is added to another', () => {
    // Gains of 8 and 2 in the first step, a quarter of the 8 doubted: 6 + 2. Halved: 3 + 1.
    const doubts = [{ gain: firstGain, share: 0.25 }]
    const plan = prospect([firstGain, 8, 1], [firstGain + 1, 2, 1])
    expect(valueWithin(plan, plenty, gamma, new Set(), doubts)).toBe(8)
    const half = noProspect()
    addProspect(half, plan, 0.5, 0, new Set(), doubts)
    expect(valueWithin(half, plenty, gamma)).toBe(4)
    expect(valueWithin(plan, plenty, gamma, new Set([firstGain]), doubts)).toBe(2)
  })

  it('is scaled in its points, not in its times', () => {
    const half = noProspect()
    addProspect(half, prospect([firstGain, 8, 3]), 0.5, 0)
    expect(valueWithin(half, plenty, gamma)).toBe(1)
  })
})

it('the best of several plans depends on the time', () => {
  const plans = [prospect([firstGain, 100, 5]), prospect([firstGain, 2, 1])]
  const edge: Edge = {
    ...{ visits: 1, count: 1, trust: 1, witnesses: [], values: [], hopes: [], plans, latest: [] },
    ...{ worths: [], gained: noProspect(), successors: new Map(), changed: 0 },
  }
  const seen = { ...edge, witnesses: [{ edge, share: 1, had: [], toCome: [] }] }
  const here = { bases: [], isKeeping: false, doubts: [] }
  expect(bestValue(seen, here, plenty, gamma, new Set())).toBe(6.25)
  expect(bestValue(seen, here, 3, gamma, new Set())).toBe(2)
})
