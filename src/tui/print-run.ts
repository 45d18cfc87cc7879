import { once } from 'node:events'
import { plainLines } from './plain-printer.ts'
import { closingLines } from './run-summary.ts'
import type { Outcome } from './show-run.ts'
import { onEndingSignals } from './signals.ts'
import { patience, type WatchedRun } from './turn-gate.ts'

export interface PrintOptions {
  readonly stdout: NodeJS.WritableStream
  /** The command that continues the run, for who leaves it early. */
  readonly resume?: string
}

/** Prints a run line by line and ends with it. A reader that goes away ends it too, which is no failure. */
export async function printRun(run: WatchedRun, { stdout, resume }: PrintOptions): Promise<Outcome> {
  let exitCode = 0
  let readerIsGone = false
  let patienceEnds: NodeJS.Timeout | undefined
  const leave = (code: number) => {
    exitCode ||= code
    if (patienceEnds) return run.abandon()
    run.control({ type: 'stop' })
    patienceEnds = setTimeout(run.abandon, patience)
  }
  const onError = () => {
    readerIsGone = true
    if (!patienceEnds) leave(0)
  }
  const print = async (line: string) => {
    if (readerIsGone || stdout.write(`${line}\n`)) return
    await once(stdout, 'drain').catch(onError)
  }
  const forgetSignals = onEndingSignals(leave)
  stdout.on('error', onError)
  try {
    const lines = plainLines(run.turns)
    let next = await lines.next()
    for (; !next.done; next = await lines.next()) await print(next.value)
    for (const line of closingLines(next.value, resume)) await print(line)
    return { exitCode: next.value.phase === 'failed' ? 1 : exitCode }
  } finally {
    clearTimeout(patienceEnds)
    run.abandon()
    forgetSignals()
    if (!readerIsGone) stdout.off('error', onError)
  }
}
