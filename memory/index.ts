export type * from './experience-store.ts'
