/** How a run moves on: what the keys change and the status line shows. */
export interface Pace {
  readonly paused: boolean
  /** One of `speeds`. */
  readonly turnsPerSecond: number
  /** To the end of the episode, as fast as it goes, and then a pause. */
  readonly rushing: boolean
  readonly stopping: boolean
}

/** From one turn in two seconds to as fast as it can. */
export const speeds: readonly number[] = [0.5, 1, 2, 5, 10, 50, Infinity]

/** What help says, in its order. */
export const keyHelp: readonly (readonly [string, string])[] = [
  ['space', 'pause, or go on'],
  ['n', 'one turn'],
  ['e', 'to the end of the episode'],
  ['+ -', 'faster, slower'],
  ['b f', 'back, forward through past turns, ← →'],
  ['/', 'seek a turn, episode, score or flip'],
  ['↑ ↓', 'select a command: why it stands there'],
  ['PgUp PgDn', 'scroll the story, also Home and End'],
  ['m', 'map of the rooms found so far'],
  ['t', 'take over: type a command, now or then'],
  ['p', 'change beta, lambda or the policy'],
  ['s', 'save the screen as an SVG picture'],
  ['Tab', 'the other agent, where two play'],
  ['?', 'this help'],
  ['q', 'quit'],
]
