import { describe, expect, it } from 'vitest'
import type { Decision, Policy, Prior, View } from '../../harness/contracts.ts'
import { createPolicy, policyNames, UnknownPolicyError } from '../../harness/create-policy.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { randomStream } from '../../harness/rng.ts'
import { encodeState } from '../../harness/state-encoder.ts'
import { ArrayStore } from './array-store.ts'
import { collect, toyConfig, toyRun, viewOf } from './toy-run.ts'

const start = { run: 'run', episode: 1, episodes: 5, stepLimit: 10 }

// One suite for every policy: whoever adds one adds its name to `policyNames` and is tested here.
describe.each(policyNames)('the policy %s', (spec) => {
  it('goes by its name and shows its parameters', () => {
    const { info } = policyOf(spec)
    expect(info.name).toBe(spec === 'jitrl:grue' ? 'jitrl' : spec)
    expect(createPolicy(info.name, depsWith(new LexicalPrior())).info).toEqual(info)
  })

  it('gives every valid action a row, in order, with probabilities that sum to 1', async () => {
    const view = viewOf({ validActions: ['drop lamp', 'east', 'north', 'wait'] })
    const decision = await decideFirst(policyOf(spec), view)
    expect(decision.candidates.map(({ action }) => action)).toEqual(view.validActions)
    expect(sum(decision.candidates.map(({ probability }) => probability))).toBeCloseTo(1, 9)
    expect(sum(decision.candidates.map(({ prior }) => prior))).toBeCloseTo(1, 9)
    expect(decision.state).toEqual(view.state)
  })

  it('chooses a valid action, also when there is but one', async () => {
    const decision = await decideFirst(policyOf(spec), viewOf({ validActions: ['wait'] }))
    expect(decision).toMatchObject({ chosen: 'wait', staticChoice: 'wait' })
  })

  it('draws exactly one number a turn, whatever it knows', async () => {
    let draws = 0
    const rng = {
      next() {
        draws++
        return 0.5
      },
    }
    const policy = policyOf(spec)
    policy.begin(start)
    for (const turn of [1, 2, 3]) await policy.decide(viewOf({ turn }), rng)
    expect(draws).toBe(3)
  })

  it('decides the same twice when nothing was learnt in between', async () => {
    const policy = policyOf(spec)
    policy.begin(start)
    const view = viewOf({ validActions: ['a', 'b', 'c'] })
    expect(await policy.decide(view, stream())).toEqual(await policy.decide(view, stream()))
  })

  it('permutes its probabilities as its candidates are permuted', async () => {
    const actions = ['east', 'light lamp', 'north', 'take key', 'wait']
    const store = await experienced(spec)
    const probabilities = async (validActions: readonly string[]) => {
      const policy = createPolicy(spec, depsWith(new LexicalPrior(), store))
      const { candidates } = await decideFirst(policy, beach(validActions), store.episodes()[0])
      return new Map(candidates.map(({ action, probability }) => [action, probability]))
    }
    const there = await probabilities(actions)
    for (const [action, probability] of await probabilities(actions.toReversed())) {
      expect(probability).toBeCloseTo(there.get(action)!, 9)
    }
  })

  it('ends an episode and begins another', async () => {
    const store = new ArrayStore()
    await collect(toyRun(toyConfig(spec, { episodes: 3 }), store))
    expect(store.episodes()).toHaveLength(3)
  })
})

describe.each(['jitrl', 'jitrl:paper'])('%s', (spec) => {
  it('with beta 0 plays exactly as static does, from the same draws', async () => {
    const store = await experienced(spec)
    const choices = async (policy: Policy) => {
      policy.begin({ ...start, run: store.episodes()[0]!.run })
      const rng = stream()
      const decisions = []
      for (let turn = 1; turn <= 30; turn++)
        decisions.push(await policy.decide(beach(['north', 'take key', 'wait']), rng))
      return decisions.map(({ chosen, candidates }) => [chosen, candidates.map(({ probability }) => probability)])
    }
    const untilted = createPolicy(spec, { ...depsWith(new LexicalPrior(), store), overrides: { beta: 0 } })
    const fixed = createPolicy('static', depsWith(new LexicalPrior(), store))
    expect(await choices(untilted)).toEqual(await choices(fixed))
  })

  it('shows the evidence for what it believes', async () => {
    const store = await experienced(spec)
    const policy = createPolicy(spec, depsWith(new LexicalPrior(), store))
    policy.begin({ ...start, run: store.episodes()[0]!.run })
    const decision = await policy.decide(beach(['north', 'take key', 'wait']), stream())
    const known = decision.candidates.filter(({ visits }) => visits > 0)
    expect(known.length).toBeGreaterThan(0)
    for (const { evidence, visits, q } of known) {
      expect(evidence).toHaveLength(Math.min(3, visits))
      expect(q).not.toBeNull()
    }
  })

  it('does not change its base policy by what it learns: the static choice is static’s choice', async () => {
    const store = await experienced(spec)
    const view = beach(['north', 'take key', 'wait'])
    const learned = await decideFirst(
      createPolicy(spec, depsWith(new LexicalPrior(), store)),
      view,
      store.episodes()[0],
    )
    expect(learned.candidates.some(({ advantage }) => advantage !== 0)).toBe(true)
    const fixed = await decideFirst(createPolicy('static', depsWith(new LexicalPrior(), store)), view)
    expect(learned.staticChoice).toBe(fixed.chosen)
    expect(learned.candidates.map(({ prior }) => prior)).toEqual(fixed.candidates.map(({ prior }) => prior))
  })
})

describe('naming a policy', () => {
  it('suggests the nearest name and lists them all', () => {
    expect(() => policyOf('jitlr')).toThrow(UnknownPolicyError)
    expect(() => policyOf('jitlr')).toThrow(
      'Did you mean "jitrl"? There are: static, random, jitrl, jitrl:grue, jitrl:paper.',
    )
    expect(() => policyOf('static:paper')).toThrow(UnknownPolicyError)
    expect(() => policyOf('jitrl:paper:x')).toThrow(UnknownPolicyError)
    expect(() => policyOf('')).toThrow(UnknownPolicyError)
  })

  it('takes other values for parameters that it has, and shows them', () => {
    const policy = createPolicy('jitrl:paper', { ...depsWith(new LexicalPrior()), overrides: { beta: 5 } })
    expect(policy.info.parameters).toMatchObject({ estimator: 'knn', k: 10, threshold: 0.95, beta: 5 })
  })

  it('refuses parameters that it has not', () => {
    const create = (spec: string) => () =>
      createPolicy(spec, { ...depsWith(new LexicalPrior()), overrides: { betta: 5 } })
    expect(create('jitrl:paper')).toThrow(/no parameter of jitrl:paper called "betta". Did you mean "beta"\?/)
    expect(create('static')).toThrow(/it has none/)
  })
})

describe('jitrl:paper', () => {
  it('has the values of the paper', () => {
    expect(policyOf('jitrl:paper').info.parameters).toEqual({
      estimator: 'knn',
      ...{ k: 10, threshold: 0.95, gamma: 0.5, lambda: 0.65, alpha: 5, beta: 1 },
    })
  })
})

describe('the benefit of the doubt in jitrl:paper', () => {
  it('falls to each unseen action by itself: with k neighbours, some get it and some do not', async () => {
    const store = await experienced('jitrl:paper')
    const known = store.episodes()[0]!.steps[0]!.state
    const unheard = Array.from({ length: 40 }, (_, index) => `say word${index}`)
    const view = viewOf({
      validActions: unheard,
      state: { summary: known.key, situation: known.situation, tokens: known.tokens },
    })
    const policy = createPolicy('jitrl:paper', depsWith(new LexicalPrior(), store))
    const { candidates, neighbours } = await decideFirst(policy, view)
    expect(neighbours.length).toBeGreaterThan(0)
    // Binomial(40, 0.65): 26 expected, standard deviation 3.
    const favoured = candidates.filter(({ q }) => q !== 0).length
    expect(favoured).toBeGreaterThan(14)
    expect(favoured).toBeLessThan(38)
  })
})

describe('random', () => {
  it('asks no prior', async () => {
    const prior: Prior = { name: 'none', rung: 'none', score: () => Promise.reject(new Error('asked')) }
    const { candidates } = await decideFirst(
      createPolicy('random', depsWith(prior)),
      viewOf({ validActions: ['a', 'b', 'c', 'd'] }),
    )
    expect(candidates.map(({ probability }) => probability)).toEqual([0.25, 0.25, 0.25, 0.25])
  })
})

function policyOf(spec: string): Policy {
  return createPolicy(spec, depsWith(new LexicalPrior()))
}

function depsWith(prior: Prior, store = new ArrayStore()) {
  return { prior, store, temperature: 0.8, seed: 1 }
}

/** A memory of some episodes on the lighthouse, played by the policy itself. */
async function experienced(spec: string): Promise<ArrayStore> {
  const store = new ArrayStore()
  await collect(toyRun(toyConfig(spec, { episodes: 8 }), store))
  return store
}

/** The lighthouse's opening, as a policy sees it. */
function beach(validActions: readonly string[]): View {
  const observation = {
    text: 'A shingle beach.',
    location: 'Beach',
    inventory: [],
    score: 0,
    maxScore: 17,
    moves: 0,
    input: 'line',
  } as const
  return viewOf({ validActions, observation, state: encodeState({ observation, validActions, commands: [] }) })
}

async function decideFirst(policy: Policy, view: View, { run }: { readonly run: string } = start): Promise<Decision> {
  policy.begin({ ...start, run })
  return policy.decide(view, stream())
}

function stream() {
  return randomStream(1, 'test')
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
