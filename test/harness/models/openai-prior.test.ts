import { afterEach, describe, expect, it } from 'vitest'
import type { Prior, View } from '../../../harness/contracts.ts'
import { createPolicy } from '../../../harness/create-policy.ts'
import type { RunEvent } from '../../../harness/events.ts'
import { LexicalPrior } from '../../../harness/lexical-prior.ts'
import { MeteredPrior } from '../../../harness/metered-prior.ts'
import { serverFromEnvironment } from '../../../harness/models/model-server.ts'
import type { OpenAIPrior } from '../../../harness/models/openai-prior.ts'
import { runEpisodes } from '../../../harness/run.ts'
import { logSoftmax } from '../../../harness/softmax.ts'
import { ArrayStore } from '../array-store.ts'
import { type Answer, httpError, letters, type ModelServer, type Question, startModelServer } from '../model-server.ts'
import { ToyEnvironment } from '../toy-environment.ts'
import { collect, toyConfig, viewOf } from '../toy-run.ts'
import { priorOf } from './opened.ts'

let server: ModelServer

async function priorOver(answer: (question: Question) => Answer): Promise<OpenAIPrior> {
  server = await startModelServer(answer)
  return priorOf({ baseURL: server.baseURL })
}

afterEach(() => server?.close())

/** Commands that sort as they are numbered. */
const commands = (count: number) => Array.from({ length: count }, (_, index) => `command ${100 + index}`)
/** Scores between -5 and 0 in no order. */
const scoreOf = (command: string) => -5 * Math.abs(Math.sin(Number(command.split(' ')[1]) * 12.9898))

describe('the distribution', () => {
  it.each([
    [1, 0],
    [2, 2],
    [3, 2],
    [20, 2],
    [21, 4],
    [39, 4],
    [57, 6],
    [100, 12],
  ])("over %i commands is the model's own to 1e-9, in %i calls", async (count, calls) => {
    const prior = await priorOver(letters(scoreOf))
    const validActions = commands(count)
    const scores = await prior.score(viewOf({ validActions }))
    const expected = logSoftmax(validActions.map(scoreOf))
    expect(scores.logProbabilities).toHaveLength(count)
    for (const [index, value] of expected.entries()) {
      expect(Math.abs(scores.logProbabilities[index]! - value)).toBeLessThan(1e-9)
    }
    expect(scores.calls).toHaveLength(calls)
    expect(server.questions).toHaveLength(calls)
    if (calls > 0) expect(scores.calls.at(-1)!.disagreement).toBeCloseTo(0, 9)
  })

  it('is the same when the letters come as several tokens each', async () => {
    const prior = await priorOver(letters(scoreOf, (label) => [label, ` ${label}`, label.toLowerCase()]))
    const validActions = commands(6)
    const { logProbabilities } = await prior.score(viewOf({ validActions }))
    for (const [index, value] of logSoftmax(validActions.map(scoreOf)).entries()) {
      expect(logProbabilities[index]).toBeCloseTo(value, 12)
    }
  })

  it('is normalised over the letters, and says how much of the answer they were', async () => {
    const prior = await priorOver((question) => {
      const probability = new Map([
        ['north', 0.1],
        ['south', 0.3],
      ])
      const tokens = question.options.map(({ label, command }) => ({
        token: ` ${label}`,
        logprob: Math.log(probability.get(command)!),
      }))
      return { type: 'tokens', tokens: [...tokens, { token: 'The', logprob: Math.log(0.6) }] }
    })
    const { logProbabilities, calls } = await prior.score(viewOf({ validActions: ['north', 'south'] }))
    expect(logProbabilities[0]).toBeCloseTo(Math.log(0.25), 12)
    expect(logProbabilities[1]).toBeCloseTo(Math.log(0.75), 12)
    expect(calls[0]!.labelMass).toBeCloseTo(0.4, 12)
  })

  it('loses a liking for early letters, which its two orders show', async () => {
    // The first letter is liked e times as much as the second, whatever stands behind it.
    const prior = await priorOver(letters((command, { options }) => (options[0]!.command === command ? 1 : 0)))
    const { logProbabilities, calls } = await prior.score(viewOf({ validActions: ['north', 'south'] }))
    expect(logProbabilities[0]).toBeCloseTo(Math.log(0.5), 12)
    expect(server.questions.map(({ options }) => options[0]!.command)).toEqual(['north', 'south'])
    // e / (1 + e) = 0.731 and 0.269 in one order, the other way round in the other: they differ by 0.462 each.
    expect(calls.map(({ disagreement }) => disagreement)).toEqual([null, expect.closeTo(0.4621, 4)])
  })

  it.each([20, 21, 40, 57, 150])('over %i commands loses a liking that grows from letter to letter', async (count) => {
    const place = (command: string, { options }: Question) => options.findIndex((option) => option.command === command)
    const prior = await priorOver(letters((command, question) => scoreOf(command) + 0.05 * place(command, question)))
    const validActions = commands(count)
    const { logProbabilities, calls } = await prior.score(viewOf({ validActions }))
    for (const [index, value] of logSoftmax(validActions.map(scoreOf)).entries()) {
      expect(logProbabilities[index]).toBeCloseTo(value, 9)
    }
    expect(calls.at(-1)!.disagreement).toBeGreaterThan(0.05)
    expect(calls.map(({ labelMass }) => labelMass)).toEqual(calls.map(() => expect.closeTo(1, 9)))
  })

  it('over more commands than letters says how far the orders of all calls disagree', async () => {
    // Whatever stands behind A is liked e times as much. It is the first of each call, or in the other order the last,
    // of which the second call's is alone in that: command 103 is the reference, in both calls between the two.
    const score = (command: string, { options }: Question) =>
      (options[0]!.command === command ? 1 : 0) + (command === 'command 103' ? 2 : 0)
    const prior = await priorOver(letters(score))
    const { calls } = await prior.score(viewOf({ validActions: commands(21) }))
    // In each order two of 21 weigh e, the reference e^2 and the others 1; no command is first in both.
    const total = 2 * Math.E + Math.E ** 2 + 18
    const disagreements = calls.map(({ disagreement }) => disagreement)
    expect(disagreements).toEqual([null, null, null, expect.closeTo((2 * (Math.E - 1)) / total, 9)])
  })

  it('makes do with one order of a call where the other gets no answer of use', async () => {
    const prior = await priorOver((question) =>
      question.number === 2 ? { type: 'texts', texts: ['Well,'] } : letters(scoreOf)(question),
    )
    const validActions = commands(21)
    const { logProbabilities, calls } = await prior.score(viewOf({ validActions }))
    for (const [index, value] of logSoftmax(validActions.map(scoreOf)).entries()) {
      expect(logProbabilities[index]).toBeCloseTo(value, 9)
    }
    expect(calls.map(({ fault }) => fault)).toEqual([null, null, 'no numbers', null])
    expect(calls.at(-1)!.disagreement).toBeNull()
  })

  it('counts the letters that the server leaves out, and ranks them below all that it reports', async () => {
    const prior = await priorOver((question) => {
      const probability = new Map([
        ['a', 0.2],
        ['b', 0.7],
      ])
      const tokens = question.options.flatMap(({ label, command }) => {
        const known = probability.get(command)
        return known === undefined ? [] : [{ token: label, logprob: Math.log(known) }]
      })
      return { type: 'tokens', tokens }
    })
    const { logProbabilities, calls } = await prior.score(viewOf({ validActions: ['a', 'b', 'c', 'd'] }))
    // The floor is half of the 0.1 that is left; 0.2 + 0.7 + 0.05 + 0.05 = 1.
    for (const [index, probability] of [0.2, 0.7, 0.05, 0.05].entries()) {
      expect(logProbabilities[index]).toBeCloseTo(Math.log(probability), 9)
    }
    expect(calls[0]!.missing).toBe(2)
  })
})

describe('a request', () => {
  it('asks for one token and its twenty likeliest alternatives at temperature 0', async () => {
    const prior = await priorOver(letters(scoreOf))
    await prior.score(viewOf({ validActions: commands(2) }))
    const { messages, ...parameters } = server.questions[0]!.body
    expect(parameters).toEqual({ model: 'scripted', logprobs: true, top_logprobs: 20, max_tokens: 1, temperature: 0 })
    expect(messages).toHaveLength(2)
  })

  it('shows the reference of the first call behind the same letter in the next', async () => {
    const prior = await priorOver(letters((command) => (command === 'command 103' ? 0 : -4)))
    await prior.score(viewOf({ validActions: commands(30) }))
    const shown = server.questions.map(({ options }) => options.find(({ command }) => command === 'command 103')?.label)
    // 16 commands, then 14 and the reference; each call is followed by its own reverse. There is no I.
    expect(shown).toEqual(['D', 'N', 'D', 'M'])
  })

  it('says max_completion_tokens from then on to a server that wants that', async () => {
    const refusal = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    const prior = await priorOver((question) =>
      'max_tokens' in question.body ? httpError(400, refusal) : letters(scoreOf)(question),
    )
    const { calls } = await prior.score(viewOf({ validActions: commands(2) }))
    // To learn it is no retry: a resumed run, which learns it anew, counts as one that never stopped.
    expect(calls.map(({ retries }) => retries)).toEqual([0, 0])
    await prior.score(viewOf({ validActions: commands(3) }))
    expect(server.questions.map(({ body }) => body)).toMatchObject([
      { max_tokens: 1 },
      ...Array.from({ length: 4 }, () => ({ max_completion_tokens: 1 })),
    ])
  })

  it('reports tokens, label mass and retries of each call', async () => {
    const prior = await priorOver(letters(scoreOf))
    const { calls } = await prior.score(viewOf({ validActions: commands(2) }))
    const call = {
      model: 'scripted',
      purpose: 'score',
      promptTokens: 100,
      completionTokens: 1,
      labelMass: expect.closeTo(1, 12),
      missing: 0,
      strangers: 0,
      disagreement: null,
      fault: null,
      retries: 0,
      cached: false,
    }
    expect(calls).toEqual([call, { ...call, disagreement: expect.closeTo(0, 12) }])
  })
})

describe('the environment', () => {
  it('names the server and the key', async () => {
    const server = serverFromEnvironment('m', { OPENAI_BASE_URL: 'http://localhost:1/v1/', OPENAI_API_KEY: 'sk-test' })
    expect(server).toMatchObject({ model: 'm', apiKey: 'sk-test', url: { host: 'localhost:1' } })
  })

  it.each<[string, Record<string, string>, string, string | null]>([
    [
      "needs no key for a server of one's own",
      { OPENAI_BASE_URL: 'http://localhost:1/v1', OPENAI_API_KEY: '' },
      'localhost:1',
      null,
    ],
    ["needs no address for OpenAI's", { OPENAI_API_KEY: 'sk-test' }, 'api.openai.com', 'sk-test'],
  ])('%s', (_, env, host, apiKey) => {
    expect(serverFromEnvironment('m', env)).toMatchObject({ apiKey, url: { host } })
  })

  it('may name neither', () => {
    expect(serverFromEnvironment('m', { OPENAI_BASE_URL: '' })).toBeNull()
  })

  it.each([{ OPENAI_BASE_URL: 'localhost' }, { OPENAI_BASE_URL: 'file:///etc' }])(
    'with an address that is none is refused: %j',
    (env) => {
      expect(() => serverFromEnvironment('m', env)).toThrow(/OPENAI_BASE_URL/)
    },
  )

  it.each([{ OPENAI_BASE_URL: 'http://user:s3cret@host/v1' }, { OPENAI_API_KEY: 's3cret\nX-Other: 1' }])(
    'with a secret that cannot be sent is refused without showing it',
    (env) => {
      let message = ''
      try {
        serverFromEnvironment('m', env)
      } catch (error) {
        message = String(error)
      }
      expect(message).toMatch(/^ModelError: .*OPENAI_/)
      expect(message).not.toContain('s3cret')
    },
  )
})

describe('a run', () => {
  /** The model's letters have the lexical prior's log-probabilities: it is asked first, the server looks them up. */
  async function twinOf(other: Prior): Promise<Prior> {
    let opinion = new Map<string, number>()
    const model = await priorOver(letters((command) => opinion.get(command)!))
    return {
      name: model.name,
      rung: model.rung,
      async score(view: View) {
        const { logProbabilities } = await other.score(view)
        opinion = new Map(view.validActions.map((action, index) => [action, logProbabilities[index]!]))
        return model.score(view)
      },
    }
  }

  function run(spec: string, inner: Prior): Promise<RunEvent[]> {
    const prior = new MeteredPrior(inner)
    const store = new ArrayStore()
    const config = toyConfig(spec, { episodes: 20 })
    const policy = createPolicy(spec, { prior, store, temperature: config.temperature, seed: config.seed })
    return collect(runEpisodes({ environment: new ToyEnvironment(), store, policy, prior, cache: new Map() }, config))
  }

  const choices = (events: readonly RunEvent[]) =>
    events.flatMap((event) => (event.type === 'decided' ? [event.decision.chosen] : []))

  it.each(['static', 'jitrl', 'jitrl:paper'])(
    "of %s with a model of the lexical prior's opinions makes the lexical prior's choices",
    async (spec) => {
      const lexical = choices(await run(spec, new LexicalPrior()))
      const modelled = await run(spec, await twinOf(new LexicalPrior()))
      expect(choices(modelled)).toEqual(lexical)
      expect(lexical.length).toBeGreaterThan(30)
      const calls = modelled.flatMap((event) => (event.type === 'model-called' ? [event.call] : []))
      expect(calls.filter(({ cached }) => !cached)).toHaveLength(server.questions.length)
    },
  )
})
