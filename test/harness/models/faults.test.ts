import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ModelFault, PriorScores } from '../../../harness/contracts.ts'
import type { RunEvent } from '../../../harness/events.ts'
import { MeteredPrior } from '../../../harness/metered-prior.ts'
import { ModelError } from '../../../harness/models/model-error.ts'
import { ArrayStore } from '../array-store.ts'
import {
  type Answer,
  completion,
  firstFaults,
  httpError,
  letters,
  type ModelServer,
  type Question,
  startModelServer,
} from '../model-server.ts'
import { toyConfig, toyRun, viewOf } from '../toy-run.ts'
import { clientOf, priorOf } from './opened.ts'

const key = 'sk-very-secret-0123456789'
const evenly = letters(() => 0)
const tokens = [
  { token: 'A', logprob: Math.log(0.5) },
  { token: 'B', logprob: Math.log(0.5) },
]
const view = viewOf({ validActions: ['north', 'wait'] })

let script: (question: Question) => Answer
let server: ModelServer

// The SDK's waits between attempts, and its timeouts, pass twenty times faster.
const { setTimeout } = globalThis
vi.stubGlobal('setTimeout', (run: () => void, ms: number, ...rest: []) => setTimeout(run, ms / 20, ...rest))

beforeEach(async () => {
  server = await startModelServer((question) => script(question))
})
afterEach(() => server.close())

function ask(answer: (question: Question) => Answer, timeoutMs = 60_000): Promise<PriorScores> {
  script = answer
  return priorOf({ baseURL: server.baseURL, apiKey: key, timeoutMs }).score(view)
}

/** The message of the `ModelError` that the answer leads to, and nothing that names the key. */
async function failure(answer: (question: Question) => Answer, timeoutMs?: number): Promise<string> {
  const error = await ask(answer, timeoutMs).then(
    () => expect.unreachable('it answered'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ModelError)
  const { message, cause } = error as ModelError
  expect(cause).toBeUndefined()
  expect(`${message} ${(error as ModelError).stack}`).not.toContain(key)
  expect(message).toContain(new URL(server.baseURL).host)
  expect(message).toMatch(/^\P{C}+$/u)
  return message
}

const always = (answer: Answer) => () => answer
const json = (body: unknown): Answer => ({ type: 'json', status: 200, body })

describe('trouble that passes', () => {
  it.each([408, 409, 429, 500, 502, 503, 529])('a %i is tried again, and counted', async (status) => {
    const { calls } = await ask(firstFaults([httpError(status, 'later'), httpError(status, 'later')], evenly))
    expect(calls.map(({ retries }) => retries)).toEqual([2, 0])
  })

  it.each(['drop', 'break-off'] as const)('a connection lost (%s) is tried again', async (type) => {
    const { calls } = await ask(firstFaults([{ type }], evenly))
    expect(calls[0]!.retries).toBe(1)
  })

  it.each(['stall', 'stall-midway'] as const)(
    'an answer that does not come in time (%s) is asked for again',
    async (type) => {
      const { calls } = await ask(firstFaults([{ type }], evenly), 4000)
      expect(calls[0]!.retries).toBe(1)
    },
  )
})

describe('trouble that stays', () => {
  it('a server that is too busy is left alone after five attempts', async () => {
    expect(await failure(always(httpError(429, 'You exceeded your quota')))).toMatch(
      /could not answer, in 5 attempts \(429: You exceeded your quota\)\. Try again later/,
    )
    expect(server.questions).toHaveLength(5)
  })

  it('an account without money is no fault of the model', async () => {
    expect(await failure(always(httpError(402, 'Insufficient Balance')))).toMatch(
      /could not answer, in one attempt \(402: Insufficient Balance\)\. Try again later; .* the account's limits/,
    )
    expect(server.questions).toHaveLength(1)
  })

  it('a server that fails is named with its own words', async () => {
    expect(await failure(always(httpError(500, 'out of memory')))).toMatch(/5 attempts \(500: out of memory\)/)
  })

  it('a server that never answers is reported with the time it had', async () => {
    expect(await failure(always({ type: 'stall' }), 1500)).toMatch(/did not answer within 1\.5 s, in 5 attempts/)
  })

  it('a server that is not there is reported with the reason', async () => {
    await server.close()
    expect(await failure(evenly)).toMatch(/could not be reached \(ECONNREFUSED\).*OPENAI_BASE_URL/)
  })
})

describe('a clear stop', () => {
  it.each([401, 403])('at the first %i, without the words of a server that may quote the key', async (status) => {
    const message = await failure(({ headers }) => httpError(status, `Bad key: ${headers.authorization}`))
    expect(message).toMatch(/refuses the API key.*Set OPENAI_API_KEY/)
    expect(message).not.toContain('Bad key')
    expect(server.questions).toHaveLength(1)
  })

  it('asks for a key where none was given', async () => {
    script = always(httpError(401, 'key?'))
    const prior = priorOf({ baseURL: server.baseURL })
    await expect(prior.score(view)).rejects.toThrow(/asks for an API key \(401\)\. Set OPENAI_API_KEY/)
  })

  it('at the first 404, with what may be wrong', async () => {
    expect(await failure(always(httpError(404, 'model "scripted" not found, try pulling it')))).toMatch(
      /no model scripted.*404: model "scripted" not found, try pulling it.*--model.*OPENAI_BASE_URL.*\/v1/,
    )
    expect(server.questions).toHaveLength(1)
  })

  it('at a path without chat completions', async () => {
    const prior = priorOf({ baseURL: server.baseURL.replace('/v1', '') })
    await expect(prior.score(view)).rejects.toThrow(/no chat completions at this address.*usually ends in \/v1/)
  })

  it('at a model that takes no logprobs', async () => {
    expect(await failure(always(httpError(400, "'logprobs' is not supported with this model")))).toMatch(
      /rejects the request \(400: 'logprobs' is not supported with this model\).*Choose another --model/,
    )
    expect(server.questions).toHaveLength(1)
  })
})

describe('what a server says', () => {
  it('is repeated without the key, without control characters and in short', async () => {
    const words = `\u001b[31mno\u0007 ${key}\n\u202e${'x'.repeat(1000)}`
    const message = await failure(always(httpError(422, words)))
    expect(message).toContain('***')
    expect(message.length).toBeLessThan(500)
  })

  it('is repeated without the key when the error has a form of its own', async () => {
    const answer = ({ headers }: Question): Answer => ({
      type: 'json',
      status: 418,
      body: { error: { key: headers.authorization } },
    })
    expect(await failure(answer)).toContain('Bearer ***')
  })
})

describe('an answer that is of no use', () => {
  const says = (text: string): Answer => ({ type: 'texts', texts: [text] })

  it.each<[ModelFault, string, Answer]>([
    ['no numbers', 'null for logprobs', json(completion(tokens, { logprobs: null }))],
    ['no numbers', 'no content', json(completion(tokens, { logprobs: { content: null } }))],
    ['no numbers', 'no position', json(completion(tokens, { logprobs: { content: [] } }))],
    ['empty', 'no choice', json({ ...completion(tokens), choices: [] })],
    ['refusal', 'a refusal', json(completion(tokens, { message: { content: null, refusal: "I can't help." } }))],
    ['refusal', 'a filter', json(completion(tokens, { finish_reason: 'content_filter' }))],
    ['off the list', 'thinking aloud', { type: 'tokens', tokens: [{ token: '<think>\u001b[0m', logprob: 0 }] }],
    ['malformed', 'broken JSON', { type: 'text', contentType: 'application/json', body: '{"choices": [' }],
    ['malformed', 'a web page', { type: 'text', contentType: 'text/html', body: '<h1>Welcome</h1>' }],
    ['malformed', 'an empty body', { type: 'text', contentType: 'application/json', body: '' }],
    ['malformed', 'another object', json({ hello: 'world' })],
    ['malformed', 'null', json(null)],
    ['malformed', 'probabilities in place of logarithms', json(completion([{ token: 'A', logprob: 0.9 }]))],
    ['huge', 'no end', { type: 'endless' }],
  ])('(%s) with %s leaves the turn to chance, and its calls say so', async (fault, _, answer) => {
    const { logProbabilities, calls } = await ask(always(answer))
    expect(logProbabilities).toEqual([-Math.LN2, -Math.LN2])
    expect(calls.map((call) => call.fault)).toEqual([fault, fault])
    expect(server.questions).toHaveLength(2)
  })

  it('costs a turn nothing but itself where the other order of the options is answered', async () => {
    const sure = letters((command) => (command === 'north' ? Math.log(3) : 0))
    const { logProbabilities, calls } = await ask(firstFaults([says('')], sure))
    expect(logProbabilities[0]).toBeCloseTo(Math.log(0.75), 12)
    expect(calls).toMatchObject([{ fault: 'no numbers' }, { fault: null, disagreement: null }])
  })

  it('five turns in a row ends the run with what the model did', async () => {
    script = always(says('Hm.'))
    const prior = priorOf({ baseURL: server.baseURL })
    for (let turn = 1; turn < 5; turn++) await prior.score(viewOf({ turn, text: `Room ${turn}.` }))
    await expect(prior.score({ ...view, turn: 5 })).rejects.toThrow(
      /scripted gave nothing of use 5 turns in a row: at last it gave no log-probabilities\. Try again, or choose another/,
    )
  })

  it('five turns are five, however often the model is asked in each', async () => {
    script = always(says('Hm.'))
    const prior = priorOf({ baseURL: server.baseURL })
    for (const turn of [1, 1, 2, 2, 3, 3, 4, 4]) await prior.score(viewOf({ turn }))
    await expect(prior.score(viewOf({ turn: 5 }))).rejects.toThrow(/5 turns in a row/)
  })

  it('five turns end a run that was broken off between them where they end one that was not', async () => {
    script = always(says('Hm.'))
    const config = toyConfig('static')
    const start = async (unfinished: readonly RunEvent[], turns: number) => {
      const events: RunEvent[] = []
      const prior = new MeteredPrior(priorOf({ baseURL: server.baseURL }))
      try {
        for await (const event of toyRun(config, new ArrayStore(), { unfinished }, prior)) {
          events.push(event)
          if (event.type === 'observed' && event.turn === turns) break
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ModelError)
      }
      return events
    }
    const whole = await start([], Number.POSITIVE_INFINITY)
    expect(whole.filter(({ type }) => type === 'stepped')).toHaveLength(4)
    const begun = await start([], 3)
    expect(await start(begun.slice(1), Number.POSITIVE_INFINITY)).toEqual(whole)
  })

  it('four turns in a row does not, if the next is of use', async () => {
    script = ({ number }) => (Math.floor(number / 2) % 5 === 4 ? evenly(server.questions[number]!) : says('Hm.'))
    const prior = priorOf({ baseURL: server.baseURL })
    for (let turn = 1; turn <= 20; turn++) await prior.score(viewOf({ turn, text: `Room ${turn}.` }))
  })
})

it.each([
  undefined,
  null,
  {},
  { prompt_tokens: 5, total_tokens: 5 },
  { prompt_tokens: 5, completion_tokens: null },
  { prompt_tokens: 5, completion_tokens: -1 },
])('a server that counts no tokens, or some alone, is believed to have used none: %j', async (usage) => {
  const { calls } = await ask(always(json({ ...completion(tokens), usage })))
  expect(calls[0]).toMatchObject({ promptTokens: 0, completionTokens: 0, fault: null })
})

it.each([
  { prompt_tokens: 5, total_tokens: 5 },
  { prompt_tokens: 5, completion_tokens: null },
])('a server need not count what it was told not to write: %j', async (usage) => {
  script = always(json({ ...completion(tokens), usage }))
  const asked = { path: '/completions', body: { prompt: ['> wait'], max_tokens: 0 }, place: '1.1' } as const
  expect(await clientOf(server).ask(asked)).toMatchObject({ promptTokens: 5, completionTokens: 0 })
})
