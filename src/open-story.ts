import { join } from 'node:path'
import process from 'node:process'
import envPaths from 'env-paths'
import {
  type ActionCache,
  type Environment,
  FileActionCache,
  fileStoryCache,
  openCatalogue,
  openEnvironment,
  type ResolvedStory,
  readOverrides,
  readStoryFile,
  type StoryInfo,
} from '../games/index.ts'

const paths = envPaths('grue', { suffix: '' })

/** The user's own file of what calibration does not find; grue ships none. */
export function overridesPath(): string {
  const { GRUE_OVERRIDES } = process.env
  return GRUE_OVERRIDES ?? join(paths.config, 'overrides.json')
}

/** The story of that id or path, ready to be played. Throws `UnknownStoryError`, `StoryFileError`, `OverridesError`. */
export function openStory(story: string): Environment {
  const { bytes, ...options } = storyWithOptions(story)
  return openEnvironment(bytes, options)
}

/** What the catalogue calls the story of that id or path, which is not opened. Throws `UnknownStoryError`, `StoryFileError`. */
export function storyId(story: string): string {
  const { id, bytes } = resolved(story)
  readStoryFile(bytes)
  return id
}

/** `StoryInfo.sha256` of the story of that id or path, which is not opened. */
export function storyHash(story: string): string {
  return readStoryFile(resolved(story).bytes).sha256
}

/** What was found of the story's valid actions, kept in `GRUE_ACTION_CACHE`, a folder; empty: for this process alone. */
export function openActionCache({ sha256 }: StoryInfo): ActionCache {
  const { GRUE_ACTION_CACHE: folder = join(paths.cache, 'actions') } = process.env
  // Another player than the one that was found would do other things.
  const overridden = readOverrides(overridesPath())[sha256] !== undefined
  return folder === '' || overridden ? new Map() : new FileActionCache(folder, sha256)
}

/** What `openEnvironment` is given for a story of that id or path. */
export function storyWithOptions(story: string) {
  const { id, title, bytes } = resolved(story)
  return {
    ...{ id, title, bytes },
    cache: fileStoryCache(join(paths.cache, 'stories')),
    overrides: readOverrides(overridesPath()),
  }
}

function resolved(story: string): ResolvedStory {
  return openCatalogue({ env: process.env, cwd: process.cwd() }).resolve(story)
}
