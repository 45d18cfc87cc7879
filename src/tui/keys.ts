import type { RunCommand } from './turn-gate.ts'

/** How the run moves on: what the keys change and the status line shows. */
export interface Pace {
  readonly paused: boolean
  /** One of `speeds`. */
  readonly turnsPerSecond: number
  readonly stopping: boolean
}

/** From one turn in two seconds to as fast as it can. */
export const speeds: readonly number[] = [0.5, 1, 2, 5, 10, 50, Infinity]

type Leave = 'quit' | 'interrupt' | 'suspend'

export interface Press {
  readonly pace: Pace
  readonly commands: readonly RunCommand[]
  readonly leave?: Leave
}

/** What one key does. `key` is the character typed, or `ctrl+` and a letter. */
export function press(pace: Pace, key: string): Press {
  switch (key) {
    case ' ':
      return { pace: { ...pace, paused: !pace.paused }, commands: [{ type: pace.paused ? 'resume' : 'pause' }] }
    case 'n':
      return { pace: { ...pace, paused: true }, commands: [{ type: 'pause' }, { type: 'step' }] }
    case '+':
    case '=':
      return atSpeed(
        pace,
        speeds.find((speed) => speed > pace.turnsPerSecond),
      )
    case '-':
    case '_':
      return atSpeed(
        pace,
        speeds.findLast((speed) => speed < pace.turnsPerSecond),
      )
    case 'q':
      return { pace: { ...pace, stopping: true }, commands: [{ type: 'stop' }], leave: 'quit' }
    case 'ctrl+c':
      return { pace: { ...pace, stopping: true }, commands: [{ type: 'stop' }], leave: 'interrupt' }
    case 'ctrl+z':
      return { pace, commands: [], leave: 'suspend' }
    default:
      return { pace, commands: [] }
  }
}

function atSpeed(pace: Pace, turnsPerSecond = pace.turnsPerSecond): Press {
  return { pace: { ...pace, turnsPerSecond }, commands: [{ type: 'speed', turnsPerSecond }] }
}
