/** A body that is longer than any honest answer. */
export class BodyTooLong extends Error {
  override readonly name = 'BodyTooLong'
}

/**
 * `fetch`, with the body read before it returns: the SDK's timeout and its retries end with the headers, so a server
 * that stalls or drops the connection in the middle of its answer would otherwise escape both.
 *
 * Rejects with `BodyTooLong` beyond `limit` bytes.
 */
export async function wholeFetch(
  input: string | URL | Request,
  init: RequestInit | undefined,
  limit: number,
): Promise<Response> {
  const response = await fetch(input, init)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > limit) throw new BodyTooLong(`more than ${limit} bytes`)
    parts.push(part)
  }
  const { status, statusText, headers } = response
  // A 204 may not be given a body, not even an empty one.
  return new Response(size === 0 ? null : Buffer.concat(parts), { status, statusText, headers })
}
