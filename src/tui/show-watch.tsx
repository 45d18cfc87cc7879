import type { RunEvent } from '../../harness/index.ts'
import type { RunRequest } from '../run.ts'
import { watchRun } from '../watched-run.ts'
import { pacedReplay } from './paced-replay.ts'
import { type PrintOptions, printRun } from './print-run.ts'
import { type Outcome, type ScreenOptions, showRun } from './show-run.tsx'

/** Plays a run on the screen. Resolves when somebody leaves it. */
export function showWatch(request: RunRequest, options: ScreenOptions): Promise<Outcome> {
  return showRun(watchRun(request, options), options)
}

/** A recorded run on the same screen. */
export function showReplay(events: AsyncIterable<RunEvent>, options: ScreenOptions): Promise<Outcome> {
  return showRun(pacedReplay(events, options), options)
}

/** Plays a run as plain lines, as fast as it can. Resolves when the run has ended. */
export function printWatch(request: RunRequest, options: PrintOptions): Promise<Outcome> {
  return printRun(watchRun(request, { speed: Infinity }), options)
}

/** A recorded run as plain lines. */
export function printReplay(events: AsyncIterable<RunEvent>, options: PrintOptions): Promise<Outcome> {
  return printRun(pacedReplay(events, { speed: Infinity }), options)
}

/** Whether there is a terminal to draw on and somebody to press keys; if not, lines are printed. */
export function canShowScreen({ stdin, stdout, env }: Pick<ScreenOptions, 'stdin' | 'stdout' | 'env'>): boolean {
  const { TERM } = env
  return stdin.isTTY === true && stdout.isTTY === true && TERM !== 'dumb'
}
