import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/** A request as the server understands it. */
export interface Question {
  /** 0-based number of the request, retries included. */
  readonly number: number
  /** `/chat/completions` and the like. */
  readonly path: string
  /** The options in the order in which they stand in the prompt; of `/completions`, how its prompts go on. */
  readonly options: readonly { readonly label: string; readonly command: string }[]
  /** The user's message, whole; of `/completions`, the first prompt. */
  readonly prompt: string
  readonly body: RequestBody
  readonly headers: IncomingHttpHeaders
}

/** The fields that a model looks at. */
interface RequestBody extends Readonly<Record<string, unknown>> {
  readonly prompt?: readonly string[] | undefined
  readonly logprobs?: unknown
  readonly response_format?: unknown
  readonly seed?: unknown
  readonly n?: unknown
  readonly temperature?: unknown
  readonly logit_bias?: unknown
  readonly echo?: unknown
  readonly prompt_logprobs?: unknown
}

export interface Token {
  readonly token: string
  readonly logprob: number | null
}

/** What the server does with a question: it answers as OpenAI's would, or goes wrong in one way. */
export type Answer =
  /** A completion with these `top_logprobs` (the 20 likeliest, if there are more). */
  | { readonly type: 'tokens'; readonly tokens: readonly Token[] }
  /** A completion whose choices are these texts, without numbers. */
  | { readonly type: 'texts'; readonly texts: readonly string[] }
  | {
      readonly type: 'json'
      readonly status: number
      readonly body: unknown
      readonly headers?: Record<string, string>
    }
  /** A body of this content type, sent as it is. */
  | { readonly type: 'text'; readonly contentType: string; readonly body: string }
  /** Closes the connection without a word. */
  | { readonly type: 'drop' }
  /** Promises a longer body than it sends, then closes the connection. */
  | { readonly type: 'break-off' }
  /** Sends nothing and keeps the connection. */
  | { readonly type: 'stall' }
  /** Sends headers and half a body and keeps the connection. */
  | { readonly type: 'stall-midway' }
  /** Sends JSON white space without end. */
  | { readonly type: 'endless' }

export interface ModelServer {
  /** For `OPENAI_BASE_URL`. */
  readonly baseURL: string
  readonly questions: readonly Question[]
  close(): Promise<void>
}

const request = z.looseObject({
  messages: z.array(z.object({ role: z.string(), content: z.string() })).optional(),
  prompt: z.array(z.string()).optional(),
})

/**
 * A server on 127.0.0.1 that speaks OpenAI's protocol, without a model: `answer` decides. Options are read out of the
 * last message's lines `A) command`, `1) command` or `- command` after the line `Commands:`; the prompt marks all text
 * of a story with `| ` and all past commands with `> `, so that no other line looks like one.
 *
 * To let a run's model have another prior's opinions, ask that prior first and let the server look its numbers up:
 *
 *     let opinion: Map<string, number>
 *     const server = await startModelServer(letters((command) => opinion.get(command)!))
 *     const model = labelPrior(server)
 *     const twin: Prior = { ...named, async score(view) { opinion = await opinionOf(other, view); return model.score(view) } }
 */
export async function startModelServer(answer: (question: Question) => Answer): Promise<ModelServer> {
  const questions: Question[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const path = request.url?.replace(/^\/v1/, '') ?? ''
    const known = request.url?.startsWith('/v1/') && ['/chat/completions', '/completions'].includes(path)
    if (request.method !== 'POST' || !known) {
      reply(response, httpError(404, `no ${request.method} ${request.url}`))
      return
    }
    const question = { number: questions.length, path, headers: request.headers, ...understood(parts) }
    questions.push(question)
    reply(response, answer(question))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    questions,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/**
 * A model that is sure to answer with an offered letter, its probabilities the softmax of the scores of the commands
 * offered. `write` turns a letter into tokens that share its probability evenly.
 */
export function letters(
  score: (command: string, question: Question) => number,
  write: (label: string) => readonly string[] = (label) => [label],
): (question: Question) => Answer {
  return (question) => {
    const scores = question.options.map(({ command }) => score(command, question))
    const total = Math.log(scores.reduce((sum, value) => sum + Math.exp(value), 0))
    const tokens = question.options.flatMap(({ label }, index) => {
      const written = write(label)
      return written.map((token) => ({ token, logprob: scores[index]! - total - Math.log(written.length) }))
    })
    return { type: 'tokens', tokens }
  }
}

/** Goes through `faults` one request at a time, then answers as `answer` does. The wait before a retry is 1 ms. */
export function firstFaults(
  faults: readonly Answer[],
  answer: (question: Question) => Answer,
): (question: Question) => Answer {
  return (question) => faults[question.number] ?? answer(question)
}

/** An error as OpenAI's server words it, with leave to retry at once. */
export function httpError(status: number, message: string): Answer {
  return { type: 'json', status, body: { error: { message } }, headers: { 'retry-after-ms': '1' } }
}

/** A completion, with parts replaced. */
export function completion(tokens: readonly Token[], choice: Readonly<Record<string, unknown>> = {}) {
  const likeliest = tokens.toSorted((a, b) => (b.logprob ?? -Infinity) - (a.logprob ?? -Infinity)).slice(0, 20)
  const first = likeliest[0] ?? { token: '', logprob: 0 }
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'scripted',
    choices: [
      {
        index: 0,
        finish_reason: 'length',
        message: { role: 'assistant', content: first.token, refusal: null },
        logprobs: { content: [{ ...first, bytes: null, top_logprobs: likeliest }], refusal: null },
        ...choice,
      },
    ],
    usage: { prompt_tokens: 100, completion_tokens: 1, total_tokens: 101 },
  }
}

function understood(parts: readonly Buffer[]): Pick<Question, 'body' | 'prompt' | 'options'> {
  const body = request.parse(JSON.parse(Buffer.concat(parts).toString()))
  if (body.messages) {
    const prompt = body.messages.at(-1)?.content ?? ''
    return { body, prompt, options: optionsOf(prompt) }
  }
  const prompts = body.prompt ?? []
  const options = prompts.map((prompt) => ({ label: '', command: prompt.split('\n> ').at(-1) ?? '' }))
  return { body, prompt: prompts[0] ?? '', options }
}

function optionsOf(prompt: string): Question['options'] {
  const list = prompt.split('\nCommands:\n')[1] ?? ''
  return [...list.matchAll(/^([A-Z]|\d+|-)\)? (.*)$/gmu)].map(([, label, command]) => ({
    label: label!,
    command: command!,
  }))
}

function written(texts: readonly string[]) {
  const { usage, choices, ...rest } = completion([])
  const [choice] = choices
  return {
    ...rest,
    usage,
    choices: texts.map((content, index) => ({
      ...choice,
      index,
      finish_reason: 'stop',
      message: { role: 'assistant', content, refusal: null },
      logprobs: null,
    })),
  }
}

function reply(response: ServerResponse, answer: Answer): void {
  const json = { 'content-type': 'application/json' }
  switch (answer.type) {
    case 'tokens':
      response.writeHead(200, json).end(JSON.stringify(completion(answer.tokens)))
      break
    case 'texts':
      response.writeHead(200, json).end(JSON.stringify(written(answer.texts)))
      break
    case 'json':
      response.writeHead(answer.status, { ...json, ...answer.headers }).end(JSON.stringify(answer.body))
      break
    case 'text':
      response.writeHead(200, { 'content-type': answer.contentType }).end(answer.body)
      break
    case 'drop':
      response.destroy()
      break
    case 'break-off':
      response.writeHead(200, { ...json, 'content-length': '1000' }).write('{"choices":', () => response.destroy())
      break
    case 'stall':
      break
    case 'stall-midway':
      response.writeHead(200, json).write('{"choices":')
      break
    case 'endless': {
      response.writeHead(200, json)
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(65_536))) {}
      }
      response.on('drain', more)
      more()
      break
    }
  }
}
