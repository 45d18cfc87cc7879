import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  adaptiveChance,
  betaAt,
  isGoingInCircles,
  neighbourValues,
  normalised,
  thresholdAt,
  type ValueRule,
} from '../../harness/jitrl-rule.ts'
import { completed, publishedPresets } from '../../harness/published-presets.ts'
import { baseLogits, tiltedDecision } from '../../harness/tilt.ts'
import { viewOf } from './toy-run.ts'

const paper: ValueRule = completed(publishedPresets.paper)
const authors = completed(publishedPresets.authors)
const seed = completed(publishedPresets.seed)

/** Equal weights unless given. */
function recalled(action: string, total: number, weight = 1) {
  return { action, return: total, weight }
}

const neighbours = [recalled('open door', 4), recalled('open door', 2), recalled('north', 0)]

describe("the paper's rule", () => {
  it('takes V as the mean return and Q as the mean return of the action', () => {
    // V = (4 + 2 + 0) / 3 = 2; Q(open door) = (4 + 2) / 2 = 3, A = 1; Q(north) = 0, A = -2.
    expect(neighbourValues(['open door', 'north'], neighbours, paper, () => 0)).toEqual({
      value: 2,
      actions: [
        { visits: 2, q: 3, advantage: 1 },
        { visits: 1, q: 0, advantage: -2 },
      ],
    })
  })

  it('gives an unseen action V + alpha / |N| when its draw is below lambda', () => {
    // 2 + 5/3, so A = 5/3.
    const { actions } = neighbourValues(['sing'], neighbours, paper, () => 0.6499)
    expect(actions[0]!.q).toBeCloseTo(11 / 3, 12)
    expect(actions[0]!.advantage).toBeCloseTo(5 / 3, 12)
  })

  it('gives it 0 when the draw is not', () => {
    expect(neighbourValues(['sing'], neighbours, paper, () => 0.65).actions).toEqual([
      { visits: 0, q: 0, advantage: -2 },
    ])
  })

  it('makes no advantage of what rounding leaves of equal returns', () => {
    // (.1 + .1 + .1) / 3 is .1 and a bit more than that in floating point.
    const alike = [recalled('dig', 0.1), recalled('dig', 0.1), recalled('wait', 0.1)]
    const { actions } = neighbourValues(['dig', 'wait'], alike, paper, () => 1)
    expect(actions.map(({ advantage }) => advantage)).toEqual([0, 0])
  })

  it('asks for a draw only where an action is unseen', () => {
    const asked: string[] = []
    neighbourValues(['north', 'sing'], neighbours, paper, (action) => asked.push(action))
    expect(asked).toEqual(['sing'])
  })

  it('knows nothing without neighbours', () => {
    for (const rule of [paper, authors, seed]) {
      expect(neighbourValues(['sing'], [], rule, () => 0)).toEqual({
        value: 0,
        actions: [{ visits: 0, q: null, advantage: 0 }],
      })
    }
  })
})

describe("the authors' rule", () => {
  it('takes the mean of the neighbours as baseline as long as no unseen action is a candidate', () => {
    // V = (4 + 2 + 0) / 3 = 2, though the mean of the action means is (3 + 0) / 2 = 1.5.
    expect(neighbourValues(['open door', 'north'], neighbours, authors, () => 1).value).toBe(2)
  })

  it('takes the mean of all Q once there is one', () => {
    // Q = 3, 0 and, without the bonus, 0: V = 1; A = 2, -1, -1.
    const without = neighbourValues(['open door', 'north', 'sing'], neighbours, authors, () => 1)
    expect(without.value).toBe(1)
    expect(without.actions.map(({ advantage }) => advantage)).toEqual([2, -1, -1])
    // With the bonus Q(sing) = 2 + 1/3: V = (3 + 0 + 7/3) / 3 = 16/9; A = 11/9, -16/9, 5/9.
    const withBonus = neighbourValues(['open door', 'north', 'sing'], neighbours, authors, () => 0)
    expect(withBonus.value).toBeCloseTo(16 / 9, 12)
    for (const [index, advantage] of [11 / 9, -16 / 9, 5 / 9].entries())
      expect(withBonus.actions[index]!.advantage).toBeCloseTo(advantage, 12)
  })

  it('explores with 1 / (1 + c), the less the better and the more alike the actions are that two neighbours took', () => {
    // Means 4 (a: 5, 3) and 2 (b: 2, 2); c once is not counted. Mean 3, deviation 1, n = 2:
    // c = (3 / (1 + 1/3))^.65 * max(2/4, 1) = 2.25^.65 = e^(.65 * .81093) = e^.527105 = 1.69402; p = 1 / 2.69402 = .37119.
    const two = [recalled('a', 5), recalled('a', 3), recalled('b', 2), recalled('b', 2), recalled('c', 90)]
    expect(adaptiveChance(two, 0.65)).toBeCloseTo(0.37119, 5)
    // Eight actions of mean 1, all alike: c = 1^.65 * 8/4 = 2; p = 1/3.
    const eight = 'abcdefgh'.split('').flatMap((action) => [recalled(action, 1), recalled(action, 1)])
    expect(adaptiveChance(eight, 0.65)).toBeCloseTo(1 / 3, 12)
  })

  it('explores with at least .05 and at most .8', () => {
    // c = 10000^.65 = 10^2.6 = 398.1; 1 / 399.1 < .05.
    expect(adaptiveChance([recalled('a', 10_000), recalled('a', 10_000)], 0.65)).toBe(0.05)
    // c = .01^.65 = 10^-1.3 = .0501; 1 / 1.0501 = .952 > .8.
    expect(adaptiveChance([recalled('a', 0.01), recalled('a', 0.01)], 0.65)).toBe(0.8)
    // A mean of 0 or less has c = 0, as has nothing taken twice.
    expect(adaptiveChance([recalled('a', -3), recalled('a', 1)], 0.65)).toBe(0.8)
    expect(adaptiveChance([recalled('a', 9)], 0.65)).toBe(0.8)
  })

  it('lets the threshold fall by .1 over 20 turns', () => {
    // .95 - .1 * (turn - 1) / 20.
    expect([1, 11, 21, 60].map((turn) => thresholdAt(turn, authors))).toEqual([
      0.95,
      expect.closeTo(0.9, 12),
      expect.closeTo(0.85, 12),
      expect.closeTo(0.85, 12),
    ])
    expect(thresholdAt(60, completed(publishedPresets.paper))).toBe(0.95)
  })

  it('lets the weight of A rise from 1 to 1.5 over 50 episodes', () => {
    // 1 + .5 * (episode - 1) / 49; episode 15 is two sevenths of the way.
    expect([1, 15, 50, 51].map((episode) => betaAt(episode, authors))).toEqual([1, expect.closeTo(8 / 7, 12), 1.5, 1.5])
    expect(betaAt(50, completed(publishedPresets.paper))).toBe(1)
  })
})

describe("the seed recipe's rule", () => {
  it('gives an unseen action without the bonus no advantage, for or against', () => {
    const { value, actions } = neighbourValues(['open door', 'sing'], neighbours, seed, () => 0.3)
    expect(value).toBe(2)
    expect(actions).toEqual([
      { visits: 2, q: 3, advantage: 1 },
      { visits: 0, q: null, advantage: 0 },
    ])
  })

  it('and with it .1 / |N|', () => {
    // V + .1 / 3 = 2 + 1/30.
    const { actions } = neighbourValues(['sing'], neighbours, seed, () => 0.29)
    expect(actions[0]!.advantage).toBeCloseTo(1 / 30, 12)
  })

  it('weighs every return by its age', () => {
    // V = (1 * 4 + .5 * 1) / 1.5 = 3; Q(wait) = (.5 * 1) / .5 = 1, A = -2; Q(dig) = 4, A = 1.
    const aged = [recalled('dig', 4, 1), recalled('wait', 1, 0.5)]
    expect(neighbourValues(['wait', 'dig'], aged, seed, () => 1)).toEqual({
      value: 3,
      actions: [
        { visits: 1, q: 1, advantage: -2 },
        { visits: 1, q: 4, advantage: 1 },
      ],
    })
  })

  it('sees an action loop: six commands that are one, two or three over and over', () => {
    const circles = (commands: string) => isGoingInCircles(commands.split(' '))
    expect(circles('wait wait wait wait wait wait')).toBe(true)
    expect(circles('look north south north south north south')).toBe(true)
    expect(circles('up down wait up down wait')).toBe(true)
    expect(circles('north south north south north')).toBe(false)
    expect(circles('north south north south north up')).toBe(false)
    expect(circles('a b c d a b c d')).toBe(false)
  })
})

describe('normalisation', () => {
  it('divides by the largest absolute advantage', () => {
    // max |A| = 4.
    expect(normalised([2, -4, 0])).toEqual([0.5, -1, 0])
  })

  it("the authors' way: by the largest positive one, else by the size of the smallest", () => {
    // Largest positive 2; all below: |-4|.
    expect(normalised([2, -4, 1], 'positive')).toEqual([1, -2, 0.5])
    expect(normalised([-1, -4, 0], 'positive')).toEqual([-0.25, -1, 0])
  })

  it("the seed recipe's way: not at all", () => {
    expect(normalised([2, -4], 'none')).toEqual([2, -4])
  })

  it.each(['largest', 'positive', 'none'] as const)('leaves a table of zeros alone (%s)', (how) => {
    expect(normalised([0, 0], how)).toEqual([0, 0])
  })
})

const returns = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 5 })

describe('laws of the rule', () => {
  it.each([
    ['paper', paper],
    ['authors', { ...authors, baseline: 'neighbours' } as const],
    ['seed', seed],
  ])("%s: an action's advantage never falls when its own returns rise", (_, rule) => {
    fc.assert(
      fc.property(returns, returns, fc.integer({ min: 0, max: 20 }), (own, others, rise) => {
        const advantage = (by: number) => {
          const steps = [...own.map((r) => recalled('own', r + by)), ...others.map((r) => recalled('other', r))]
          return neighbourValues(['own'], steps, rule, () => 1).actions[0]!.advantage
        }
        expect(advantage(rise)).toBeGreaterThanOrEqual(advantage(0) - 1e-9)
      }),
    )
  })

  it("so it is with the authors' baseline", () => {
    fc.assert(
      fc.property(
        returns,
        returns,
        fc.integer({ min: 0, max: 20 }),
        fc.double({ max: 0.99, min: 0, noNaN: true }),
        (own, others, rise, uniform) => {
          const advantage = (by: number) => {
            const steps = [...own.map((r) => recalled('own', r + by)), ...others.map((r) => recalled('other', r))]
            return neighbourValues(['own', 'other', 'unseen'], steps, authors, () => uniform).actions[0]!.advantage
          }
          expect(advantage(rise)).toBeGreaterThanOrEqual(advantage(0) - 1e-9)
        },
      ),
    )
  })

  it('invariance: a constant added to all returns changes no choice where unseen actions get A = 0', () => {
    const commands = ['a', 'b', 'c', 'd']
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: -50, max: 50 })), {
      minLength: 1,
      maxLength: 10,
    })
    const unit = { min: 0, max: 1, maxExcluded: true, noNaN: true } as const
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: -1000, max: 1000 }),
        fc.constantFrom('largest', 'positive', 'none'),
        fc.double(unit),
        fc.array(fc.double({ min: -9, max: 0, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.double(unit),
        (taken, constant, how, doubt, priors, draw) => {
          const probabilities = (added: number) => {
            const remembered = taken.map(([action, total]) => recalled(action, total + added))
            const { actions } = neighbourValues(commands, remembered, seed, () => doubt)
            const advantages = normalised(
              actions.map(({ advantage }) => advantage),
              how,
            )
            const estimate = {
              value: 0,
              neighbours: [],
              actions: advantages.map((advantage) => ({ visits: 0, q: null, advantage, evidence: [] })),
            }
            return tiltedDecision(viewOf({ validActions: commands }), baseLogits(priors, 1), estimate, 1, draw)
          }
          const before = probabilities(0)
          for (const [index, { probability }] of probabilities(constant).candidates.entries())
            expect(probability).toBeCloseTo(before.candidates[index]!.probability, 6)
        },
      ),
    )
  })
})
