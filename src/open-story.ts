import process from 'node:process'
import { type Environment, openCatalogue, openEnvironment } from '../games/index.ts'

/** The story of that id or path, ready to be played. Throws `UnknownStoryError` or `StoryFileError`. */
export function openStory(story: string): Environment {
  const { id, title, bytes } = openCatalogue({ env: process.env, cwd: process.cwd() }).resolve(story)
  return openEnvironment(bytes, { id, title })
}
