import { once } from 'node:events'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import {
  PolicyFileError,
  PolicyNeedsError,
  type RunEvent,
  type Tokens,
  UnknownPolicyError,
} from '../../harness/index.ts'
import type { ReadRun } from '../../reports/index.ts'
import { makeFolder } from '../make-folder.ts'
import type { RunRequest } from '../run.ts'
import type { CellOutcome, CellTask, FromCell, ToCell } from './cell-task.ts'

export interface PlayCellsOptions {
  /** How many cells are played at the same time, each in a thread of its own. */
  readonly jobs: number
  /** What marks the progress of a cell, by its place in the list. */
  readonly take: (index: number, event: RunEvent) => void
  /** Told of each answer that a model's server gave to some cell. */
  readonly billed?: (used: Tokens) => void
  /** Told when a cell's worker was given up and another one goes on. */
  readonly restarted: (index: number, why: string) => void
  /** Who reads what a cell has recorded once it is finished, in the thread that is free then. */
  readonly reader?: CellReader
  /** Aborted: every cell stops between two turns, or where it waits for a model. */
  readonly signal: AbortSignal
  /** Milliseconds without a sign of life after which a worker hangs. A search or a look into memory takes seconds. */
  readonly patience?: number
  /** The module that plays a cell. */
  readonly worker?: URL
}

interface CellReader {
  /** As `readingWorker`; awaited when the first cell is finished. */
  readonly worker: Promise<URL>
  readonly take: (index: number, run: ReadRun) => void
}

/** A worker hung or died again and again at the same cell. */
export class CellGivenUpError extends Error {
  override readonly name = 'CellGivenUpError'
}

/** Fresh workers that a cell gets, unless it finishes an episode between. */
const restarts = 3
const ticks = 10

/**
 * Plays cells on a pool of threads until all are played or the signal stops them. What a cell does depends on its JSON
 * alone, so the number of jobs changes nothing but the time it takes.
 *
 * A worker that hangs or dies is replaced, and the cell goes on from its last finished turn; a cell whose workers do so
 * again and again is left for last as a `CellGivenUpError`. Any other error of a cell stops them all and is thrown.
 */
export async function playCells(requests: readonly RunRequest[], options: PlayCellsOptions): Promise<void> {
  const { jobs, worker = new URL('./cell-worker.js', import.meta.url) } = options
  const threads = Math.min(jobs, requests.length)
  // A thread that waits for a next cell is not to be ended: it knows the story by then.
  const pool = new Piscina({ filename: worker.href, minThreads: threads, maxThreads: threads, idleTimeout: 60_000 })
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const queue = requests.entries()
  const givenUp: CellGivenUpError[] = []
  const lane = async () => {
    for (const [index, request] of queue) {
      if (signal.aborted) return
      try {
        await playOut(pool, index, request, { ...options, signal })
      } catch (error) {
        if (error instanceof CellGivenUpError) givenUp.push(error)
        else failed.abort(error)
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: threads }, lane))
  } finally {
    await pool.destroy()
  }
  if (failed.signal.aborted) throw failed.signal.reason
  if (givenUp[0]) throw givenUp[0]
}

async function playOut(pool: Piscina, index: number, request: RunRequest, options: PlayCellsOptions): Promise<void> {
  // What cannot be made is known before there is a worker.
  makeFolder(request.out)
  for (let left = restarts; ; left--) {
    const attempt = await playOnce(pool, request, {
      ...options,
      take: (event) => {
        if (event.type === 'episode-ended') left = restarts
        options.take(index, event)
      },
    })
    if (attempt.type === 'stopped') return
    if (attempt.type === 'finished') return read(pool, index, request, options.reader)
    if (attempt.type === 'failed') throw revived(attempt)
    // A next worker would not be told.
    if (options.signal.aborted) return
    if (left === 0)
      throw new CellGivenUpError(
        `${request.out}: its worker ${attempt.why} ${restarts + 1} times in a row. Its finished turns are kept; give the same command again to try once more.`,
      )
    options.restarted(index, attempt.why)
  }
}

async function read(pool: Piscina, index: number, { out }: RunRequest, reader: CellReader | undefined): Promise<void> {
  if (reader) reader.take(index, await pool.run(out, { filename: (await reader.worker).href }))
}

type Attempt = CellOutcome | { readonly type: 'lost'; readonly why: string }

/** One worker's try. When it returns, that worker touches the cell's folder no more. */
async function playOnce(
  pool: Piscina,
  request: RunRequest,
  options: Pick<PlayCellsOptions, 'signal' | 'patience' | 'billed'> & { readonly take: (event: RunEvent) => void },
): Promise<Attempt> {
  const { signal, patience = 120_000, take, billed } = options
  const { port1, port2 } = new MessageChannel()
  const watchdog = new AbortController()
  let thread: number | null = null
  let gone: Promise<unknown> = Promise.resolve()
  // In ticks rather than by the clock: a program that was suspended has not been waiting.
  let silence = 0
  const watch = setInterval(() => {
    silence += 1
    if (silence <= ticks || watchdog.signal.aborted) return
    const hanging = pool.threads.find(({ threadId }) => threadId === thread)
    if (hanging) gone = once(hanging, 'exit')
    watchdog.abort()
  }, patience / ticks)
  const stop = () => port1.postMessage({ type: 'stop' } satisfies ToCell)
  signal.addEventListener('abort', stop)
  const heed = (message: FromCell) => {
    silence = 0
    if (message.type === 'alive') thread = message.thread
    else if (message.type === 'billed') billed?.(message.used)
    else take(message.event)
  }
  port1.on('message', heed)
  try {
    const task: CellTask = { request, port: port2 }
    return await pool.run(task, { transferList: [port2], signal: watchdog.signal })
  } catch (error) {
    await gone
    return { type: 'lost', why: watchdog.signal.aborted ? 'hung' : `died (${messageOf(error)})` }
  } finally {
    clearInterval(watch)
    signal.removeEventListener('abort', stop)
    // A result may overtake what was said before it.
    for (let last = receiveMessageOnPort(port1); last; last = receiveMessageOnPort(port1)) heed(last.message)
    port1.close()
  }
}

/** Errors that exit with another code. */
const wrongUsage = [UnknownPolicyError, PolicyNeedsError, PolicyFileError]

function revived({ name, message, stack }: Extract<CellOutcome, { type: 'failed' }>): Error {
  const kind = wrongUsage.find((known) => known.name === name)
  if (kind) return new kind(message)
  const ours = ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'].includes(name)
  return new Error(ours ? stack : message)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
