import type { MessagePort } from 'node:worker_threads'
import type { RunEvent, Tokens } from '../../harness/index.ts'
import type { RunRequest } from '../run.ts'

// What passes between a pool and its workers, as plain data.

export interface CellTask {
  readonly request: RunRequest
  readonly port: MessagePort
}

export type FromCell =
  /** The worker's loop turns: it plays, or waits for a model. */
  | { readonly type: 'alive'; readonly thread: number }
  /** What progress is made of: the marks of a run, its episodes and their steps. */
  | { readonly type: 'event'; readonly event: RunEvent }
  /** The model's server gave an answer. */
  | { readonly type: 'billed'; readonly used: Tokens }

/** Heeded between two turns, and while a model is waited for. */
export interface ToCell {
  readonly type: 'stop'
}

export type CellOutcome =
  | { readonly type: 'finished' }
  | { readonly type: 'stopped' }
  /** What was thrown, as errors of our own do not pass between threads as what they are. */
  | { readonly type: 'failed'; readonly name: string; readonly message: string; readonly stack: string }
