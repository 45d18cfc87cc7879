import process from 'node:process'
import { setImmediate } from 'node:timers/promises'
import type { Environment } from '../../games/index.ts'
import { type RunRequest, startRun } from '../run.ts'
import { onEndingSignals } from '../tui/signals.ts'
import { openProgress } from './progress.ts'

/** A run that is to be played, under the name that its progress shows. */
export interface Cell {
  readonly label: string
  readonly request: RunRequest
}

/**
 * Plays runs to their end, one after another, on one environment. Ctrl-C stops between two turns, with every finished
 * episode kept; a second one stops at once. Returns the signal's exit code, or null when everything was played.
 */
export async function playOut(cells: readonly Cell[], environment: Environment): Promise<number | null> {
  const progress = openProgress(process.stderr, cells.length, cells[0]?.request.episodes ?? 0)
  let signalled: number | null = null
  const forgetSignals = onEndingSignals((exitCode) => {
    if (signalled !== null) process.exit(exitCode)
    signalled = exitCode
  })
  const play = async ({ label, request }: Cell) => {
    for await (const event of startRun(request, environment)) {
      progress.take(label, event)
      // A signal arrives as an event, which a chain of resolved promises would keep out for ever.
      if (event.type === 'decided' || event.type === 'memory-stored') {
        await setImmediate()
        if (signalled !== null) return
      }
    }
  }
  try {
    for (const cell of cells) {
      await play(cell)
      if (signalled !== null) break
    }
    return signalled
  } finally {
    progress.end()
    forgetSignals()
  }
}
