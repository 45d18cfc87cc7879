export * from './catalogue.ts'
export type * from './environment.ts'
export { nearestNames } from './nearest-names.ts'
export { readStoryFile, type StoryFile, StoryFileError } from './story-file.ts'
