export type * from './experience-store.ts'
export { MemoryError } from './memory-error.ts'
export { type Eviction, type OpenOptions, openExperienceStore } from './sqlite-experience-store.ts'
