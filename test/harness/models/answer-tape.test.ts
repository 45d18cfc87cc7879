import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AnswerTape } from '../../../harness/models/answer-tape.ts'
import { ModelClient } from '../../../harness/models/model-client.ts'
import { ModelError } from '../../../harness/models/model-error.ts'
import { modelServer } from '../../../harness/models/model-server.ts'
import { noLimits, Spending } from '../../../harness/models/spending.ts'
import {
  type Answer,
  completion,
  httpError,
  letters,
  type ModelServer,
  type Question,
  startModelServer,
} from '../model-server.ts'
import { clientOf } from './opened.ts'

const key = 'sk-planted-0123456789'
let folder: string
let server: ModelServer
let script: (question: Question) => Answer

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grue-tape-'))
  script = letters(() => 0)
  server = await startModelServer((question) => script(question))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
})

const online = (tape: string) => {
  const address = modelServer({ model: 'm', baseURL: server.baseURL, apiKey: key })
  return new ModelClient('m', address, AnswerTape.open(folder, tape), new Spending(noLimits, null))
}
const offline = (tape: string) =>
  new ModelClient('m', null, AnswerTape.open(folder, tape), new Spending(noLimits, null))

const question = (text: string, place = '1.1') =>
  ({
    path: '/chat/completions',
    body: { messages: [{ role: 'user', content: `${text}\nCommands:\nA) north\nB) wait` }] },
    place,
  }) as const

describe('a tape', () => {
  it('answers without a server what was asked with one, to the byte', async () => {
    const recorded = await online('run').ask(question('Where?'))
    expect(await offline('run').ask(question('Where?'))).toEqual(recorded)
    expect(server.questions).toHaveLength(1)
  })

  it('says so where it has no answer and there is no server', async () => {
    await expect(offline('run').ask(question('Where?'))).rejects.toThrow(
      /cassette has no answer.*Set OPENAI_BASE_URL or OPENAI_API_KEY/,
    )
  })

  it('calls an answer cached where the run was given it elsewhere, not where it is given again', async () => {
    const client = online('run')
    expect(await client.ask(question('Where?', '1.1'))).toMatchObject({ cached: false })
    expect(await client.ask(question('Where?', '1.1'))).toMatchObject({ cached: false })
    expect(await client.ask(question('Where?', '2.1'))).toMatchObject({ cached: true })
    expect(await offline('other').ask(question('Where?', '5.1'))).toMatchObject({ cached: false })
    expect(await offline('other').ask(question('Where?', '6.1'))).toMatchObject({ cached: true })
    expect(server.questions).toHaveLength(1)
  })

  it('keeps what a server will not have of the probe, once it has answered another question', async () => {
    script = ({ number }) =>
      number === 0 ? httpError(400, 'no logprobs here') : letters(() => 0)(server.questions[number]!)
    const client = online('run')
    await expect(client.ask(question('Where?', 'probe'))).rejects.toThrow(/400: no logprobs here/)
    await client.ask(question('When?', 'probe'))
    for (const again of [online('run'), offline('run')]) {
      await expect(again.ask(question('Where?', 'probe'))).rejects.toThrow(/400: no logprobs here/)
      await again.ask(question('When?', 'probe'))
    }
    expect(server.questions).toHaveLength(2)
  })

  it.each([
    [404, 'probe'],
    [402, 'probe'],
    [400, '3.14'],
  ])('forgets a %i at %s, so that to mend its cause helps', async (status, place) => {
    script = () => httpError(status, 'not so')
    await expect(online('run').ask(question('Where?', place))).rejects.toThrow(/not so/)
    script = letters(() => 0)
    const later = online('run')
    if (place !== 'probe') await later.ask(question('When?', place))
    expect(await later.ask(question('Where?', place))).toMatchObject({ cached: false })
  })

  it('keeps an answer that is of no use, as no use', async () => {
    script = () => ({ type: 'text', contentType: 'application/json', body: '{' })
    const recorded = await online('run').ask(question('Where?'))
    expect(recorded.content).toMatchObject({ fault: 'malformed' })
    expect(await offline('run').ask(question('Where?'))).toEqual(recorded)
  })

  it('forgets what could not be read of a server that has answered the probe nothing else', async () => {
    script = () => ({ type: 'json', status: 200, body: { error: { message: 'upstream is busy' } } })
    const bad = await online('run').ask(question('Where?', 'probe'))
    expect(bad.content).toMatchObject({ fault: 'malformed' })
    script = letters(() => 0)
    expect((await online('run').ask(question('Where?', 'probe'))).content).not.toBeInstanceOf(Error)
  })

  it('that another shares the folder of hears what it was answered, and counts it', async () => {
    const address = modelServer({ model: 'm', baseURL: server.baseURL, apiKey: key })
    const limits = { ...noLimits, calls: 2 }
    const [one, other] = ['one', 'other'].map(
      (name) => new ModelClient('m', address, AnswerTape.open(folder, name), new Spending(limits, null)),
    )
    await one!.ask(question('Where?'))
    await other!.ask(question('Where?'))
    await other!.ask(question('Why?'))
    await expect(one!.ask(question('When?'))).rejects.toThrow(/--max-calls 2 is reached \(2 calls/)
    expect(server.questions).toHaveLength(2)
  })

  it('that two write to at the same time lets neither miss, or count twice, what was answered', async () => {
    const address = modelServer({ model: 'm', baseURL: server.baseURL, apiKey: key })
    const limits = { ...noLimits, calls: 4 }
    const both = [1, 2].map(
      () => new ModelClient('m', address, AnswerTape.open(folder, 'run'), new Spending(limits, null)),
    )
    await Promise.all(both.map((client, index) => client.ask(question(`Question ${index}`))))
    for (const [index, client] of both.entries()) await client.ask(question(`Question ${index + 2}`))
    for (const client of both)
      await expect(client.ask(question('When?'))).rejects.toThrow(/--max-calls 4 is reached \(4 calls/)
    expect(server.questions).toHaveLength(4)
  })

  it('does not keep trouble that passes', async () => {
    script = () => httpError(401, 'no')
    await expect(online('run').ask(question('Where?'))).rejects.toThrow(ModelError)
    script = letters(() => 0)
    expect((await online('run').ask(question('Where?'))).content).not.toBeInstanceOf(Error)
  })

  it('goes on behind a line that a dying process left unfinished', async () => {
    await online('run').ask(question('Where?'))
    appendFileSync(join(folder, 'run.jsonl'), '{"key":"half')
    await online('run').ask(question('Why?'))
    await offline('run').ask(question('Where?'))
    await offline('run').ask(question('Why?'))
  })

  it('holds neither prompt nor address nor key, even where the server quotes them', async () => {
    script = ({ headers }) => ({ type: 'texts', texts: [`Your ${headers.authorization} is fine.`] })
    const { content } = await online('run').ask(question('A secret place'))
    expect(content).toMatchObject({ choices: [{ message: { content: 'Your Bearer *** is fine.' } }] })
    const kept = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('')
    expect(kept).toContain('is fine')
    for (const secret of [key, 'secret place', new URL(server.baseURL).host]) expect(kept).not.toContain(secret)
  })

  it('holds no key that a server gives as the name of a token', async () => {
    const { choices, ...rest } = completion([])
    const prompt_logprobs = [null, { [`Bearer ${key}`]: { logprob: -1, decoded_token: key } }]
    script = () => ({ type: 'json', status: 200, body: { ...rest, choices: [{ ...choices[0], prompt_logprobs }] } })
    const { content } = await online('run').ask(question('Where?'))
    expect(content).toMatchObject({
      choices: [{ prompt_logprobs: [null, { 0: { logprob: -1, decoded_token: '***' } }] }],
    })
    expect(readFileSync(join(folder, 'run.jsonl'), 'utf8')).not.toContain(key)
  })

  it.each(['1', 'a', 'x', 'null', 'content', 'logprobs'])(
    'loses nothing of an answer to the key %s',
    async (apiKey) => {
      const address = modelServer({ model: 'm', baseURL: server.baseURL, apiKey })
      const client = new ModelClient('m', address, AnswerTape.open(folder, 'run'), new Spending(noLimits, null))
      const reply = await client.ask(question('Where?'))
      expect(reply).toEqual(await clientOf(server).ask(question('Where?')))
      script = () => httpError(400, 'logit 1 exact')
      await expect(client.ask(question('When?'))).rejects.toThrow(/\(400: logit 1 exact\)/)
    },
  )

  it('that cannot be written is an error that names the folder', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => AnswerTape.open(join(folder, 'file'), 'run')).toThrow(
      /file \(E\w+\): name another folder by --cassette/,
    )
  })
})

describe('limits', () => {
  const limited = (limits: Partial<typeof noLimits>) => {
    const address = modelServer({ model: 'm', baseURL: server.baseURL, apiKey: key })
    const spending = new Spending({ ...noLimits, ...limits }, { input: 2, output: 10 })
    return new ModelClient('m', address, AnswerTape.open(folder, 'run'), spending)
  }
  /** How many different questions are answered before it stops. */
  const answered = async (client: ModelClient) => {
    for (let count = 0; ; count++) {
      try {
        await client.ask(question(`Question ${count}`))
      } catch (error) {
        return [count, String(error)] as const
      }
    }
  }

  // Each call takes 100 tokens in and 1 out: 101 tokens, 210 millionths of a dollar.
  it.each([
    [{ calls: 3 }, 3, /--max-calls 3 is reached \(3 calls, 303 tokens, \$0\.0006 so far\).*raise --max-calls/],
    [{ tokens: 505 }, 5, /--max-tokens 505/],
    [{ tokens: 504 }, 4, /--max-tokens 504/],
    [{ cost: 0.00085 }, 4, /--max-cost \$0\.00085/],
    [{ tokens: 1 }, 0, /--max-tokens 1 .*may take \d+ tokens.*\(0 calls/],
    [{ cost: 0 }, 0, /--max-cost \$0 /],
  ])('of %j stop before the call that would break them', async (limits, calls, message) => {
    const [count, error] = await answered(limited(limits))
    expect(count).toBe(calls)
    expect(error).toMatch(/^BudgetError: /)
    expect(error).toMatch(message)
  })

  it.each([
    ['what it is asked', { messages: [{ role: 'user', content: 'x'.repeat(3000) }], max_tokens: 1 }, 999],
    ['what it may answer', { messages: [], max_tokens: 1000 }, 999],
    ['how many answers there are', { messages: [], max_tokens: 200, n: 5 }, 999],
    ['how many prompts there are', { prompt: ['a', 'b', 'c', 'd', 'e'], max_tokens: 200 }, 999],
  ])('foresee of a call that is dearer than those before %s', async (_, body, tokens) => {
    const client = limited({ tokens })
    await client.ask(question('Where?'))
    const dear = { path: '/chat/completions', body, place: '1.2' } as const
    await expect(client.ask(dear)).rejects.toThrow(/--max-tokens 999/)
    expect(server.questions).toHaveLength(1)
  })

  it.each([
    [{ tokens: 1000 }, '--max-tokens'],
    [{ cost: 1 }, '--max-cost'],
  ])('of %j stop behind the first answer that does not say what it took', async (limits, flag) => {
    const { usage: _, ...uncounted } = completion([])
    script = () => ({ type: 'json', status: 200, body: uncounted })
    for (let run = 0; run < 2; run++) {
      const [count, error] = await answered(limited(limits))
      expect(count).toBe(1)
      expect(error).toContain(`reports no tokens, so that ${flag} cannot be kept: use --max-calls`)
    }
    expect(server.questions).toHaveLength(1)
    expect((await answered(limited({ calls: 3 })))[0]).toBe(3)
  })

  it('count what the tape holds already, and let it be heard again for nothing', async () => {
    expect((await answered(limited({ calls: 3 })))[0]).toBe(3)
    expect((await answered(limited({ calls: 3 })))[0]).toBe(3)
    expect((await answered(limited({ calls: 5 })))[0]).toBe(5)
    expect(server.questions).toHaveLength(5)
  })
})
