import { afterEach, describe, expect, it } from 'vitest'
import type { ModelCall, Prior, View } from '../../harness/contracts.ts'
import { createPolicy } from '../../harness/create-policy.ts'
import type { RunEvent } from '../../harness/events.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { MeteredPrior } from '../../harness/metered-prior.ts'
import { OpenAIPrior, openAIPriorFromEnvironment } from '../../harness/openai-prior.ts'
import { runEpisodes } from '../../harness/run.ts'
import { logSoftmax } from '../../harness/softmax.ts'
import { ArrayStore } from './array-store.ts'
import { type Answer, httpError, letters, type ModelServer, type Question, startModelServer } from './model-server.ts'
import { ToyEnvironment } from './toy-environment.ts'
import { collect, toyConfig, viewOf } from './toy-run.ts'

let server: ModelServer

async function priorOver(answer: (question: Question) => Answer): Promise<OpenAIPrior> {
  server = await startModelServer(answer)
  return new OpenAIPrior({ model: 'scripted', baseURL: server.baseURL })
}

afterEach(() => server?.close())

/** Commands that sort as they are numbered. */
const commands = (count: number) => Array.from({ length: count }, (_, index) => `command ${100 + index}`)
/** Scores between -5 and 0 in no order. */
const scoreOf = (command: string) => -5 * Math.abs(Math.sin(Number(command.split(' ')[1]) * 12.9898))

describe('the distribution', () => {
  it.each([
    [1, 0],
    [2, 1],
    [3, 1],
    [20, 1],
    [21, 2],
    [39, 2],
    [57, 3],
    [100, 6],
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
    const prior = await priorOver(() => ({
      type: 'tokens',
      tokens: [
        { token: 'A', logprob: Math.log(0.1) },
        { token: ' B', logprob: Math.log(0.3) },
        { token: 'The', logprob: Math.log(0.6) },
      ],
    }))
    const { logProbabilities, calls } = await prior.score(viewOf({ validActions: ['north', 'south'] }))
    expect(logProbabilities[0]).toBeCloseTo(Math.log(0.25), 12)
    expect(logProbabilities[1]).toBeCloseTo(Math.log(0.75), 12)
    expect(calls[0]!.labelMass).toBeCloseTo(0.4, 12)
  })

  it('counts the letters that the server leaves out, and ranks them below all that it reports', async () => {
    const prior = await priorOver(() => ({
      type: 'tokens',
      tokens: [
        { token: 'B', logprob: Math.log(0.7) },
        { token: 'A', logprob: Math.log(0.2) },
      ],
    }))
    const { logProbabilities, calls } = await prior.score(viewOf({ validActions: ['a', 'b', 'c', 'd'] }))
    // The floor is half of the 0.1 that is left; 0.2 + 0.7 + 0.05 + 0.05 = 1.
    for (const [index, probability] of [0.2, 0.7, 0.05, 0.05].entries()) {
      expect(logProbabilities[index]).toBeCloseTo(Math.log(probability), 9)
    }
    expect(calls[0]!.missingLabels).toBe(2)
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
    expect(shown).toEqual(['D', 'D'])
  })

  it('says max_completion_tokens from then on to a server that wants that', async () => {
    const refusal = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    const prior = await priorOver((question) =>
      'max_tokens' in question.body ? httpError(400, refusal) : letters(scoreOf)(question),
    )
    await prior.score(viewOf({ validActions: commands(2) }))
    await prior.score(viewOf({ validActions: commands(2) }))
    expect(server.questions.map(({ body }) => body)).toMatchObject([
      { max_tokens: 1 },
      { max_completion_tokens: 1 },
      { max_completion_tokens: 1 },
    ])
  })

  it('reports tokens, label mass and retries of each call', async () => {
    const prior = await priorOver(letters(scoreOf))
    const { calls } = await prior.score(viewOf({ validActions: commands(2) }))
    const call: ModelCall = {
      model: 'scripted',
      promptTokens: 100,
      completionTokens: 1,
      labelMass: calls[0]!.labelMass,
      missingLabels: 0,
      retries: 0,
    }
    expect(calls).toEqual([call])
    expect(call.labelMass).toBeCloseTo(1, 12)
  })
})

describe('the environment', () => {
  it('names the server and the key', async () => {
    server = await startModelServer(letters(scoreOf))
    const prior = openAIPriorFromEnvironment('m', { OPENAI_BASE_URL: server.baseURL, OPENAI_API_KEY: 'sk-test' })
    await prior.score(viewOf({ validActions: commands(2) }))
    expect(server.questions[0]!.headers.authorization).toBe('Bearer sk-test')
    expect(prior).toMatchObject({ name: 'openai:m', rung: 'single-token labels (top_logprobs)' })
  })

  it("needs no key for a server of one's own", async () => {
    server = await startModelServer(letters(scoreOf))
    const prior = openAIPriorFromEnvironment('m', { OPENAI_BASE_URL: `${server.baseURL}/`, OPENAI_API_KEY: '' })
    expect((await prior.score(viewOf({ validActions: commands(2) }))).calls).toHaveLength(1)
  })

  it.each([
    ['no server and no key', {}, /Set OPENAI_BASE_URL.*or OPENAI_API_KEY/],
    ['an address that is none', { OPENAI_BASE_URL: 'localhost' }, /OPENAI_BASE_URL/],
    ['another protocol', { OPENAI_BASE_URL: 'file:///etc' }, /OPENAI_BASE_URL/],
  ])('with %s is refused before any call', (_, env, message) => {
    expect(() => openAIPriorFromEnvironment('m', env)).toThrow(message)
  })

  it.each([{ OPENAI_BASE_URL: 'http://user:s3cret@host/v1' }, { OPENAI_API_KEY: 's3cret\nX-Other: 1' }])(
    'with a secret that cannot be sent is refused without showing it',
    (env) => {
      let message = ''
      try {
        openAIPriorFromEnvironment('m', env)
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
    return collect(runEpisodes({ environment: new ToyEnvironment(), store, policy, prior, actions: new Map() }, config))
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
      const calls = modelled.filter((event) => event.type === 'model-called')
      expect(calls).toHaveLength(server.questions.length)
    },
  )
})
