import type { ModelServer } from './model-server.ts'

/** A model that cannot be asked, or that keeps giving answers that say nothing. The message says what to do. */
export class ModelError extends Error {
  override readonly name: string = 'ModelError'
}

/** The server answered a request with an error status. */
class RequestFailed extends ModelError {
  readonly status: number
  /** The server's own words, safe to show: `400: 'logprobs' is not supported`. */
  readonly said: string

  constructor(status: number, said: string, message: string) {
    super(message)
    this.status = status
    this.said = said
  }
}

/** The server understood the request and will not have it: something that it cannot do. */
export class RequestRejected extends RequestFailed {
  override readonly name = 'RequestRejected'
}

/** The server failed at the request, five times. */
export class ServerFailed extends RequestFailed {
  override readonly name = 'ServerFailed'
}

/** `said`: as `RequestFailed.said`. */
export function rejection({ model, url: { host } }: ModelServer, status: number, said: string): RequestRejected {
  return new RequestRejected(
    status,
    said,
    status === 404
      ? `${host} has no model ${model}, or no chat completions at this address (${said}). Check --model, and OPENAI_BASE_URL, which usually ends in /v1.`
      : `${host} rejects the request (${said}). Choose another --model.`,
  )
}

/** A server's text for one line of a terminal: short, and without control characters. */
export function briefly(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 200)}...` : line
}
