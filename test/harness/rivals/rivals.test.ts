import { afterEach, describe, expect, it } from 'vitest'
import { createPolicy, overridesOf, parametersOf } from '../../../harness/create-policy.ts'
import type { RunEvent } from '../../../harness/events.ts'
import { LexicalPrior } from '../../../harness/lexical-prior.ts'
import { advice } from '../../../harness/rivals/advised-policy.ts'
import { randomStream } from '../../../harness/rng.ts'
import { runEpisodes } from '../../../harness/run.ts'
import { encodingOf } from '../../../harness/state-encoder.ts'
import type { EpisodeRecord } from '../../../memory/index.ts'
import { ArrayStore } from '../array-store.ts'
import type { Question } from '../model-server.ts'
import { opinion, type Served, serveModel } from '../served-model.ts'
import { shortestWay, ToyEnvironment } from '../toy-environment.ts'
import { collect, toyConfig, viewOf } from '../toy-run.ts'

let served: Served
afterEach(() => served?.close())

/** A run of a rival on the lighthouse, its model behind a server. */
async function run(spec: string, episodes: number, write?: (question: Question) => string) {
  served = await serveModel(write)
  const { prior, model } = served.fresh()
  const store = new ArrayStore()
  const policy = createPolicy(spec, { prior, store, temperature: 1, seed: 1, model })
  const config = { ...toyConfig('static', { episodes, stepLimit: 5 }), policy: policy.info }
  return collect(runEpisodes({ environment: new ToyEnvironment(), store, policy, prior, cache: new Map() }, config))
}

/** The prompts in which commands were asked for. */
const asked = () => served.questions.filter(({ options }) => options.length > 0).map(({ prompt }) => prompt)
const endOf = (events: readonly RunEvent[], episode: number) => {
  const ended = events.find((event) => event.type === 'episode-ended' && event.episode === episode)
  return ended?.type === 'episode-ended' ? ended : expect.unreachable('it did not end')
}

describe('memory', () => {
  it('puts the last three episodes before everything else, first in, first out', async () => {
    const events = await run('memory', 5)
    const last = asked().at(-1)!
    for (const episode of [2, 3, 4]) {
      const { score, steps } = endOf(events, episode)
      expect(last).toContain(`Episode ${episode} ended with ${score} points after ${steps} turns, `)
    }
    expect(last).not.toContain('Episode 1 ended')
    expect(last.indexOf('Episode 4 ended')).toBeLessThan(last.indexOf('The latest turns'))
    expect(last).toMatch(/\n- Beach: /)
  })
})

describe('reflexion', () => {
  it('asks for a criticism after each episode, which precedes every later prompt', async () => {
    let said = 0
    const events = await run('reflexion', 3, () => `Thought ${++said}.\nCommands:\nA) cheat`)
    expect(said).toBe(3)
    const prompts = asked()
    expect(prompts[0]).not.toContain('What you said')
    expect(prompts.at(-1)).toContain(
      'What you said of your earlier episodes:\n- After episode 1: Thought 1. Commands: A) cheat\n- After episode 2: Thought 2.',
    )
    expect(served.questions.every(({ options }) => options.every(({ command }) => command !== 'cheat'))).toBe(true)
    const written = events.filter((event) => event.type === 'model-called' && event.call.purpose === 'write')
    expect(written).toHaveLength(3)
  })

  it('shows the model its episode, with the points by command', async () => {
    const events = await run('reflexion', 1)
    const { prompt } = served.questions.find(({ options }) => options.length === 0)!
    expect(prompt).toMatch(/^Episode 1 ended with \d+ points after \d+ turns, .*\n\| Beach: /)
    const key = events.some((event) => event.type === 'stepped' && event.command === 'take key')
    if (key) expect(prompt).toContain('take key (+2)')
  })
})

describe('tips', () => {
  it('shows those about the present state, and no other', async () => {
    await run('tips', 3, () => '- Beach: take the key.\n- Cellar: beware.\nNo tip.\n- Path: unlock the door.')
    const later = asked().filter((prompt) => prompt.includes('Your own tips'))
    expect(later.length).toBeGreaterThan(0)
    for (const prompt of later) {
      expect(prompt).not.toContain('Cellar')
      expect(prompt.includes('\n- Beach: take the key.')).toBe(/Where you are:\n\| Beach/.test(prompt))
      expect(prompt.indexOf('Your own tips')).toBeGreaterThan(prompt.indexOf('What you carry'))
    }
  })
})

describe('cbr', () => {
  /** Two remembered visits to the beach: the key earned 2, waiting nothing. */
  function remembered(): ArrayStore {
    const { state } = viewOf({ location: 'Beach' })
    const key = { key: state.summary, situation: state.situation, tokens: state.tokens }
    const step = (action: string, reward: number) => ({ state: key, action, reward, terminated: false })
    const base = { run: 'run', gameSeed: 1, terminated: false, victory: false, finalState: key }
    const episodes: EpisodeRecord[] = [
      { ...base, episode: 1, score: 2, steps: [step('take key', 2)] },
      { ...base, episode: 2, score: 0, steps: [step('wait', 0)] },
      { ...base, episode: 3, score: -1, steps: [step('north', -1)] },
    ]
    return new ArrayStore(episodes)
  }
  const view = viewOf({ location: 'Beach', validActions: ['north', 'sing', 'take key', 'wait'] })

  it('puts similar cases, good and bad, into the prompt', async () => {
    served = await serveModel()
    const { prior, model } = served.fresh()
    const policy = createPolicy('cbr', { prior, model, store: remembered(), temperature: 1, seed: 1 })
    const decision = await policy.decide(view, randomStream(1))
    expect(served.questions[0]!.prompt).toContain(`What you did in situations like this one, and what it came to:
- north: cost 1 points from then on (likeness 1.00)
- wait: earned nothing from then on (likeness 1.00)
- take key: earned 2 points from then on (likeness 1.00)`)
    expect(decision.neighbours).toHaveLength(3)
    expect(decision.candidates.map(({ q }) => q)).toEqual([-1, null, 2, 0])
  })

  it('without a model lets them vote with similarity x return', async () => {
    const deps = { prior: new LexicalPrior(), store: remembered(), temperature: 1, seed: 1 }
    const policy = createPolicy('cbr:vote', deps)
    const { candidates } = await policy.decide(view, randomStream(1))
    // Votes: 1 x -1, none, 1 x 2, 1 x 0; the largest is 2.
    expect(candidates.map(({ advantage }) => advantage)).toEqual([-0.5, 0, 1, 0])
    // z' = z + 3 A
    for (const { adjusted, logit, advantage } of candidates) expect(adjusted).toBeCloseTo(logit + 3 * advantage, 12)
  })

  it('finds them again by whatever encoder is asked for, which it says', async () => {
    const deps = { prior: new LexicalPrior(), store: remembered(), temperature: 1, seed: 1 }
    const policy = createPolicy('cbr:vote', { ...deps, overrides: { encoder: 'text', k: 4 } })
    expect(policy.info.parameters).toEqual({ k: 4, threshold: 0.5, gamma: 0.9, beta: 3, encoder: 'text' })
    expect(encodingOf(policy.info)).toEqual({ encoder: 'text', withCommands: false })
    expect(overridesOf(policy.info)).toEqual(policy.info.parameters)
    expect(parametersOf('tips')).toContain('encoder')
    expect(parametersOf('reflexion')).not.toContain('encoder')
    expect(() => createPolicy('cbr:vote', { ...deps, overrides: { encoder: 'txet' } })).toThrow(/called "txet"/)
  })
})

describe('prompt-jitrl', () => {
  it('prefers the best three above the expectation and avoids the worst two below it', () => {
    const estimate = (advantages: readonly number[]) => ({
      value: 0,
      neighbours: [],
      actions: advantages.map((advantage) => ({ visits: 1, q: 0, advantage, evidence: [] })),
    })
    const actions = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const even = actions.map(() => -Math.log(7))
    // Expectation: (5 + 4 + 3 + 2 - 1 - 2 - 4) / 7 = 1.
    expect(advice(actions, even, estimate([5, 4, 3, 2, -1, -2, -4]))).toEqual([
      { title: 'From experience, prefer', lines: ['a', 'b', 'c'] },
      { title: 'From experience, avoid', lines: ['f', 'g'] },
    ])
    // Against the best instead of the mean: the same advice.
    expect(advice(actions, even, estimate([0, -1, -2, -3, -6, -7, -9]))).toEqual(
      advice(actions, even, estimate([5, 4, 3, 2, -1, -2, -4])),
    )
    expect(advice(actions, even, estimate(actions.map(() => -2)))).toEqual([])
  })

  it('leaves the base policy to be seen: its static choice is what the model says without advice', async () => {
    const events = await run('prompt-jitrl', 3)
    const decisions = events.flatMap((event) => (event.type === 'decided' ? [event.decision] : []))
    expect(asked().some((prompt) => prompt.includes('From experience, prefer:\n- '))).toBe(true)
    for (const { candidates } of decisions) {
      const [first, second] = candidates
      if (first && second)
        expect(first.logit - second.logit).toBeCloseTo(opinion(first.action) - opinion(second.action), 9)
    }
  })
})

describe('walkthrough', () => {
  const play = async (script: readonly string[]) => {
    served = await serveModel()
    const { prior } = served.fresh()
    const store = new ArrayStore()
    const policy = createPolicy('walkthrough', { prior, store, temperature: 1, seed: 1, script })
    const config = { ...toyConfig('static', { episodes: 2, stepLimit: 8 }), policy: policy.info }
    return collect(runEpisodes({ environment: new ToyEnvironment(), store, policy, prior, cache: new Map() }, config))
  }

  it('earns in every episode what its commands earn', async () => {
    const events = await play(shortestWay)
    for (const episode of [1, 2]) expect(endOf(events, episode)).toMatchObject({ score: 17, victory: true })
  })

  it('plays commands that are not on the list, says so, and waits when it has no more', async () => {
    const events = await play(['sing', 'take key'])
    const commands = events.flatMap((event) => (event.type === 'stepped' ? [event.command] : []))
    expect(commands.slice(0, 4)).toEqual(['sing', 'take key', 'wait', 'wait'])
    const [first] = events.flatMap((event) => (event.type === 'decided' ? [event.decision] : []))
    expect(first!.candidates.at(-1)).toMatchObject({ action: 'sing', source: 'script', probability: 1 })
  })
})
