export type * from './experience-store.ts'
export { MemoryError } from './memory-error.ts'
export { openExperienceStore } from './sqlite-experience-store.ts'
