import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'

/** A model that cannot be asked, or whose answer says nothing about the options. The message says what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}

/** Where a model is and how it is asked. */
export interface ModelServer {
  readonly model: string
  /** With the port, if it is not the usual one. */
  readonly host: string
  /** Null where none was given. */
  readonly apiKey: string | null
  readonly timeoutMs: number
}

/** What a failed request means to the person who asked. Errors that are not the server's are returned as they are. */
export function explainFailure(error: unknown, server: ModelServer, attempts: number): unknown {
  const { model, host, apiKey, timeoutMs } = server
  const tried = attempts === 1 ? 'in one attempt' : `in ${attempts} attempts`
  if (error instanceof APIConnectionTimeoutError) {
    return new ModelError(
      `${host} did not answer within ${timeoutMs / 1000} s, ${tried}. Is the model too large for the machine, or still loading? Try again, or choose a smaller --model.`,
    )
  }
  if (error instanceof APIConnectionError) {
    return new ModelError(
      `${host} could not be reached${systemCode(error)}, ${tried}. Is the server running, and is OPENAI_BASE_URL its address?`,
    )
  }
  // The one who aborts is ourselves, when an answer has no end.
  if (error instanceof SyntaxError || error instanceof APIUserAbortError) return notACompletion(host)
  if (!(error instanceof APIError) || error.status === undefined) return error

  // Nothing of a refused login is repeated: servers like to quote the key in it.
  if (error.status === 401 || error.status === 403) {
    return new ModelError(
      apiKey === null
        ? `${host} asks for an API key (${error.status}). Set OPENAI_API_KEY.`
        : `${host} refuses the API key (${error.status}). Set OPENAI_API_KEY to one that may use ${model}.`,
    )
  }
  const said = `${error.status}: ${serverText(error, apiKey)}`
  if (error.status === 404) {
    return new ModelError(
      `${host} has no model ${model}, or no chat completions at this address (${said}). Check --model, and OPENAI_BASE_URL, which usually ends in /v1.`,
    )
  }
  if (error.status >= 500 || [408, 409, 429].includes(error.status)) {
    return new ModelError(
      `${host} could not answer, ${tried} (${said}). Try again later; if it stays so, look into the server's log or the account's limits.`,
    )
  }
  return new ModelError(
    `${host} rejects the request (${said}). ${model} has to accept logprobs with top_logprobs 20 in chat completions; reasoning models do not. Choose another --model.`,
  )
}

export function notACompletion(host: string): ModelError {
  return new ModelError(
    `${host} did not answer in the form of OpenAI's chat completions. Check OPENAI_BASE_URL, which usually ends in /v1.`,
  )
}

export function noLetter({ model, host }: ModelServer, token: string): ModelError {
  return new ModelError(
    `${model} on ${host} does not answer with a letter but begins with "${briefly(token)}". Choose a --model that follows instructions and does not think aloud first.`,
  )
}

/** The server's own words, without the key. */
function serverText(error: APIError, apiKey: string | null): string {
  // The SDK puts the status before the words.
  const text = error.message.replace(/^\d+ /, '')
  const shown = apiKey === null ? text : text.replaceAll(apiKey, '***')
  return briefly(shown)
}

/** A server's text for one line of a terminal: short, and without control characters. */
function briefly(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 200)}...` : line
}

/** The operating system's name for what went wrong, two causes down: `fetch` wraps the socket's error, the SDK fetch's. */
function systemCode(error: APIConnectionError): string {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return ` (${cause.code})`
  }
  return ''
}
