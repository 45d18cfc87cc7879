import { ModelError } from './model-error.ts'

/** Where a model is and how it is asked. */
export interface ModelServer {
  readonly model: string
  readonly url: URL
  /** Null where none was given. */
  readonly apiKey: string | null
  /** Milliseconds that one attempt may take, its whole answer included. */
  readonly timeoutMs: number
}

export interface ServerOptions {
  readonly model: string
  /** Without it OpenAI's own server, which takes a key. */
  readonly baseURL?: string
  readonly apiKey?: string
  readonly timeoutMs?: number
}

/** A model may have to be loaded into memory first. */
const defaultTimeoutMs = 120_000

/** Throws `ModelError` for an address or a key that cannot be one. */
export function modelServer({ model, baseURL, apiKey, timeoutMs = defaultTimeoutMs }: ServerOptions): ModelServer {
  // The SDK's own complaint about such a key would quote it.
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new ModelError('The API key has blanks or other characters that no key has. Set OPENAI_API_KEY again.')
  }
  return { model, url: serverURL(baseURL ?? 'https://api.openai.com/v1'), apiKey: apiKey ?? null, timeoutMs }
}

/**
 * The server that the environment describes by `OPENAI_BASE_URL` and `OPENAI_API_KEY` (empty is unset); null where it
 * describes none.
 */
export function serverFromEnvironment(
  model: string,
  env: Readonly<Record<string, string | undefined>>,
): ModelServer | null {
  const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey } = env
  if (!baseURL && !apiKey) return null
  return modelServer({ model, ...(baseURL && { baseURL }), ...(apiKey && { apiKey }) })
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
