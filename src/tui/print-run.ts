import { once } from 'node:events'
import { plainLines } from './plain-printer.ts'
import { closingLines } from './run-summary.ts'
import type { Outcome } from './show-run.ts'
import { onEndingSignals } from './signals.ts'
import { patience, type WatchedRun } from './turn-gate.ts'
import { isReaderGone, unwritable } from './unwritable.ts'

export interface PrintOptions {
  readonly stdout: NodeJS.WritableStream
  /** The command that continues the run, for who leaves it early. */
  readonly resume?: string
}

/**
 * Prints a run line by line and ends with it. A reader that goes away ends it too, and so does output that cannot be written,
 * which is thrown.
 */
export async function printRun(run: WatchedRun, { stdout, resume }: PrintOptions): Promise<Outcome> {
  let exitCode = 0
  let broken: NodeJS.ErrnoException | null = null
  let patienceEnds: NodeJS.Timeout | undefined
  const leave = (code: number) => {
    exitCode ||= code
    if (patienceEnds) return run.abandon()
    run.control({ type: 'stop' })
    patienceEnds = setTimeout(run.abandon, patience)
  }
  const onError = (error: NodeJS.ErrnoException) => {
    broken ??= error
    if (!patienceEnds) leave(0)
  }
  const print = async (line: string) => {
    if (broken || stdout.write(`${line}\n`)) return
    await once(stdout, 'drain').catch(onError)
  }
  const forgetSignals = onEndingSignals(leave)
  stdout.on('error', onError)
  try {
    const lines = plainLines(run.turns)
    let next = await lines.next()
    for (; !next.done; next = await lines.next()) await print(next.value)
    for (const line of closingLines(next.value, resume)) await print(line)
    if (broken && !isReaderGone(broken)) throw new Error(unwritable(broken))
    return { exitCode: next.value.phase === 'failed' ? 1 : exitCode }
  } finally {
    clearTimeout(patienceEnds)
    run.abandon()
    forgetSignals()
    if (!broken) stdout.off('error', onError)
  }
}
