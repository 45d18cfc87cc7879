import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/** A request as the server understands it. */
export interface Question {
  /** 0-based number of the request, retries included. */
  readonly number: number
  /** The options in the order in which they stand in the prompt. */
  readonly options: readonly { readonly label: string; readonly command: string }[]
  /** The user's message, whole. */
  readonly prompt: string
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: IncomingHttpHeaders
}

export interface Token {
  readonly token: string
  readonly logprob: number | null
}

/** What the server does with a question: it answers as OpenAI's would, or goes wrong in one way. */
export type Answer =
  /** A completion with these `top_logprobs` (the 20 likeliest, if there are more). */
  | { readonly type: 'tokens'; readonly tokens: readonly Token[] }
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

const chatRequest = z.looseObject({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
})

/**
 * A server on 127.0.0.1 that speaks OpenAI's chat completions, without a model: `answer` decides. Options are read out
 * of the last message's lines `A) command` after the line `Commands:`; the prompt marks all text of a story with `| `
 * and all past commands with `> `, so that no other line looks like one.
 *
 * To let a run's model have another prior's opinions, ask that prior first and let the server look its numbers up:
 *
 *     let opinion: Map<string, number>
 *     const server = await startModelServer(letters((command) => opinion.get(command)!))
 *     const model = new OpenAIPrior({ model: 'twin', baseURL: server.baseURL })
 *     const twin: Prior = { ...named, async score(view) { opinion = await opinionOf(other, view); return model.score(view) } }
 */
export async function startModelServer(answer: (question: Question) => Answer): Promise<ModelServer> {
  const questions: Question[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      reply(response, {
        type: 'json',
        status: 404,
        body: { error: { message: `no ${request.method} ${request.url}` } },
      })
      return
    }
    const body = chatRequest.parse(JSON.parse(Buffer.concat(parts).toString()))
    const prompt = body.messages.at(-1)?.content ?? ''
    const question = {
      number: questions.length,
      options: optionsOf(prompt),
      prompt,
      body,
      headers: request.headers,
    }
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

function optionsOf(prompt: string): Question['options'] {
  const list = prompt.split('\nCommands:\n')[1] ?? ''
  return [...list.matchAll(/^([A-Z])\) (.*)$/gmu)].map(([, label, command]) => ({ label: label!, command: command! }))
}

function reply(response: ServerResponse, answer: Answer): void {
  const json = { 'content-type': 'application/json' }
  switch (answer.type) {
    case 'tokens':
      response.writeHead(200, json).end(JSON.stringify(completion(answer.tokens)))
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
