import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, delimiter, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import envPaths from 'env-paths'
import { DOWNLOADS, type Download } from './downloads.ts'
import { fetchStory } from './fetch-story.ts'
import { nearestNames } from './nearest-names.ts'
import { readStoryFile, type StoryFile, StoryFileError } from './story-file.ts'

export type StorySource = 'built-in' | '$GRUE_GAMES' | 'cache' | 'package'

/** One row of `grue games list`. */
export interface CatalogueEntry {
  readonly id: string
  readonly title: string
  readonly version: StoryFile['version']
  readonly release: number
  readonly serial: string
  readonly source: StorySource
  readonly path: string
  readonly sha256: string
  /** False: the bytes do not add up to the header's checksum, so the file may be damaged. */
  readonly checksumOk: boolean
}

/** A story that was asked for, ready for `openEnvironment`. */
export interface ResolvedStory {
  readonly id: string
  readonly title: string
  readonly path: string
  readonly bytes: Uint8Array
}

/** No story of that id anywhere. The message names the nearest ids and how to add one. */
export class UnknownStoryError extends Error {
  override name = 'UnknownStoryError'
  readonly nearest: readonly string[]

  constructor(id: string, ids: readonly string[], missingFolders: readonly string[], canBeFetched: boolean) {
    const nearest = canBeFetched ? [] : nearestNames(id, ids)
    const others = nearest.length > 0 ? `; did you mean ${nearest.join(' or ')}?` : `. There are ${ids.join(', ')}.`
    const hint = canBeFetched ? ` here: "grue games fetch ${id}" gets it.` : others
    const missing = missingFolders.map((folder) => ` GRUE_GAMES names ${folder}, which is no folder.`).join('')
    super(`There is no story "${id}"${hint}${missing} Add one by "grue games add PATH" or GRUE_GAMES=FOLDER.`)
    this.nearest = nearest
  }
}

/** The stories at hand. Of several with one id the first source wins: built-in, $GRUE_GAMES, cache, packages. */
export interface Catalogue {
  /** Every playable story, by source and id. */
  list(): readonly CatalogueEntry[]
  /** `name` is an id or a path. Throws `UnknownStoryError`, or `StoryFileError` for a file that cannot be played. */
  resolve(name: string): ResolvedStory
  /** What `fetch` can get. */
  readonly downloads: readonly Download[]
  /**
   * Gets a story from the network into the cache, unless a source has it under its id, and returns its row. Throws `FetchError`;
   * `PersonalUseError` where the story is not free and personal use was not accepted.
   */
  fetch(download: Download, options: { readonly acceptPersonalUse: boolean }): Promise<CatalogueEntry>
  /**
   * Copies a story into the cache, in the place of any that it has under the same file name, and returns the copy's row.
   * Throws `StoryFileError`.
   */
  add(path: string): CatalogueEntry
}

export interface CatalogueOptions {
  /** `GRUE_GAMES`: folders of stories, separated as in `PATH`. */
  readonly env: { readonly GRUE_GAMES?: string | undefined }
  /** What relative paths start from. */
  readonly cwd: string
  /** The folder of added stories; the platform's cache folder for `grue` where none is given. */
  readonly cache?: string
  readonly downloads?: readonly Download[]
  readonly http?: typeof fetch
}

/** A story that is not free was to be fetched. The message shows its licence and what to say. */
export class PersonalUseError extends Error {
  override name = 'PersonalUseError'

  constructor({ id, licence }: Download) {
    super(
      `${id} is not free to use and pass on (${licence}). If yours is personal use, and your law allows it: ` +
        `grue games fetch ${id} --accept-personal-use`,
    )
  }
}

export function openCatalogue(options: CatalogueOptions): Catalogue {
  const { env, cwd, cache, downloads = DOWNLOADS, http = fetch } = options
  const added = cache ?? join(envPaths('grue', { suffix: '' }).cache, 'games')
  const folders = (env.GRUE_GAMES ?? '').split(delimiter).filter((folder) => folder !== '')

  const places = (): readonly Place[] => [
    ...builtIn(),
    ...folders.flatMap((folder) => storiesIn(resolve(cwd, folder), '$GRUE_GAMES')),
    ...storiesIn(added, 'cache'),
    ...packaged(),
  ]

  return {
    list() {
      const found = new Map<string, CatalogueEntry>()
      for (const place of places()) {
        if (found.has(place.id)) continue
        const entry = entryIfPlayable(place)
        if (entry) found.set(place.id, entry)
      }
      return [...found.values()]
    },

    resolve(name) {
      const known = places()
      const named = known.filter(({ id }) => id === name)
      // What cannot be played hides nothing behind it, as in the list.
      for (const place of named) {
        const story = readIfPlayable(place)
        if (story) return { ...place, bytes: story.bytes }
      }
      const [place] = named
      if (place) return { ...place, bytes: readStoryAt(place.path).bytes }
      const path = resolve(cwd, name)
      // A bare word is an id that was mistyped, rather than a file that is missing, unless it is a file.
      if (basename(name) === name && extname(name) === '' && !statsOf(path)?.isFile()) {
        const missing = folders.filter((folder) => !isFolder(resolve(cwd, folder)))
        const canBeFetched = downloads.some(({ id }) => id === name)
        throw new UnknownStoryError(name, [...new Set(known.map(({ id }) => id))], missing, canBeFetched)
      }
      const id = idOf(path)
      return { id, title: id, path, bytes: readStoryAt(path, name).bytes }
    },

    downloads,

    async fetch(download, { acceptPersonalUse }) {
      const { id } = download
      const named = places().filter((place) => place.id === id)
      const here = named.map(entryIfPlayable).find((entry) => entry?.sha256 === download.sha256)
      if (here) return here
      if (!download.isFree && !acceptPersonalUse) throw new PersonalUseError(download)
      return keep(id, await fetchStory(download, http, join(added, id)))
    },

    add(path) {
      return keep(idOf(path), readStoryAt(resolve(cwd, path), path))
    },
  }

  function keep(id: string, story: StoryFile): CatalogueEntry {
    // The ending follows the content, so that what was unpacked from a Blorb is not taken for one.
    const copy = join(added, `${id}.z${story.version}`)
    const unfinished = `${copy}.${process.pid}.part`
    try {
      mkdirSync(added, { recursive: true })
      try {
        writeFileSync(unfinished, story.bytes)
        renameSync(unfinished, copy)
      } finally {
        rmSync(unfinished, { force: true })
      }
      // A story of another version that was kept under this id would be found before it.
      const others = storiesIn(added, 'cache').filter((other) => other.id === id && other.path !== copy)
      for (const { path } of others) rmSync(path)
    } catch (error) {
      throw new StoryFileError(
        `${copy} cannot be written (${reason(error)}): make room there or change the permissions.`,
      )
    }
    return entryOf({ id, title: id, path: copy, source: 'cache' }, story)
  }
}

/** Where a story file lies, not yet read. */
interface Place {
  readonly id: string
  readonly title: string
  readonly path: string
  readonly source: StorySource
}

const STORY_ENDINGS = new Set(['.z3', '.z4', '.z5', '.z8', '.zblorb', '.zlb', '.blorb', '.blb', '.dat'])

/** The playable-looking files of a folder by name; none where there is no such folder. */
function storiesIn(folder: string, source: StorySource): readonly Place[] {
  return namesIn(folder)
    .filter((name) => STORY_ENDINGS.has(extname(name).toLowerCase()))
    .map((name) => ({ id: idOf(name), title: idOf(name), path: join(folder, name), source }))
}

/** Each built-in story has a folder of its own, named as its id, with a README whose first heading is the title. */
function builtIn(): readonly Place[] {
  const stories = fileURLToPath(new URL('./stories/', import.meta.url))
  return namesIn(stories).flatMap((id) => {
    const folder = join(stories, id)
    return storiesIn(folder, 'built-in').map((place) => ({ ...place, title: heading(join(folder, 'README.md')) ?? id }))
  })
}

/** The stories that installed packages bring with them for their own tests. */
const PACKAGED = [
  { id: 'advent', title: 'Adventure', file: 'tests/advent.z5' },
  { id: 'minizork', title: 'Mini-Zork I', file: 'tests/minizork.z3' },
] as const

function packaged(): readonly Place[] {
  const root = join(createRequire(import.meta.url).resolve('glkote-term/package.json'), '..')
  return PACKAGED.map(({ id, title, file }) => ({ id, title, path: join(root, file), source: 'package' }))
}

function entryIfPlayable(place: Place): CatalogueEntry | null {
  const story = readIfPlayable(place)
  return story && entryOf(place, story)
}

function readIfPlayable({ path }: Place): StoryFile | null {
  try {
    return readStoryAt(path)
  } catch (error) {
    if (error instanceof StoryFileError) return null
    throw error
  }
}

function entryOf(place: Place, story: StoryFile): CatalogueEntry {
  const { version, release, serial, sha256, checksumOk } = story
  const { id, title, source, path } = place
  return { id, title, version, release, serial, source, path, sha256, checksumOk }
}

/** Larger than any story with its pictures and sounds, in bytes. */
const LARGEST_FILE = 256 * 1024 * 1024

/** `name` is what messages call the file: what the user typed. */
function readStoryAt(path: string, name = path): StoryFile {
  let bytes: Uint8Array
  try {
    const stats = statSync(path)
    if (stats.isDirectory())
      throw new StoryFileError(
        `${name} is a folder, not a story file: name a file in it, or set GRUE_GAMES to it and play by id.`,
      )
    // A device or a pipe might never end.
    if (!stats.isFile()) throw new StoryFileError(`${name} is a device, not a story file: name a file.`)
    if (stats.size > LARGEST_FILE)
      throw new StoryFileError(
        `${name} is too large for a story file (${stats.size} bytes, at most ${LARGEST_FILE}): name another file.`,
      )
    bytes = readFileSync(path)
  } catch (error) {
    if (error instanceof StoryFileError) throw error
    const code = reason(error)
    throw new StoryFileError(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `${name} does not exist: check the path, or see "grue games list" for stories by id.`
        : `${name} cannot be read (${code}): check the path and its permissions.`,
    )
  }
  return readStoryFile(bytes, name)
}

function reason(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code)
  throw error
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() ?? false
}

/** Null also for a name that no file can have, or that leads through what may not be entered. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

function heading(readme: string): string | null {
  try {
    return /^# +(.+)$/m.exec(readFileSync(readme, 'utf8'))?.[1]?.trim() ?? null
  } catch {
    return null
  }
}

function idOf(path: string): string {
  return basename(path, extname(path))
}
