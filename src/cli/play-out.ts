import { availableParallelism } from 'node:os'
import process from 'node:process'
import type { ReadRun } from '../../reports/index.ts'
import { playCells } from '../cells/play-cells.ts'
import type { RunRequest } from '../run.ts'
import { onEndingSignals } from '../tui/signals.ts'
import { wholeNumber } from './flags.ts'
import { ModelTally, modelForecast, plannedTurns } from './model-tally.ts'
import { tell } from './output.ts'
import { openProgress } from './progress.ts'

/** A run that is to be played, under the name that its progress shows. */
export interface PlannedCell {
  readonly label: string
  readonly request: RunRequest
}

/** `--jobs` of the commands that play several cells. */
export function jobsFlag() {
  return wholeNumber(1)
    .prefault(String(availableParallelism()))
    .meta({ value: 'J', description: 'Cells played at the same time; changes nothing but the time it takes' })
}

export interface PlayedOut {
  /** The exit code of the signal that stopped it; null when everything was played. */
  readonly signalled: number | null
  /** What reading the runs gave, in the order of the cells, as far as they were played. */
  readonly read: readonly ReadRun[]
}

/**
 * Plays cells to their end, with their progress on stderr, and reads each when it is finished. Ctrl-C stops each between
 * two turns, or where it waits for a model, with every finished turn kept; a second one stops at once.
 */
export async function playOut(cells: readonly PlannedCell[], jobs: number): Promise<PlayedOut> {
  const planned = cells.map(({ request }) => plannedTurns(request))
  const read: ReadRun[] = []
  const progress = openProgress(
    process.stderr,
    cells.map(({ label, request: { episodes, stepLimit } }) => ({ label, episodes, stepLimit })),
  )
  const prices = cells[0]?.request.model?.prices ?? null
  const tally = new ModelTally(prices)
  let forecast = false
  const stop = new AbortController()
  let signalled: number | null = null
  const forgetSignals = onEndingSignals((exitCode) => {
    if (signalled !== null) process.exit(exitCode)
    signalled = exitCode
    stop.abort()
  })
  try {
    await playCells(
      cells.map(({ request }) => request),
      {
        jobs,
        take: (index, event) => {
          tally.take(event)
          if (event.type === 'model-probed' && !forecast) {
            forecast = true
            for (const line of modelForecast(event, planned, prices)) progress.note(index, line)
          }
          progress.take(index, event)
        },
        billed: (used) => tally.bill(used),
        restarted: (index, why) =>
          progress.note(index, `its worker ${why}; another one goes on from the last finished turn`),
        reader: {
          // Loaded while the first cells are played.
          worker: import('../../reports/index.ts').then(({ readingWorker }) => readingWorker),
          take: (index, run) => {
            read[index] = run
          },
        },
        signal: stop.signal,
      },
    )
    return { signalled, read: read.filter(Boolean) }
  } finally {
    progress.end()
    const line = tally.line()
    if (line !== null) tell(line)
    forgetSignals()
  }
}
