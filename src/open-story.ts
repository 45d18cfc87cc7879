import { join } from 'node:path'
import process from 'node:process'
import envPaths from 'env-paths'
import {
  type Environment,
  fileStoryCache,
  openCatalogue,
  openEnvironment,
  type ResolvedStory,
  readOverrides,
} from '../games/index.ts'

const { GRUE_OVERRIDES } = process.env
const paths = envPaths('grue', { suffix: '' })

/** The user's own file of what calibration does not find; grue ships none. */
export const overridesPath = GRUE_OVERRIDES ?? join(paths.config, 'overrides.json')

/** The story of that id or path, ready to be played. Throws `UnknownStoryError`, `StoryFileError`, `OverridesError`. */
export function openStory(story: string): Environment {
  const { bytes, ...options } = storyWithOptions(story)
  return openEnvironment(bytes, options)
}

/** What `openEnvironment` is given for a story of that id or path. */
export function storyWithOptions(story: string) {
  const { id, title, bytes }: ResolvedStory = openCatalogue({ env: process.env, cwd: process.cwd() }).resolve(story)
  return {
    ...{ id, title, bytes },
    cache: fileStoryCache(join(paths.cache, 'stories')),
    overrides: readOverrides(overridesPath),
  }
}
