import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Decision, Policy, Prior, View } from '../../harness/contracts.ts'
import { createPolicy, needsModel, PolicyNeedsError, policyNames } from '../../harness/create-policy.ts'
import type { Overrides } from '../../harness/jitrl-parameters.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { presets } from '../../harness/presets.ts'
import { randomStream } from '../../harness/rng.ts'
import { encodeState } from '../../harness/state-encoder.ts'
import { UnknownPolicyError } from '../../harness/unknown-policy.ts'
import { ArrayStore } from './array-store.ts'
import { policyConformance } from './policy-conformance.ts'
import { type Served, serveModel } from './served-model.ts'
import { collect, toyConfig, toyRun, viewOf } from './toy-run.ts'

const start = { run: 'run', episode: 1, episodes: 5, stepLimit: 10 }

/** Everything that createPolicy names; whoever adds one adds its name to `policyNames` and is tested here. */
describe('every policy', () => {
  let served: Served
  beforeAll(async () => {
    served = await serveModel()
  })
  afterAll(() => served.close())

  describe.each(policyNames)('%s', (spec) => {
    policyConformance(async (store) => {
      const { prior, model } = needsModel(spec) ? served.fresh() : { prior: new LexicalPrior(), model: undefined }
      const player = async ({ validActions, turn }: View) => validActions.toSorted()[turn % validActions.length]!
      const given = { script: ['take key', 'sing', 'north'], player, ...(model && { model }) }
      return createPolicy(spec, { prior, store, temperature: 0.8, seed: 1, ...given })
    })

    it('goes by its name', () => {
      const { prior, model } = served.fresh()
      const deps = { ...depsWith(prior), model, script: [], player: async () => 'wait' }
      const { info } = createPolicy(spec, deps)
      expect(info.name).toBe(spec.replace(/:grue$/, ''))
      expect(createPolicy(info.name, deps).info).toEqual(info)
    })
  })

  it('that reads what a model is told says so where there is no model', () => {
    for (const spec of policyNames.filter(needsModel)) {
      expect(() => policyOf(spec)).toThrow(PolicyNeedsError)
      expect(() => policyOf(spec)).toThrow(`${spec} learns by what a model reads: add --model M.`)
    }
  })
})

describe.each(['jitrl', 'jitrl:paper', 'jitrl:seed'])('%s', (spec) => {
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
    expect(() => policyOf('jitlr')).toThrow('Did you mean "jitrl"? There are: static, random, jitrl, ')
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

describe('the published presets', () => {
  it('have the values that are published', () => {
    expect(policyOf('jitrl:paper').info.parameters).toEqual({
      ...{ estimator: 'knn', encoder: 'summary', proposals: 0 },
      ...{ k: 10, threshold: 0.95, gamma: 0.5, lambda: 0.65, alpha: 5, beta: 1 },
    })
    expect(policyOf('jitrl:authors').info.parameters).toMatchObject({
      ...{ k: 10, threshold: 0.95, thresholdFall: 0.1, fallTurns: 20, alpha: 1, lambda: 0.65, exploration: 'adaptive' },
      ...{ beta: 1, betaRise: 0.5, betaEpisodes: 50, base: 'probability', choice: 'argmax', normalise: 'positive' },
      ...{ baseline: 'actions', lossPenalty: 10, similarity: 'parts', historyShare: 0.3, remembered: 'positive' },
    })
    expect(policyOf('jitrl:seed').info.parameters).toMatchObject({
      ...{ gamma: 0.95, k: 10, threshold: 0.8, alpha: 0.1, lambda: 0.3, beta: 1, unseen: 'neutral' },
      ...{ leastNeighbours: 3, leastMemories: 20, retryThreshold: 0.6, loopLambda: 0.5, rewardUnits: 'unit' },
    })
  })

  it('say that nothing is proposed where there is no model, and refuse to be asked for it', () => {
    const create = (overrides: Overrides) => () =>
      createPolicy('jitrl:paper', { ...depsWith(new LexicalPrior()), overrides })
    expect(create({})().info.parameters).toMatchObject({ proposals: 0 })
    expect(create({ proposals: 2 })).toThrow(PolicyNeedsError)
  })
})

describe('parameters that are words', () => {
  const create = (spec: string, overrides: Overrides) =>
    createPolicy(spec, { ...depsWith(new LexicalPrior()), overrides }).info.parameters

  it('make one preset of another', () => {
    expect(create('jitrl:paper', { choice: 'argmax', base: 'probability' })).toMatchObject({
      choice: 'argmax',
      base: 'probability',
    })
  })

  it('bring another estimator, with the parameters of the preset that it is from and the encoder of this one', () => {
    expect(create('jitrl', { estimator: 'knn' })).toEqual({
      ...{ estimator: 'knn', encoder: 'situation', proposals: 0 },
      ...{ k: 10, threshold: 0.95, gamma: 0.5, lambda: 0.65, alpha: 5, beta: 1 },
    })
    expect(create('jitrl:paper', { estimator: 'graph' })).toEqual({ ...presets.grue, encoder: 'summary' })
  })

  it('are refused where they are no choice, with the nearest', () => {
    expect(() => create('jitrl', { encoder: 'sumary' })).toThrow('no encoder called "sumary". Did you mean "summary"?')
    expect(() => create('jitrl:paper', { baseline: 3 })).toThrow('no baseline called "3"')
    expect(() => create('jitrl:paper', { beta: 'high' })).toThrow('beta must be a number, such as 1, not "high"')
    expect(() => create('jitrl', { k: 3 })).toThrow('no parameter of jitrl called "k"')
  })
})

describe('parameters that are numbers', () => {
  const create = (spec: string, overrides: Overrides) =>
    createPolicy(spec, { ...depsWith(new LexicalPrior()), overrides })

  it.each([
    ['jitrl:paper', 'k', -3, 'k must be a whole number, 1 or more, not -3.'],
    ['jitrl:paper', 'k', 2.5, 'k must be a whole number, 1 or more, not 2.5.'],
    ['cbr:vote', 'k', 0, 'k must be a whole number, 1 or more, not 0.'],
    ['jitrl', 'trail', -3, 'trail must be a whole number, 0 or more, not -3.'],
    ['jitrl:paper', 'threshold', 7, 'threshold must be a number from 0 to 1, not 7.'],
    ['jitrl:paper', 'gamma', 50, 'gamma must be a number from 0 to 1, not 50.'],
    ['jitrl:authors', 'historyShare', -2, 'historyShare must be a number from 0 to 1, not -2.'],
    ['jitrl', 'scaleShare', -1, 'scaleShare must be a number from 0 to 1, not -1.'],
    ['jitrl:seed', 'decay', -1, 'decay must be a number from 0 to 1, not -1.'],
    ['jitrl', 'curiosity', -1, 'curiosity must be a number, 0 or more, not -1.'],
  ])('are refused where they mean nothing: %s with %s=%d', (spec, name, value, message) => {
    expect(() => create(spec, { [name]: value })).toThrow(new UnknownPolicyError(message))
  })

  it.each(['jitrl', ...Object.keys(presets).map((preset) => `jitrl:${preset}`), 'cbr:vote'])(
    'may be those that %s has',
    (spec) => {
      const { parameters } = create(spec, {}).info
      const numbers = Object.entries(parameters).filter(
        (entry): entry is [string, number] => typeof entry[1] === 'number',
      )
      expect(numbers).not.toEqual([])
      for (const [name, value] of numbers) {
        // Proposals need a model.
        if (name !== 'proposals') expect(create(spec, { [name]: value }).info.parameters).toEqual(parameters)
      }
    },
  )

  it('may turn a rule off, or go against what was learnt', () => {
    for (const off of ['curiosity', 'trail', 'sweeps', 'hopeFade', 'roomShare', 'gamma']) create('jitrl', { [off]: 0 })
    for (const off of ['lambda', 'perEpisode', 'threshold', 'leastMemories']) create('jitrl:paper', { [off]: 0 })
    create('jitrl', { beta: -1, likeness: 100, again: 1 })
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
  await collect(toyRun(toyConfig(spec, { episodes: 16 }), store))
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
