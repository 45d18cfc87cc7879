import { afterEach, describe, expect, it } from 'vitest'
import { probeRungs } from '../../../harness/models/probe.ts'
import type { RungName } from '../../../harness/models/rung.ts'
import { type Abilities, everything, languageModel } from '../language-model.ts'
import {
  type Answer,
  completion,
  httpError,
  type ModelServer,
  type Question,
  startModelServer,
} from '../model-server.ts'
import { viewOf } from '../toy-run.ts'
import { clientOf, priorOf } from './opened.ts'

let server: ModelServer
afterEach(() => server?.close())

async function probe(answer: (question: Question) => Answer, forced: RungName | null = null) {
  server = await startModelServer(answer)
  return probeRungs(clientOf({ baseURL: server.baseURL }), forced)
}

const able = (abilities: Partial<Abilities>) => languageModel(() => 0, { ...everything, ...abilities })
const nothing: Abilities = { ...everything, topLogprobs: false, echo: false, promptLogprobs: false, jsonSchema: false }

describe('the probe', () => {
  it.each<[string, Partial<Abilities>, number]>([
    ['single-token labels (top_logprobs)', {}, 0],
    ['command log-probabilities per token (echo)', { topLogprobs: false }, 1],
    ['command log-probabilities per token (prompt_logprobs)', { topLogprobs: false, echo: false }, 2],
    ['verbalized confidences (JSON schema)', { topLogprobs: false, echo: false, promptLogprobs: false }, 3],
    ['verbalized confidences (JSON asked for)', nothing, 4],
  ])('finds %s where that is the best there is, and says why nothing better', async (title, abilities, worse) => {
    const { rung, rejected } = await probe(able(abilities))
    expect(rung.title).toBe(title)
    expect(rejected).toHaveLength(worse)
    for (const { reason } of rejected) expect(reason).toMatch(/^(gave|rejected|did not|puts)/)
  })

  it('comes down to samples where a model gives neither numbers nor JSON', async () => {
    const { rung, rejected, calls } = await probe((question) =>
      /^\d+$/.test(question.options[0]!.label)
        ? { type: 'texts', texts: ['I like the first.'] }
        : able(nothing)(question),
    )
    expect(rung.title).toBe('frequency of 10 samples')
    expect(rejected.at(-1)!.reason).toBe('gave no JSON object')
    expect(calls.map(({ fault }) => fault)).toContain('malformed')
  })

  it('takes no letters from a model that would rather say something else', async () => {
    const { rung, rejected } = await probe((question) =>
      question.body.logprobs === true
        ? {
            type: 'tokens',
            tokens: [
              { token: 'The', logprob: Math.log(0.9) },
              { token: 'A', logprob: Math.log(0.1) },
            ],
          }
        : able({})(question),
    )
    expect(rung.name).toBe('strings')
    expect(rejected[0]!.reason).toBe('puts only 10 % on the letters')
  })

  it('tries the rung alone that is asked for, and does not fall back', async () => {
    expect((await probe(able({}), 'samples')).rung.name).toBe('samples')
    await server.close()
    await expect(probe(able({ topLogprobs: false }), 'labels')).rejects.toThrow(
      /scripted gives no distribution over commands\. single-token labels \(top_logprobs\): gave no log-probabilities\. Leave out --rung/,
    )
  })

  it('stops where there is no such model, or no leave to ask it', async () => {
    await expect(probe(() => httpError(404, 'model not found'))).rejects.toThrow(/no model scripted/)
    expect(server.questions).toHaveLength(1)
    await server.close()
    await expect(probe(() => httpError(401, 'no'))).rejects.toThrow(/asks for an API key/)
  })

  it.each([500, 501])('goes on to the next rung where a server fails (%i) at one that it lacks', async (status) => {
    const { rung, rejected } = await probe((question) =>
      question.path === '/completions'
        ? httpError(status, 'Only no echo is supported')
        : able({ topLogprobs: false })(question),
    )
    expect(rung.title).toBe('verbalized confidences (JSON schema)')
    expect(rejected[1]!.reason).toBe(`rejected the request (${status}: Only no echo is supported)`)
  })

  it('says what a server failed at where no other rung will do', async () => {
    const failing = (question: Question) =>
      question.path === '/completions'
        ? httpError(500, 'no echo')
        : ({ type: 'texts', texts: ['Hm.'] } satisfies Answer)
    await expect(probe(failing)).rejects.toThrow(
      /\(echo\): rejected the request \(500: no echo\); .* samples: named none/,
    )
  })

  it('stops where a server fails at the very first', async () => {
    await expect(probe(() => httpError(503, 'loading'))).rejects.toThrow(
      /could not answer, in 5 attempts \(503: loading\)/,
    )
    expect(server.questions).toHaveLength(5)
  })

  it('takes thoughts that the token limit has cut off for no answer', async () => {
    const thinking = able(nothing)
    const { rejected } = await probe((question) => {
      const [first] = question.options
      if (question.path === '/completions' || /^[A-Z]$/.test(first!.label)) return thinking(question)
      if (!/^\d+$/.test(first!.label)) return { type: 'texts', texts: [first!.command] }
      const content = '<think>\nNorth {"1": 90} looks good'
      const cut = completion([], { finish_reason: 'length', message: { content }, logprobs: null })
      return { type: 'json', status: 200, body: cut }
    })
    expect(rejected.at(-1)!.reason).toBe('came to no answer before its token limit')
  })

  it('says of every rung why it will not do, where none will', async () => {
    await expect(probe(() => ({ type: 'texts', texts: ['Hm.'] }))).rejects.toThrow(
      /gives no distribution over commands\. single-token labels .*; command log-.*; verbalized .*; frequency of 10 samples: named none of the commands\. Choose another --model\./,
    )
  })
})

describe('every rung', () => {
  const validActions = ['east', 'go up', 'look under the rug', 'wait']
  const scores = [-1, -0.5, -2, -4]
  const opinion = (command: string) => scores[validActions.indexOf(command)] ?? -9
  // exp: 0.3679 0.6065 0.1353 0.0183, of 1.1280.
  const shares = [0.3261, 0.5377, 0.12, 0.0162]

  it.each<[string, Partial<Abilities>, number]>([
    ['labels', {}, 0.001],
    ['strings', { topLogprobs: false }, 0.001],
    ['strings', { topLogprobs: false, echo: false }, 0.001],
    // Points are whole, and half a one is added.
    ['confidences', { topLogprobs: false, echo: false, promptLogprobs: false }, 0.02],
  ])('%s gives the opinion of the model that it asks (%j)', async (_, abilities, error) => {
    const { rung } = await probe(able(abilities))
    await server.close()
    server = await startModelServer(languageModel(opinion, { ...everything, ...abilities }))
    const { logProbabilities } = await priorOf(server, rung).score(viewOf({ validActions }))
    for (const [index, share] of shares.entries()) {
      expect(Math.abs(Math.exp(logProbabilities[index]!) - share)).toBeLessThan(error)
    }
  })

  it.each(["'n' : number must be at most 1", 'Only n = 1 is supported', 'n must be 1', '`n` is not supported'])(
    'samples asks ten times where a server allows no other n (%s)',
    async (complaint) => {
      const { rung } = await probe(
        (question) => ('n' in question.body ? httpError(400, complaint) : able({})(question)),
        'samples',
      )
      expect(rung.name).toBe('samples')
      expect(server.questions).toHaveLength(11)
    },
  )

  it.each([true, false])(
    'samples counts what ten answers say, in one request or in ten (%s)',
    async (severalChoices) => {
      const { rung } = await probe(able({ severalChoices }), 'samples')
      await server.close()
      server = await startModelServer(
        languageModel((command) => (command === 'wait' ? 0 : -99), { ...everything, severalChoices }),
      )
      const { logProbabilities, calls } = await priorOf(server, rung).score(viewOf({ validActions }))
      // Ten of eleven, and a quarter of the eleventh.
      expect(Math.exp(logProbabilities[3]!)).toBeCloseTo(10.25 / 11, 9)
      expect(Math.exp(logProbabilities[0]!)).toBeCloseTo(0.25 / 11, 9)
      expect(calls).toHaveLength(severalChoices ? 1 : 10)
    },
  )
})
