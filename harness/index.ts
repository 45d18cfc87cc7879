export type * from './contracts.ts'
export type * from './events.ts'
export type * from './recorded-run.ts'
