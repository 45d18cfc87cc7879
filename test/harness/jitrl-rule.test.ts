import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neighbourValues, normalised } from '../../harness/jitrl-rule.ts'

const constants = { lambda: 0.65, alpha: 5 }
const neighbours = [
  { action: 'open door', return: 4 },
  { action: 'open door', return: 2 },
  { action: 'north', return: 0 },
]

describe("the paper's rule", () => {
  it('takes V as the mean return and Q as the mean return of the action', () => {
    // V = (4 + 2 + 0) / 3 = 2; Q(open door) = (4 + 2) / 2 = 3, A = 1; Q(north) = 0, A = -2.
    expect(neighbourValues(['open door', 'north'], neighbours, constants, () => 0)).toEqual({
      value: 2,
      actions: [
        { visits: 2, q: 3, advantage: 1 },
        { visits: 1, q: 0, advantage: -2 },
      ],
    })
  })

  it('gives an unseen action V + alpha / |N| when its draw is below lambda', () => {
    // 2 + 5/3, so A = 5/3.
    const { actions } = neighbourValues(['sing'], neighbours, constants, () => 0.6499)
    expect(actions[0]!.q).toBeCloseTo(11 / 3, 12)
    expect(actions[0]!.advantage).toBeCloseTo(5 / 3, 12)
  })

  it('gives it 0 when the draw is not', () => {
    expect(neighbourValues(['sing'], neighbours, constants, () => 0.65).actions).toEqual([
      { visits: 0, q: 0, advantage: -2 },
    ])
  })

  it('asks for a draw only where an action is unseen', () => {
    const asked: string[] = []
    neighbourValues(['north', 'sing'], neighbours, constants, (action) => asked.push(action))
    expect(asked).toEqual(['sing'])
  })

  it('knows nothing without neighbours', () => {
    expect(neighbourValues(['sing'], [], constants, () => 0)).toEqual({
      value: 0,
      actions: [{ visits: 0, q: null, advantage: 0 }],
    })
  })

  it("never lowers an action's advantage when its own returns rise", () => {
    const returns = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(returns, returns, fc.integer({ min: 0, max: 20 }), (own, others, rise) => {
        const advantage = (by: number) => {
          const recalled = [
            ...own.map((value) => ({ action: 'own', return: value + by })),
            ...others.map((value) => ({ action: 'other', return: value })),
          ]
          return neighbourValues(['own'], recalled, constants, () => 1).actions[0]!.advantage
        }
        expect(advantage(rise)).toBeGreaterThanOrEqual(advantage(0) - 1e-9)
      }),
    )
  })
})

describe('normalisation', () => {
  it('divides by the largest absolute advantage', () => {
    // max |A| = 4.
    expect(normalised([2, -4, 0])).toEqual([0.5, -1, 0])
  })

  it('leaves a table of zeros alone', () => {
    expect(normalised([0, 0])).toEqual([0, 0])
  })
})
