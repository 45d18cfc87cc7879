import { expect, it } from 'vitest'
import type { EpisodeStart, Policy, View } from '../../harness/contracts.ts'
import { decisionSchema } from '../../harness/event-schema.ts'
import type { RunEvent } from '../../harness/events.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { MeteredPrior } from '../../harness/metered-prior.ts'
import { randomStream } from '../../harness/rng.ts'
import { runEpisodes } from '../../harness/run.ts'
import { encodeState } from '../../harness/state-encoder.ts'
import type { ExperienceStore } from '../../memory/index.ts'
import { ArrayStore } from './array-store.ts'
import { ToyEnvironment } from './toy-environment.ts'
import { toyConfig, viewOf } from './toy-run.ts'

/** Makes the policy anew, on a memory that may hold earlier episodes of the run. */
export type MakePolicy = (store: ExperienceStore) => Promise<Policy>

const start: EpisodeStart = { run: 'run', episode: 1, episodes: 5, stepLimit: 10 }

/** What everything that plays must do: one suite for the policies of grue and for those of a policy file. */
export function policyConformance(make: MakePolicy): void {
  it('shows its name and parameters, the same each time', async () => {
    const { info } = await make(new ArrayStore())
    expect(info.name).not.toBe('')
    expect((await make(new ArrayStore())).info).toEqual(info)
  })

  it('gives every valid action a row, in order, with probabilities that sum to 1, in a shape that a log can hold', async () => {
    const view = viewOf({ validActions: ['drop lamp', 'east', 'north', 'wait'] })
    const decision = await decide(await make(new ArrayStore()), view)
    expect(decision.candidates.slice(0, 4).map(({ action }) => action)).toEqual(view.validActions)
    for (const { source } of decision.candidates.slice(4)) expect(source).not.toBe('valid')
    expect(sum(decision.candidates.map(({ probability }) => probability))).toBeCloseTo(1, 9)
    expect(sum(decision.candidates.map(({ prior }) => prior))).toBeCloseTo(1, 9)
    expect(decision.state).toEqual(view.state)
    expect(decisionSchema.parse(JSON.parse(JSON.stringify(decision)))).toEqual(decision)
  })

  it('chooses one of its candidates, also when there is but one valid action', async () => {
    const { candidates, chosen, staticChoice } = await decide(
      await make(new ArrayStore()),
      viewOf({ validActions: ['wait'] }),
    )
    for (const choice of [chosen, staticChoice]) expect(candidates.map(({ action }) => action)).toContain(choice)
  })

  it('draws exactly one number a turn, whatever it knows', async () => {
    let draws = 0
    const rng = {
      next() {
        draws++
        return 0.5
      },
    }
    const policy = await make(new ArrayStore())
    await policy.begin(start)
    for (const turn of [1, 2, 3]) await policy.decide(viewOf({ turn }), rng)
    expect(draws).toBe(3)
  })

  it('permutes its probabilities as its candidates are permuted', async () => {
    const store = new ArrayStore()
    await play(make, store, 2)
    const probabilities = async (validActions: readonly string[]) => {
      const policy = await make(store)
      await policy.begin({ ...start, run: store.episodes()[0]!.run, episode: 3 })
      const observation = new ToyEnvironment().reset().observation
      const state = encodeState({ observation, validActions: ['north', 'take key', 'wait'], commands: [] })
      const { candidates } = await policy.decide(viewOf({ observation, state, validActions, episode: 3 }), stream())
      return new Map(candidates.map(({ action, probability }) => [action, probability]))
    }
    const there = await probabilities(['north', 'take key', 'wait'])
    for (const [action, probability] of await probabilities(['wait', 'take key', 'north'])) {
      expect(probability).toBeCloseTo(there.get(action)!, 9)
    }
  })

  it('decides the same twice when nothing was learnt in between', async () => {
    const policy = await make(new ArrayStore())
    await policy.begin(start)
    const view = viewOf({ validActions: ['a', 'b', 'c'] })
    expect(await policy.decide(view, stream())).toEqual(await policy.decide(view, stream()))
  })

  it('plays the same again from the same seed, and after an interruption as if there had been none', async () => {
    const whole = await play(make, new ArrayStore())
    expect(whole.filter(({ type }) => type === 'memory-stored')).toHaveLength(3)
    const store = new ArrayStore()
    expect(whole.slice(0, 20)).toEqual((await play(make, store, 2)).slice(0, 20))
    const resumed = await play(make, store)
    const third = ({ type, ...event }: RunEvent) =>
      'episode' in event && event.episode === 3 && type !== 'memory-stored'
    expect(resumed.filter(third)).toEqual(whole.filter(third))
  })
}

/** The events of three episodes on the lighthouse, or of as many as are asked for. */
async function play(make: MakePolicy, store: ArrayStore, until = 3): Promise<readonly RunEvent[]> {
  const policy = await make(store)
  const config = { ...toyConfig('static', { episodes: 3, stepLimit: 8 }), policy: policy.info }
  const prior = new MeteredPrior(new LexicalPrior())
  const events: RunEvent[] = []
  const deps = { environment: new ToyEnvironment(), store, policy, prior, cache: new Map() }
  for await (const event of runEpisodes(deps, config)) {
    events.push(event)
    if (event.type === 'memory-stored' && event.episode === until) break
  }
  return events
}

async function decide(policy: Policy, view: View) {
  await policy.begin(start)
  return policy.decide(view, stream())
}

function stream() {
  return randomStream(1, 'test')
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
