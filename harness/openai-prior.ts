import OpenAI, { BadRequestError } from 'openai'
import { type OneTokenAnswer, readCompletion } from './chat-completion.ts'
import type { ModelCall, Prior, PriorScores, View } from './contracts.ts'
import { joinChunks, type ScoredChunk, splitOptions, withReference } from './label-chunks.ts'
import { readLabels } from './label-probabilities.ts'
import { explainFailure, ModelError, type ModelServer, noLetter } from './model-error.ts'
import { type ChatMessage, chatPrompt } from './prompt.ts'
import { BodyTooLong, wholeFetch } from './whole-fetch.ts'

export interface OpenAIPriorOptions {
  readonly model: string
  /** Without it OpenAI's own server, which takes a key. */
  readonly baseURL?: string
  readonly apiKey?: string
  /** Milliseconds that one attempt may take, its whole answer included. */
  readonly timeoutMs?: number
}

interface Asked {
  readonly call: ModelCall
  readonly logProbabilities: readonly number[]
}

/** Attempts after the first, at growing distances (0.5 s to 4 s) or when the server says. */
const maxRetries = 4
/** A model may have to be loaded into memory first. */
const defaultTimeoutMs = 120_000
/** A true answer, one token with its 20 alternatives, takes about 3 kB. */
const maxAnswerBytes = 1_000_000
/** What the client sends where the server wants no key. */
const noKey = 'none'

/**
 * A chat model as base policy, over any server that speaks OpenAI's chat completions with `logprobs`.
 *
 * Each command stands behind a letter and the model is asked for one letter; the log-probabilities of the letters,
 * normalised over those offered, are the prior. More commands than letters go in several calls (`label-chunks.ts`).
 * A single command needs no call. `score` throws `ModelError` when the server cannot be asked or its answer holds no
 * such numbers: it never makes up others.
 */
export class OpenAIPrior implements Prior {
  readonly name: string
  readonly rung = 'single-token labels (top_logprobs)'
  readonly #server: ModelServer
  readonly #client: OpenAI
  /** Newer OpenAI models refuse the name that every other server knows. */
  #tokenLimit: 'max_tokens' | 'max_completion_tokens' = 'max_tokens'

  constructor({ model, baseURL, apiKey, timeoutMs = defaultTimeoutMs }: OpenAIPriorOptions) {
    if (baseURL === undefined && apiKey === undefined) {
      throw new ModelError(
        `Where is ${model}? Set OPENAI_BASE_URL to an OpenAI-compatible server, for Ollama http://localhost:11434/v1, or OPENAI_API_KEY to use OpenAI's.`,
      )
    }
    // The SDK's own complaint about such a key would quote it.
    if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
      throw new ModelError('The API key has blanks or other characters that no key has. Set OPENAI_API_KEY again.')
    }
    const url = serverURL(baseURL ?? 'https://api.openai.com/v1')
    this.#server = { model, host: url.host, apiKey: apiKey ?? null, timeoutMs }
    this.name = `openai:${model}`
    this.#client = new OpenAI({
      apiKey: apiKey ?? noKey,
      adminAPIKey: null,
      baseURL: url.href,
      timeout: timeoutMs,
      maxRetries,
      // $OPENAI_LOG would otherwise write prompts to standard output.
      logLevel: 'off',
    })
  }

  async score(view: View): Promise<PriorScores> {
    const actions = view.validActions
    if (actions.length === 1) return { logProbabilities: [0], calls: [] }
    const calls: ModelCall[] = []
    const ask = async (options: readonly number[]): Promise<ScoredChunk> => {
      const messages = chatPrompt(
        view,
        options.map((option) => actions[option]!),
      )
      const { call, logProbabilities } = await this.#ask(messages, options.length)
      calls.push(call)
      return { options, logProbabilities }
    }
    const [head, ...tail] = splitOptions(actions.length)
    const first = await ask(head!)
    const rest: ScoredChunk[] = []
    // One after the other: the second call finds the prefix of the first in the server's cache.
    for (const options of tail) rest.push(await ask(withReference(options, first)))
    return { logProbabilities: joinChunks(first, rest), calls }
  }

  async #ask(messages: readonly ChatMessage[], offered: number): Promise<Asked> {
    const { answer, retries } = await this.#complete(messages)
    const { reported, promptTokens, completionTokens } = answer
    const { logProbabilities, labelMass, missing } = readLabels(reported, offered)
    if (missing === offered) throw noLetter(this.#server, reported[0]!.token)
    const { model } = this.#server
    const call = { model, promptTokens, completionTokens, labelMass, missingLabels: missing, retries }
    return { call, logProbabilities }
  }

  async #complete(messages: readonly ChatMessage[]): Promise<{ answer: OneTokenAnswer; retries: number }> {
    const stop = new AbortController()
    let attempts = 0
    const client = this.#client.withOptions({
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
    const send = () =>
      client.chat.completions.create(
        {
          model: this.#server.model,
          messages: [...messages],
          logprobs: true,
          top_logprobs: 20,
          [this.#tokenLimit]: 1,
          temperature: 0,
        },
        { signal: stop.signal },
      )
    try {
      const body = await send().catch((error: unknown) => {
        const renamed = error instanceof BadRequestError && error.message.includes('max_completion_tokens')
        if (!renamed || this.#tokenLimit === 'max_completion_tokens') throw error
        this.#tokenLimit = 'max_completion_tokens'
        return send()
      })
      return { answer: readCompletion(body, this.#server), retries: attempts - 1 }
    } catch (error) {
      throw explainFailure(error, this.#server, attempts)
    }
  }
}

/** The prior as the environment describes its server: `OPENAI_BASE_URL` and `OPENAI_API_KEY`; empty is unset. */
export function openAIPriorFromEnvironment(
  model: string,
  env: Readonly<Record<string, string | undefined>>,
): OpenAIPrior {
  const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey } = env
  return new OpenAIPrior({ model, ...(baseURL && { baseURL }), ...(apiKey && { apiKey }) })
}

/** A password in the address would make `fetch` refuse and quote it. */
function serverURL(baseURL: string): URL {
  const url = URL.canParse(baseURL) ? new URL(baseURL) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new ModelError(
      'OPENAI_BASE_URL is no http or https address without a password, like http://localhost:11434/v1.',
    )
  }
  return url
}
