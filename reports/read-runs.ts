import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { logFile, type RecordedRun } from '../harness/index.ts'
import type { ReportedRun } from './reported-run.ts'
import { type DigestedRun, digestRun, type RunDigest } from './run-digest.ts'
import { packTexts, TextTable } from './turn-archive.ts'

/** What reading a run gives, as plain data. Its turns refer to texts of the thread that read it. */
export interface ReadRun extends ReportedRun {
  readonly digest: RunDigest
  readonly thread: number
  /** Those that no run had which the thread read before, and the number of the first of them. */
  readonly texts: readonly string[]
  readonly firstText: number
}

/** All that a page is made of. */
export interface DigestedRuns {
  readonly runs: readonly DigestedRun[]
  /** Tables of texts, packed: a run's `textTable` says which is its own. */
  readonly texts: readonly string[]
}

/** A module for a pool of threads: given a run's folder it answers with a `ReadRun`. */
export const readingWorker = new URL('./reading-worker.js', import.meta.url)

/** Below this a thread takes longer to start than to do its share. */
const WORTH_A_THREAD = 20_000_000
const MOST_THREADS = 4

/** Reads runs one after another, their texts numbered through. */
export class RunReader {
  readonly #texts = new TextTable()

  async read({ directory, config, provenance, episodes, events }: RecordedRun): Promise<ReadRun> {
    const firstText = this.#texts.size
    const digest = await digestRun(events(), this.#texts)
    const texts = this.#texts.since(firstText)
    return { directory, config, provenance, episodes, digest, thread: threadId, texts, firstText }
  }
}

/** Reads the events of all runs, in several threads where the logs are long. */
export async function readRuns(runs: readonly RecordedRun[]): Promise<readonly ReadRun[]> {
  const sizes = runs.map(({ directory }) => statSync(join(directory, logFile), { throwIfNoEntry: false })?.size ?? 0)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const threads = Math.min(availableParallelism(), MOST_THREADS, runs.length, Math.floor(total / WORTH_A_THREAD))
  if (threads < 2) return readHere(runs)
  const pool = new Piscina({ filename: readingWorker.href, minThreads: threads, maxThreads: threads })
  try {
    return await Promise.all(runs.map(({ directory }): Promise<ReadRun> => pool.run(directory)))
  } finally {
    await pool.destroy()
  }
}

async function readHere(runs: readonly RecordedRun[]): Promise<readonly ReadRun[]> {
  const reader = new RunReader()
  const read: ReadRun[] = []
  for (const run of runs) read.push(await reader.read(run))
  return read
}

/** Runs in their order, with the texts of the threads that read them; every run that such a thread read must be there. */
export function gatherRuns(read: readonly ReadRun[]): DigestedRuns {
  const tables = new Map<number, string[]>()
  for (const { thread, texts, firstText } of read) {
    const table = tables.get(thread) ?? []
    tables.set(thread, table)
    for (const [index, text] of texts.entries()) table[firstText + index] = text
  }
  const order = [...tables.keys()]
  return {
    runs: read.map(({ texts: _, firstText: __, thread, ...run }) => ({ ...run, textTable: order.indexOf(thread) })),
    texts: [...tables.values()].map(packTexts),
  }
}
