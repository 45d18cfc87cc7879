import { describe, expect, it } from 'vitest'
import type { Decision, Policy, Rng, Transition, View } from '../../harness/contracts.ts'
import { type EpisodeOptions, playEpisode } from '../../harness/episode.ts'
import type { RunEvent } from '../../harness/events.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { MeteredPrior } from '../../harness/metered-prior.ts'
import { recordedTurns } from '../../harness/recorded-turns.ts'
import { baseLogits, noEstimate, tiltedDecision } from '../../harness/tilt.ts'
import { called } from '../reports/made-up-events.ts'
import { shortestWay, ToyEnvironment } from './toy-environment.ts'

const options = { run: 'run', episode: 1, episodes: 1, stepLimit: 10, seed: 1, gameSeed: 3 }

const call = called({ model: 'm' })

/** Plays given commands, and keeps what it was told. */
class Script implements Policy {
  readonly info = { name: 'script', parameters: {} }
  readonly views: View[] = []
  readonly draws: number[] = []
  readonly transitions: Transition[] = []
  readonly #commands: readonly string[]
  readonly #prior: MeteredPrior

  constructor(commands: readonly string[], prior = new MeteredPrior(new LexicalPrior())) {
    this.#commands = commands
    this.#prior = prior
  }

  begin(): void {}

  async decide(view: View, rng: Rng): Promise<Decision> {
    this.views.push(view)
    this.draws.push(rng.next())
    const { logProbabilities } = await this.#prior.score(view)
    const decision = tiltedDecision(view, baseLogits(logProbabilities, 1), noEstimate(view.validActions), 0, 0)
    return { ...decision, chosen: this.#commands[view.turn - 1]! }
  }

  observe(transition: Transition): void {
    this.transitions.push(transition)
  }

  end(): void {}
}

describe('an episode', () => {
  it('won in six commands has all 17 points, and says so to everybody', async () => {
    const policy = new Script(shortestWay)
    const { events, record } = await play(policy)
    expect(record).toMatchObject({ run: 'run', episode: 1, gameSeed: 3, score: 17, terminated: true, victory: true })
    expect(record.steps.map(({ reward }) => reward)).toEqual([2, 0, 5, 0, 0, 10])
    expect(events.at(-1)).toMatchObject({
      type: 'episode-ended',
      score: 17,
      maxScore: 17,
      steps: 6,
      victory: true,
      truncated: false,
    })
    expect(policy.transitions.at(-1)).toMatchObject({
      action: 'light lamp',
      reward: 10,
      terminated: true,
      victory: true,
    })
  })

  it('shows a policy the present, and the past with the room that each command was given in', async () => {
    const policy = new Script(['take key', 'north', 'east'])
    await play(policy)
    const view = policy.views[2]!
    expect(view).toMatchObject({
      episode: 1,
      turn: 3,
      validActions: ['drop key', 'east', 'south', 'unlock door', 'wait'],
    })
    expect(view.state.summary).toBe('[Path][brass key][take, north]')
    expect(view.history.map(({ command, location, reward }) => [command, location, reward])).toEqual([
      ['take key', 'Beach', 2],
      ['north', 'Beach', 0],
    ])
    expect(view.history[1]!.text).toBe(view.observation.text)
  })

  it('hands each transition on with the state that it led to, the next view', async () => {
    const policy = new Script(['north', 'south', 'wait', 'north', 'east'])
    const { record } = await play(policy)
    for (const [index, view] of policy.views.entries()) {
      expect(record.steps[index]!.state.situation).toBe(view.state.situation)
      if (index > 0) expect(policy.transitions[index - 1]!.nextState).toEqual(view.state)
    }
    expect(policy.transitions.at(-1)!.nextState.situation).toBe(record.finalState.situation)
  })

  it('does not ask what can be done in a story that has ended', async () => {
    const policy = new Script(['north', 'east'])
    await play(policy)
    expect(policy.transitions.at(-1)).toMatchObject({ terminated: true, nextValidActions: [] })
  })

  it("draws from the episode's own stream: another episode draws other numbers", async () => {
    const draws = async (changes: Partial<typeof options>) => {
      const policy = new Script(['wait', 'wait', 'wait'])
      await play(policy, { ...changes, stepLimit: 3 })
      return policy.draws
    }
    expect(await draws({})).toEqual(await draws({}))
    expect(await draws({ episode: 2 })).not.toEqual(await draws({}))
    expect(await draws({ seed: 2 })).not.toEqual(await draws({}))
  })

  it('tells the model calls of each turn before its decision', async () => {
    const prior = new MeteredPrior({
      name: 'two calls',
      rung: 'test',
      score: async ({ validActions }) => ({ logProbabilities: validActions.map(() => 0), calls: [call, call] }),
    })
    const { events } = await play(new Script(['wait', 'wait'], prior), { stepLimit: 2 }, prior)
    const turns = events.filter(({ type }) => type === 'model-called' || type === 'decided').map(({ type }) => type)
    expect(turns).toEqual(['model-called', 'model-called', 'decided', 'model-called', 'model-called', 'decided'])
  })

  it('tells what a policy asks as it begins, and not what it had asked before the run was broken off', async () => {
    const asking = (...places: string[]) => {
      const prior = new MeteredPrior(new LexicalPrior())
      const model = prior.metered({ name: 'm', write: async () => ({ text: '', calls: [call] }) })
      const policy = Object.assign(new Script(['wait', 'wait'], prior), {
        async begin() {
          for (const place of places) await model.write({ purpose: 'write', place, instructions: '', prompt: '' })
        },
      })
      return { policy, prior }
    }
    const start = async (places: readonly string[], changes: Partial<EpisodeOptions>) => {
      const { policy, prior } = asking(...places)
      const { events } = await play(policy, { episode: 2, stepLimit: 2, ...changes }, prior)
      return events
    }
    const whole = await start(['2.begin'], {})
    expect(whole.slice(0, 4).map(({ type }) => type)).toEqual([
      'episode-started',
      'observed',
      'model-called',
      'decided',
    ])
    expect(whole[2]).toMatchObject({ episode: 2, turn: 0 })
    // What the policy has learnt at the ends of episodes, of this run or another's, it asks again.
    const again = ['1.end', '2.end', '2.begin']
    for (const turns of [0, 1, 2]) {
      const recorded = recordedTurns(whole).slice(0, turns)
      expect(await start(again, { recorded, resumed: true }), `${turns}`).toEqual(whole)
    }
    expect((await start(again, {})).filter(({ type }) => type === 'model-called')).toHaveLength(3)
  })
})

async function play(
  policy: Policy,
  changes: Partial<EpisodeOptions> = {},
  prior = new MeteredPrior(new LexicalPrior()),
) {
  const events: RunEvent[] = []
  const episode = playEpisode(
    { environment: new ToyEnvironment(), policy, prior, cache: new Map() },
    { ...options, ...changes },
  )
  for (;;) {
    const { done, value } = await episode.next()
    if (done) return { events, record: value }
    events.push(value)
  }
}
