import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { logFile, type RecordedRun } from '../harness/index.ts'
import { digestRun, type RunDigest } from './run-digest.ts'
import { TextTable } from './turn-archive.ts'

/** What a thread is given, and what it gives back; digests in the order of the folders. */
export type DigestRequest = readonly string[]
export interface DigestAnswer {
  readonly digests: readonly RunDigest[]
  readonly texts: string
}

export interface DigestedRuns {
  /** In the order of the runs. */
  readonly digests: readonly RunDigest[]
  /** For each run, which of `texts` its turns refer to. */
  readonly tables: readonly number[]
  readonly texts: readonly string[]
}

/** Below this a thread takes longer to start than to do its share. */
const WORTH_A_THREAD = 20_000_000
const MOST_THREADS = 4

/** Reads the events of all runs, in several threads where the logs are long; the same either way but for `texts`. */
export async function digestRuns(runs: readonly RecordedRun[]): Promise<DigestedRuns> {
  const sizes = runs.map(({ directory }) => statSync(join(directory, logFile), { throwIfNoEntry: false })?.size ?? 0)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const threads = Math.min(availableParallelism(), MOST_THREADS, runs.length, Math.floor(total / WORTH_A_THREAD))
  if (threads < 2) return digestHere(runs)
  const tables = evenShares(sizes, threads)
  const answers = await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      digestThere(runs.filter((_, index) => tables[index] === thread).map(({ directory }) => directory)),
    ),
  )
  const waiting = answers.map(({ digests }) => [...digests])
  return {
    digests: tables.map((thread) => waiting[thread]!.shift()!),
    tables,
    texts: answers.map(({ texts }) => texts),
  }
}

async function digestHere(runs: readonly RecordedRun[]): Promise<DigestedRuns> {
  const texts = new TextTable()
  const digests: RunDigest[] = []
  for (const run of runs) digests.push(await digestRun(run.events(), texts))
  return { digests, tables: runs.map(() => 0), texts: [texts.pack()] }
}

function digestThere(directories: DigestRequest): Promise<DigestAnswer> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./digest-worker.js', import.meta.url), { workerData: directories })
    worker.once('message', done)
    worker.once('error', fail)
    worker.once('exit', (code) =>
      fail(new Error(`A thread that read runs ended early (${code}): make the report again.`)),
    )
  })
}

/** Which share each goes to: the largest first, always to the share that has least. */
export function evenShares(sizes: readonly number[], shares: number): readonly number[] {
  const sums = Array.from({ length: shares }, () => 0)
  const chosen = sizes.map(() => 0)
  const order = sizes.map((_, index) => index).sort((a, b) => sizes[b]! - sizes[a]!)
  for (const index of order) {
    const least = sums.indexOf(Math.min(...sums))
    chosen[index] = least
    sums[least] = sums[least]! + sizes[index]!
  }
  return chosen
}
