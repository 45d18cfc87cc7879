import type { RunEvent } from '../../harness/index.ts'
import { type PrintOptions, printRun } from './print-run.ts'
import type { Outcome, ScreenOptions } from './show-run.ts'
import { TurnGate, turns } from './turn-gate.ts'

/** A recorded run as plain lines. */
export function printReplay(events: AsyncIterable<RunEvent>, options: PrintOptions): Promise<Outcome> {
  const gate = new TurnGate(Infinity)
  const abandon = () => gate.accept({ type: 'stop' })
  return printRun({ turns: turns(events, gate), control: (command) => gate.accept(command), abandon }, options)
}

/** Whether there is a terminal to draw on and somebody to press keys; if not, lines are printed. */
export function canShowScreen({ stdin, stdout, env }: Pick<ScreenOptions, 'stdin' | 'stdout' | 'env'>): boolean {
  const { TERM } = env
  return stdin.isTTY === true && stdout.isTTY === true && TERM !== 'dumb'
}
