import { directionNumber, phraseRank } from './command-words.ts'
import type { Effect, ValidAction } from './environment.ts'
import { wordsOf } from './reach.ts'

/** A command and what it would do. */
export interface NamedEffect {
  readonly command: string
  /** The words that its form was filled with. */
  readonly filled: readonly string[]
  readonly effect: Effect
}

/** The plainest of the commands that have one effect: a direction, then the verb that comes to mind first. */
export function nameOf(group: readonly NamedEffect[]): ValidAction {
  const best = plainest(group)
  if (!best) throw new RangeError('An effect is had by at least one command.')
  return {
    command: best.command,
    equivalents: [...new Set(group.map(({ command }) => command))].sort(compare),
    effect: best.effect,
  }
}

export function plainest<T extends NamedEffect>(group: readonly T[]): T | undefined {
  let best: T | undefined
  let lowest = Number.POSITIVE_INFINITY
  for (const one of group) {
    const own = rank(one)
    if (own > lowest || (best && own === lowest && compare(one.command, best.command) >= 0)) continue
    best = one
    lowest = own
  }
  return best
}

export function rank({ command, filled, effect }: NamedEffect): number {
  const words = command.split(' ')
  const direction = directionNumber(command)
  if (direction >= 0) return direction
  // "open egg with sword", where "open case with egg" comes to the same. An end changes what else it will.
  const noun = effect.terminated ? undefined : filled[0]?.split(' ').at(-1)
  const beside = noun !== undefined && !effect.changed.some((name) => wordsOf(name).includes(noun))
  const away = directionNumber(words.at(-1) ?? '') >= 0 ? AWAY : 0
  return 1_000_000 + (phraseRank(words) + (beside ? BESIDE : 0)) * 1000 + words.length * 100 + away + command.length
}

/** How far behind others a command is put that does not speak of what it changes. */
const BESIDE = 500
/** How many letters longer "push ball to up" counts, where it comes to the same as "push ball to net". */
const AWAY = 50

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
