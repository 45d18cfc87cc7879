import type { Tokens } from './spending.ts'

/** Vocabularies make four bytes of English a token, and rarely fewer than three of any other text. */
const bytesPerToken = 3

/** The most that a request is expected to take: its whole text, and every answer as long as it may be. */
export function mostTokens({ prompt, max_tokens, n, ...rest }: Readonly<Record<string, unknown>>): Tokens {
  const prompts = Array.isArray(prompt) ? prompt.length : 1
  return {
    promptTokens: Math.ceil(Buffer.byteLength(JSON.stringify({ prompt, ...rest })) / bytesPerToken),
    completionTokens: numberOr(0, max_tokens) * numberOr(1, n) * prompts,
  }
}

function numberOr(preset: number, value: unknown): number {
  return typeof value === 'number' ? value : preset
}
