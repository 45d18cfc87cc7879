import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import { briefly, ModelError, rejection, ServerFailed } from './model-error.ts'
import type { ModelServer } from './model-server.ts'
import { withoutKey } from './without-key.ts'

/** What a failed request means to the person who asked. Errors that are not the server's are returned as they are. */
export function explainFailure(error: unknown, server: ModelServer, attempts: number): unknown {
  const { model, apiKey, timeoutMs } = server
  const { host } = server.url
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
  // Not Implemented (RFC 9110 section 15.6.2) says that no other time is better.
  const passes = (error.status >= 500 && error.status !== 501) || [402, 408, 409, 429].includes(error.status)
  if (passes) {
    const message = `${host} could not answer, ${tried} (${said}). Try again later; if it stays so, look into the server's log or the account's limits.`
    return error.status >= 500 ? new ServerFailed(error.status, said, message) : new ModelError(message)
  }
  return rejection(server, error.status, said)
}

/** The server's own words, without the key. */
function serverText(error: APIError, apiKey: string | null): string {
  // The SDK puts the status before the words.
  const text = error.message.replace(/^\d+ /, '')
  return briefly(withoutKey(text, apiKey))
}

/** The operating system's name for what went wrong, two causes down: `fetch` wraps the socket's error, the SDK fetch's. */
function systemCode(error: APIConnectionError): string {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return ` (${cause.code})`
  }
  return ''
}
