import type { Download } from './downloads.ts'
import { readStoryFile, type StoryFile, StoryFileError } from './story-file.ts'

/** No source gave the story. The message names each source and what was wrong, and how to go on without them. */
export class FetchError extends Error {
  override name = 'FetchError'
}

/** More than any Z-machine story or Blorb of one: what is longer is something else. In bytes. */
const LONGEST = 16 * 1024 * 1024
const PATIENCE_MS = 60_000

/**
 * Downloads a story from the first of its sources that gives the right bytes: right by the SHA-256 over the story's own
 * length. Throws `FetchError` where none does. `into`: where the story would be kept, for the message.
 */
export async function fetchStory(download: Download, http: typeof fetch, into: string): Promise<StoryFile> {
  const failures: string[] = []
  for (const url of download.urls) {
    try {
      const story = readStoryFile(await read(http, url), 'what it gives')
      if (story.sha256 === download.sha256) return story
      failures.push(`${url} (gives another story, with SHA-256 ${story.sha256})`)
    } catch (error) {
      failures.push(`${url} (${reason(error)})`)
    }
  }
  throw new FetchError(
    `${download.id} could not be fetched. Tried: ${failures.join(', ')}. If you have the file with SHA-256 ` +
      `${download.sha256} (over the story's own length), "grue games add PATH" keeps it as ${into}.`,
  )
}

async function read(http: typeof fetch, url: string): Promise<Uint8Array> {
  const response = await http(url, { signal: AbortSignal.timeout(PATIENCE_MS) })
  if (!response.ok) throw new StoryFileError(`HTTP ${response.status}`)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > LONGEST) throw new StoryFileError('gives more than any story has')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The network's own words stand in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer'
  const { cause } = error
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  return (cause instanceof Error ? cause : error).message.replace(/\.$/, '')
}
