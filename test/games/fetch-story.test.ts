import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openCatalogue, PersonalUseError } from '../../games/catalogue.ts'
import { DOWNLOADS, type Download } from '../../games/downloads.ts'
import { FetchError } from '../../games/fetch-story.ts'
import { readStoryFile } from '../../games/story-file.ts'
import { emptyStory } from './empty-story.ts'

const STORY = emptyStory({ version: 5, release: 3, length: 512 })
const PADDED = Uint8Array.of(...STORY, ...new Uint8Array(100))
const CORRUPT = STORY.with(400, 1)
const ANSWERS: Readonly<Record<string, Uint8Array>> = {
  '/right': STORY,
  '/padded': PADDED,
  '/corrupt': CORRUPT,
  '/truncated': STORY.subarray(0, 300),
  '/page': new TextEncoder().encode('<html>Please log in.</html>'),
}

let server: Server
let base: string
let asked: string[]
let cache: string
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const bytes = ANSWERS[url]
    if (url === '/broken off') response.destroy()
    else if (bytes) response.end(bytes)
    else response.writeHead(404).end('no such thing')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => {
  server.close()
})
beforeEach(() => {
  asked = []
  cache = join(mkdtempSync(join(tmpdir(), 'grue-fetch-')), 'games')
})
afterEach(() => rmSync(join(cache, '..'), { recursive: true }))

function download(urls: readonly string[], isFree = true): Download {
  const { sha256 } = readStoryFile(STORY)
  return { id: 'tale', title: 'A Tale', sha256, urls, licence: 'for readers only', isFree }
}

function get(urls: readonly string[], { isFree = true, acceptPersonalUse = false } = {}) {
  const tale = download(urls, isFree)
  const catalogue = openCatalogue({ env: {}, cwd: cache, cache, downloads: [tale] })
  return catalogue.fetch(tale, { acceptPersonalUse })
}

const at = (...paths: string[]) => paths.map((path) => base + path)
const kept = () => readdirSync(cache, { encoding: 'utf8' })

describe('fetching', () => {
  it('keeps the story in the cache, where it is found by its id', async () => {
    const entry = await get(at('/right'))
    expect(entry).toMatchObject({ id: 'tale', release: 3, source: 'cache', path: join(cache, 'tale.z5') })
    expect(new Uint8Array(readFileSync(entry.path))).toEqual(STORY)
    expect(kept()).toEqual(['tale.z5'])
    expect(openCatalogue({ env: {}, cwd: cache, cache }).resolve('tale').path).toBe(entry.path)
  })

  it('does not mind padding', async () => {
    expect(await get(at('/padded'))).toMatchObject({ sha256: readStoryFile(STORY).sha256 })
  })

  it('asks nobody for what is there', async () => {
    await get(at('/right'))
    await get(at('/right'))
    expect(asked).toEqual(['/right'])
  })

  it('asks nobody for what another source has under its id', async () => {
    const folder = join(cache, '..', 'mine')
    mkdirSync(folder)
    writeFileSync(join(folder, 'tale.z5'), STORY)
    const tale = download(at('/right'))
    const catalogue = openCatalogue({ env: { GRUE_GAMES: folder }, cwd: cache, cache, downloads: [tale] })
    expect(await catalogue.fetch(tale, { acceptPersonalUse: false })).toMatchObject({ source: '$GRUE_GAMES' })
    expect(asked).toEqual([])
  })

  it('takes the place of another story that was kept under its id', async () => {
    mkdirSync(cache)
    writeFileSync(join(cache, 'tale.z3'), emptyStory({ version: 3 }))
    const { path } = await get(at('/right'))
    expect(openCatalogue({ env: {}, cwd: cache, cache }).resolve('tale').path).toBe(path)
    await get(at('/right'))
    expect(asked).toEqual(['/right'])
  })

  it.each(['/corrupt', '/truncated', '/page', '/missing', '/broken off'])(
    'goes on to the next source after %s',
    async (path) => {
      expect(await get(at(path, '/right'))).toMatchObject({ id: 'tale' })
      expect(asked).toEqual([encodeURI(path), '/right'])
      expect(kept()).toEqual(['tale.z5'])
    },
  )

  it('goes on where nobody answers', async () => {
    // Port 1 belongs to nobody here.
    expect(await get(['http://127.0.0.1:1/x', ...at('/right')])).toMatchObject({ id: 'tale' })
  })

  it('tells of every source, the hash, the cache and "games add" where none has it, and leaves nothing behind', async () => {
    const urls = ['http://127.0.0.1:1/x', ...at('/corrupt', '/truncated', '/missing')]
    const failed = await get(urls).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(FetchError)
    const { message } = failed as FetchError
    for (const url of urls) expect(message).toContain(url)
    for (const part of [
      'HTTP 404',
      'cut short',
      'another story',
      readStoryFile(STORY).sha256,
      join(cache, 'tale'),
      'grue games add PATH',
    ])
      expect(message).toContain(part)
    expect(message).toMatch(/x \((?:ECONNREFUSED|bad port)\)/)
    expect(message).not.toContain('\n')
    expect(() => kept()).toThrow(/ENOENT/)
  })

  it('wants to be told that the use is personal where the story is not free, and shows the licence', async () => {
    await expect(get(at('/right'), { isFree: false })).rejects.toThrow(PersonalUseError)
    await expect(get(at('/right'), { isFree: false })).rejects.toThrow(/for readers only.*--accept-personal-use/)
    expect(asked).toEqual([])
    expect(await get(at('/right'), { isFree: false, acceptPersonalUse: true })).toMatchObject({ id: 'tale' })
  })
})

describe('a story that is not here but can be fetched', () => {
  it('is named with the way to fetch it', () => {
    const resolve = () => openCatalogue({ env: {}, cwd: cache, cache, downloads: [download([])] }).resolve('tale')
    expect(resolve).toThrow('There is no story "tale" here: "grue games fetch tale" gets it.')
  })
})

describe('what can be fetched', () => {
  it('is pinned: each by one id, a hash, and addresses of one commit', () => {
    expect(new Set(DOWNLOADS.map(({ id }) => id)).size).toBe(DOWNLOADS.length)
    for (const { sha256, urls, licence } of DOWNLOADS) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(licence).not.toBe('')
      expect(urls.length).toBeGreaterThan(1)
      for (const url of urls) expect(url).toMatch(/^https:\/\/[^?]+\/[0-9a-f]{40}\/[^?]+$/)
    }
  })
})
