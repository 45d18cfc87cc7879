/** A shorter one is no secret, but a word that a server wants to hear, and may be part of any text. */
const shortestSecret = 8

/** A server's text without the key, which it may quote. */
export function withoutKey(text: string, apiKey: string | null): string {
  return apiKey === null || apiKey.length < shortestSecret ? text : text.replaceAll(apiKey, '***')
}
