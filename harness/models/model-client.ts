import OpenAI, { APIUserAbortError, BadRequestError } from 'openai'
import { type AnswerTape, questionKey, type TapedAnswer, type TapeEntry } from './answer-tape.ts'
import { type Completion, completionSchema } from './completion.ts'
import { heeding } from './heeding.ts'
import { ModelError, RequestRejected, rejection, ServerFailed } from './model-error.ts'
import type { ModelServer } from './model-server.ts'
import { mostTokens } from './most-tokens.ts'
import { probePlace } from './probe-scene.ts'
import { explainFailure } from './request-failure.ts'
import { noTokens, type Spending, type Tokens } from './spending.ts'
import { UnusableAnswer } from './unusable-answer.ts'
import { BodyTooLong, wholeFetch } from './whole-fetch.ts'
import { withoutKey } from './without-key.ts'

export interface Question {
  readonly path: '/chat/completions' | '/completions'
  /** Without `model`. The order of its keys is part of which question it is. */
  readonly body: Readonly<Record<string, unknown>>
  /** Episode and turn in which it is asked: `3.14`; or `probePlace`. */
  readonly place: string
  /** A server that fails at it is taken to lack what it takes, as some do in place of a rejection. */
  readonly mayFail?: boolean
}

/** Whoever a model is asked for. */
export interface Asker {
  /** Aborted: nothing more is asked, nobody waited for, and its reason thrown. */
  readonly signal?: AbortSignal | undefined
  /** Told of each answer that the server gave, and not the tape. */
  readonly billed?: ((used: Tokens) => void) | undefined
}

export interface Reply {
  /** What the server answered, or why that cannot be used. */
  readonly content: Completion | UnusableAnswer
  readonly promptTokens: number
  readonly completionTokens: number
  /** Attempts after the first, of the request as the server took it. */
  readonly retries: number
  /** The same run had asked it before, elsewhere: this time it cost nothing. */
  readonly cached: boolean
}

/** Attempts after the first, at growing distances (0.5 s to 4 s) or when the server says. */
const maxRetries = 4
/** An echoed prompt with its numbers takes some hundred bytes a token; anything beyond this has no end. */
const maxAnswerBytes = 8_000_000
/** What the client sends where the server wants no key. */
const noKey = 'none'

type Body = Readonly<Record<string, unknown>>

/** Where servers differ: what a complaint of theirs names, and the same request as they will take it. */
const dialects: readonly { readonly name: RegExp; readonly adapt: (body: Body) => Body }[] = [
  {
    name: /max_completion_tokens/,
    adapt: ({ max_tokens, ...body }) => ({
      ...body,
      ...(max_tokens !== undefined && { max_completion_tokens: max_tokens }),
    }),
  },
  {
    name: /temperature/,
    // Biases are made for their temperature, and a server's own is 1.
    adapt: (body) => {
      const { temperature, ...rest } = body
      return 'logit_bias' in body && temperature !== 1 ? body : rest
    },
  },
  { name: /\bseed\b/, adapt: ({ seed: _, ...body }) => body },
  { name: /(?<!\\)\bn\b/, adapt: ({ n: _, ...body }) => body },
]

/**
 * Asks one model: from the tape where the question was asked before, else over the network, within the limits. What
 * comes back is read whole, stripped of everything that is not used and of the key, and taped.
 *
 * Throws `ModelError` when the server cannot be asked, `RequestRejected` when it will not have the request,
 * `BudgetError`, and the signal's reason.
 */
export class ModelClient {
  readonly model: string
  readonly #server: ModelServer | null
  readonly #tape: AnswerTape
  readonly #spending: Spending
  readonly #signal: AbortSignal
  readonly #billed: (used: Tokens) => void
  readonly #client: OpenAI | null
  /** Indices into `dialects`, as the server's complaints have taught. */
  readonly #spoken = new Set<number>()
  /** What the probe was refused, or could not read, before the server has answered anything else. */
  readonly #doubtful: TapeEntry[] = []

  /** `server` null: from the tape alone. */
  constructor(
    model: string,
    server: ModelServer | null,
    tape: AnswerTape,
    spending: Spending,
    { signal = new AbortController().signal, billed = () => {} }: Asker = {},
  ) {
    this.model = model
    this.#server = server
    this.#tape = tape
    this.#spending = spending
    this.#signal = signal
    this.#billed = billed
    this.#catchUp()
    this.#client =
      server &&
      new OpenAI({
        apiKey: server.apiKey ?? noKey,
        adminAPIKey: null,
        baseURL: server.url.href,
        timeout: server.timeoutMs,
        maxRetries,
        // $OPENAI_LOG would otherwise write prompts to standard output.
        logLevel: 'off',
      })
  }

  async ask({ path, body, place, mayFail = false }: Question): Promise<Reply> {
    const request = { model: this.model, ...body }
    const key = questionKey(path, request)
    this.#catchUp()
    const known = this.#tape.get(key, place)
    if (known) return this.#reply(known.answer, known.place !== place)
    const answer = await this.#send(path, request, mayFail)
    this.#keep({ key, place, from: 'model', answer })
    this.#spending.add(countedOf(answer))
    if (answer.type !== 'rejected') this.#billed(tokensOf(answer))
    return this.#reply(answer, false)
  }

  /**
   * That the server will not have a question is kept of the probe alone, and what the probe gets that is no completion
   * only once the server has answered another question with one: until then the model's name, the account or the address may
   * be at fault, which can be mended.
   */
  #keep(entry: TapeEntry): void {
    const { place, answer } = entry
    if (answer.type !== 'completion' && place === probePlace) this.#doubtful.push(entry)
    else if (answer.type !== 'rejected') {
      for (const doubtful of this.#doubtful.splice(0)) this.#tape.add(doubtful)
      this.#tape.add(entry)
    }
  }

  /** What nobody could read of the answers at this place will be asked for again: the server may be well by then. */
  withdraw(place: string): void {
    this.#tape.withdraw(place)
  }

  /** Others may share the folder: what they were answered need not be asked, and counts against the limits. */
  #catchUp(): void {
    for (const { answer, from } of this.#tape.fresh()) if (from === 'model') this.#spending.add(countedOf(answer))
  }

  #reply(answer: TapedAnswer, cached: boolean): Reply {
    if (answer.type === 'rejected') {
      const { status, said } = answer
      throw this.#server
        ? rejection(this.#server, status, said)
        : new RequestRejected(status, said, `The cassette holds that ${this.model} cannot do this (${said}).`)
    }
    const content =
      answer.type === 'completion'
        ? answer.completion
        : new UnusableAnswer(
            answer.fault,
            answer.fault === 'huge' ? 'gave an answer without end' : 'gave no completion',
          )
    return { content, ...tokensOf(answer), retries: answer.retries, cached }
  }

  async #send(path: string, request: Body, mayFail: boolean): Promise<TapedAnswer> {
    const server = this.#server
    const client = this.#client
    if (server === null || client === null) {
      throw new ModelError(
        `The cassette has no answer to a question of this run, and there is no server to ask ${this.model}. Set OPENAI_BASE_URL or OPENAI_API_KEY to record it, or start the run as it was recorded.`,
      )
    }
    this.#spending.allow(mostTokens(request))
    const stop = new AbortController()
    let attempts = 0
    const counting = client.withOptions({
      fetch: async (input, init) => {
        attempts += 1
        try {
          return await wholeFetch(input, init, maxAnswerBytes)
        } catch (error) {
          // The SDK would ask for it again.
          if (error instanceof BodyTooLong) stop.abort()
          throw error
        }
      },
    })
    const post = () => {
      attempts = 0
      return counting.post<unknown>(path, { body: this.#translated(request), signal: stop.signal })
    }
    try {
      const received = await heeding(
        this.#signal,
        () => this.#adapting(request, post),
        () => stop.abort(),
      )
      const parsed = completionSchema.safeParse(received)
      const retries = attempts - 1
      return parsed.success
        ? {
            type: 'completion',
            completion: textsWithoutKey(fullyCounted(parsed.data, request), server.apiKey),
            retries,
          }
        : { type: 'unreadable', fault: 'malformed', retries }
    } catch (error) {
      // Who has stopped us would be heard first.
      if (error instanceof APIUserAbortError) return { type: 'unreadable', fault: 'huge', retries: attempts - 1 }
      if (error instanceof SyntaxError) return { type: 'unreadable', fault: 'malformed', retries: attempts - 1 }
      const explained = explainFailure(error, server, attempts)
      const lacking = explained instanceof RequestRejected || (mayFail && explained instanceof ServerFailed)
      if (!lacking) throw explained
      return { type: 'rejected', status: explained.status, said: explained.said }
    }
  }

  /** Sends again, in the server's own dialect, for as long as its complaints name one that was not yet spoken. */
  async #adapting(request: Body, post: () => Promise<unknown>): Promise<unknown> {
    try {
      return await post()
    } catch (error) {
      if (!(error instanceof BadRequestError)) throw error
      const heard = dialects.findIndex(
        ({ name, adapt }, index) =>
          !this.#spoken.has(index) && name.test(error.message) && !equal(adapt(request), request),
      )
      if (heard === -1) throw error
      this.#spoken.add(heard)
      return this.#adapting(request, post)
    }
  }

  #translated(request: Body): Body {
    return [...this.#spoken].reduce((body, dialect) => dialects[dialect]!.adapt(body), request)
  }
}

function tokensOf(answer: TapedAnswer): Tokens {
  return countedOf(answer) ?? noTokens
}

/** What an answer took; null where the server, which answered, did not say, or only in part. */
function countedOf(answer: TapedAnswer): Tokens | null {
  if (answer.type !== 'completion') return noTokens
  const { usage } = answer.completion
  return typeof usage?.completion_tokens === 'number'
    ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens }
    : null
}

/** Some servers do not count the answer where they were told to write none. */
function fullyCounted(completion: Completion, { max_tokens }: Body): Completion {
  const { usage } = completion
  if (max_tokens !== 0 || !usage) return completion
  return { ...completion, usage: { ...usage, completion_tokens: usage.completion_tokens ?? 0 } }
}

/** What is kept is without the key; names and numbers are the schema's own. */
function textsWithoutKey(completion: Completion, apiKey: string | null): Completion {
  const reviver = (_: string, value: unknown) => (typeof value === 'string' ? withoutKey(value, apiKey) : value)
  return JSON.parse(JSON.stringify(completion), reviver)
}

function equal(a: Body, b: Body): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
