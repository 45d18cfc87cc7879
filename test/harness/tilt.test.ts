import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../harness/rng.ts'
import { drawIndex, softmax } from '../../harness/softmax.ts'
import { baseLogits, type Estimate, noEstimate, tiltedDecision } from '../../harness/tilt.ts'
import { viewOf } from './toy-run.ts'

const cases = fc
  .array(
    fc.record({
      logProbability: fc.double({ min: -30, max: 0, noNaN: true }),
      advantage: fc.double({ min: -5, max: 5, noNaN: true }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => rows.map((row, index) => ({ ...row, action: `command ${index}` })))
const uniforms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the base policy', () => {
  it('is the softmax of log-probability / temperature', () => {
    // ln 4 and ln 1 at temperature 0.5 weigh 4^2 : 1^2, so 16/17 and 1/17.
    const logits = baseLogits([Math.log(4), Math.log(1)], 0.5)
    expect(Math.exp(logits[0]!)).toBeCloseTo(16 / 17, 12)
    expect(Math.exp(logits[1]!)).toBeCloseTo(1 / 17, 12)
  })
})

describe('softmax', () => {
  it('gives e^x over the sum of e^x', () => {
    // e^ln3 : e^0 is 3 : 1.
    const [a, b] = softmax([Math.log(3), 0])
    expect(a).toBeCloseTo(0.75, 12)
    expect(b).toBeCloseTo(0.25, 12)
  })

  it('bears numbers whose exponentials overflow', () => {
    expect(softmax([1000, 0])).toEqual([1, 0])
  })
})

describe('a draw', () => {
  it('takes the first index whose cumulative probability exceeds the uniform', () => {
    const probabilities = [0.25, 0, 0.5, 0.25]
    expect([0, 0.2499, 0.25, 0.7499, 0.75, 0.9999].map((uniform) => drawIndex(probabilities, uniform))).toEqual([
      0, 0, 2, 2, 3, 3,
    ])
  })

  it('stays inside when rounding leaves the sum below the uniform, and never takes the impossible', () => {
    expect(drawIndex([0.3, 0.3, 0.3999, 0], 0.99995)).toBe(2)
  })
})

describe('the tilt z + beta * A', () => {
  it('moves probability by the ratio e^(beta * difference of A)', () => {
    // pi = (1/2, 1/2), A = (1, 0), beta = ln 3: odds 3 : 1.
    const view = viewOf({ validActions: ['a', 'b'] })
    const decision = tiltedDecision(view, [Math.log(0.5), Math.log(0.5)], estimateOf([1, 0]), Math.log(3), 0.7)
    expect(decision.candidates[0]!.adjusted).toBeCloseTo(Math.log(0.5) + Math.log(3), 12)
    expect(decision.candidates.map(({ probability }) => probability)).toEqual([
      expect.closeTo(0.75, 12),
      expect.closeTo(0.25, 12),
    ])
    expect(decision.chosen).toBe('a')
    expect(decision.staticChoice).toBe('b')
  })

  it('keeps probabilities that sum to 1', () => {
    fc.assert(
      fc.property(cases, uniforms, fc.double({ min: 0, max: 50, noNaN: true }), (rows, uniform, beta) => {
        const { candidates } = decide(rows, beta, uniform)
        expect(sum(candidates.map(({ probability }) => probability))).toBeCloseTo(1, 9)
        expect(sum(candidates.map(({ prior }) => prior))).toBeCloseTo(1, 9)
      }),
    )
  })

  it('with beta 0 is the static policy exactly', () => {
    fc.assert(
      fc.property(cases, uniforms, (rows, uniform) => {
        const tilted = decide(rows, 0, uniform)
        const view = viewOf({ validActions: rows.map(({ action }) => action) })
        const untold = tiltedDecision(view, logitsOf(rows), noEstimate(view.validActions), 0, uniform)
        const numbers = (decision: typeof tilted) => decision.candidates.map((c) => [c.adjusted, c.probability])
        // As the log holds them: JSON has no -0.
        expect(JSON.stringify(numbers(tilted))).toBe(JSON.stringify(numbers(untold)))
        expect(tilted.chosen).toBe(untold.chosen)
        expect(tilted.chosen).toBe(tilted.staticChoice)
      }),
    )
  })

  it('does not care about the order of the candidates', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 20, noNaN: true }), (rows, beta) => {
        const forwards = decide(rows, beta, 0.5).candidates.map(({ probability }) => probability)
        const backwards = decide(rows.toReversed(), beta, 0.5).candidates.map(({ probability }) => probability)
        for (const [index, probability] of backwards.toReversed().entries()) {
          expect(probability).toBeCloseTo(forwards[index]!, 9)
        }
      }),
    )
  })

  it('maximises E[A] - (1/beta) KL: no other distribution does better', () => {
    fc.assert(
      fc.property(
        cases,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }),
        (rows, beta, weights) => {
          const { candidates } = decide(rows, beta, 0.5)
          const total = sum(weights.slice(0, rows.length))
          const rival = rows.map((_, index) => weights[index]! / total)
          const objective = (policy: readonly number[]) =>
            sum(
              policy.map((p, i) =>
                p === 0 ? 0 : p * (rows[i]!.advantage - (Math.log(p) - candidates[i]!.logit) / beta),
              ),
            )
          expect(objective(candidates.map(({ probability }) => probability))).toBeGreaterThanOrEqual(
            objective(rival) - 1e-9,
          )
        },
      ),
    )
  })
})

it('the tilt beats 10,000 random policies on each of five random problems, to within 1e-9', () => {
  const rng = randomStream(1, 'theorem')
  for (let problem = 0; problem < 5; problem++) {
    const size = 2 + Math.floor(rng.next() * 6)
    const beta = 0.1 + 5 * rng.next()
    const rows = Array.from({ length: size }, (_, i) => {
      return { action: `a${i}`, logProbability: -6 * rng.next(), advantage: 2 * rng.next() - 1 }
    })
    const { candidates } = decide(rows, beta, 0.5)
    const objective = (policy: readonly number[]) =>
      policy.reduce((total, p, i) => total + p * (rows[i]!.advantage - (Math.log(p) - candidates[i]!.logit) / beta), 0)
    const best = objective(candidates.map(({ probability }) => probability))
    let rival = -Infinity
    for (let i = 0; i < 10_000; i++) {
      // Normalised exponential draws: uniform over the simplex.
      const weights = rows.map(() => -Math.log(1 - rng.next()) + 1e-300)
      const total = sum(weights)
      rival = Math.max(rival, objective(weights.map((weight) => weight / total)))
    }
    expect(rival).toBeLessThanOrEqual(best + 1e-9)
  }
})

describe("the authors' way to choose", () => {
  const rule = { base: 'probability', choice: 'argmax' } as const
  const tilted = (probabilities: readonly number[], advantages: readonly number[], weight: number, uniform = 0.5) => {
    const view = viewOf({ validActions: probabilities.map((_, index) => `a${index}`) })
    return tiltedDecision(view, probabilities.map(Math.log), estimateOf(advantages), weight, uniform, rule)
  }

  it('adds w * A to the probability itself, and takes the best', () => {
    // .7 + 1.5 * -.2 = .4; .2 + 1.5 * .4 = .8; .1 + 0 = .1.
    const { candidates, chosen, staticChoice } = tilted([0.7, 0.2, 0.1], [-0.2, 0.4, 0], 1.5)
    for (const [index, score] of [0.4, 0.8, 0.1].entries()) expect(candidates[index]!.adjusted).toBeCloseTo(score, 12)
    expect(candidates.map(({ probability }) => probability)).toEqual([0, 1, 0])
    expect([chosen, staticChoice]).toEqual(['a1', 'a0'])
  })

  it('leaves equals to the draw', () => {
    // .25 + .25 = .5 + 0.
    expect(tilted([0.25, 0.5, 0.25], [0.25, 0, -1], 1, 0.4).chosen).toBe('a0')
    const { candidates, chosen } = tilted([0.25, 0.5, 0.25], [0.25, 0, -1], 1, 0.6)
    expect(candidates.map(({ probability }) => probability)).toEqual([0.5, 0.5, 0])
    expect(chosen).toBe('a1')
  })

  it('has probabilities that sum to 1, whatever the numbers', () => {
    fc.assert(
      fc.property(cases, uniforms, fc.double({ min: 0, max: 50, noNaN: true }), (rows, uniform, weight) => {
        const view = viewOf({ validActions: rows.map(({ action }) => action) })
        const estimate = estimateOf(rows.map(({ advantage }) => advantage))
        const { candidates, chosen } = tiltedDecision(view, logitsOf(rows), estimate, weight, uniform, rule)
        expect(sum(candidates.map(({ probability }) => probability))).toBeCloseTo(1, 9)
        const best = Math.max(...candidates.map(({ adjusted }) => adjusted))
        expect(candidates.find(({ action }) => action === chosen)!.adjusted).toBe(best)
      }),
    )
  })
})

interface Row {
  readonly action: string
  readonly logProbability: number
  readonly advantage: number
}

function decide(rows: readonly Row[], beta: number, uniform: number) {
  const view = viewOf({ validActions: rows.map(({ action }) => action) })
  return tiltedDecision(view, logitsOf(rows), estimateOf(rows.map(({ advantage }) => advantage)), beta, uniform)
}

function logitsOf(rows: readonly Row[]): readonly number[] {
  return baseLogits(
    rows.map(({ logProbability }) => logProbability),
    0.8,
  )
}

function estimateOf(advantages: readonly number[]): Estimate {
  const actions = advantages.map((advantage) => ({ visits: 1, q: advantage, advantage, evidence: [] }))
  return { value: 0, actions, neighbours: [] }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
