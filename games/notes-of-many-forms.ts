import { directionNumber } from './command-words.ts'
import type { FoundEffect } from './effects.ts'
import type { Probe } from './probe.ts'

/** A global that no more than these forms write to is the world's. */
const MANY_FORMS = 3

/** An effect with the form that its command was made from. */
export interface Formed extends FoundEffect {
  readonly form: string
  readonly filled: readonly string[]
}

/**
 * Without the effects that are only in globals which are notes of the parser's or the library's (Inform's
 * `reason_code`), not the world: commands of many forms write to such a global, not all of them about one thing, none of
 * them moves or changes a thing, and each writes as if no other had been given before.
 */
export function withoutNotes<T extends Formed>(found: readonly T[], probe: Probe): readonly T[] {
  const writers = new Map<number, T[]>()
  for (const one of found) {
    for (const address of new Set((one.globals ?? []).map((change) => change >>> 8))) {
      writers.set(address, [...(writers.get(address) ?? []), one])
    }
  }
  const notes = new Set([...writers].flatMap(([address, all]) => (isNote(address, all, probe) ? address : [])))
  return found.filter(({ globals }) => globals === null || globals.some((change) => !notes.has(change >>> 8)))
}

/** Whether commands with one effect, which is only in globals, are walks in several directions: what fails leaves a note. */
export function isWhicheverWay(group: readonly Formed[]): boolean {
  const ways = group.filter(({ command }) => directionNumber(command.split(' ').at(-1) ?? '') >= 0)
  return ways.length > 1 && group.every(({ globals }) => globals !== null)
}

function isNote(address: number, all: readonly Formed[], probe: Probe): boolean {
  if (new Set(all.map(({ form }) => form)).size < MANY_FORMS || isAboutOne(all)) return false
  const [first] = all
  const written = ({ globals }: Formed) => globals?.find((change) => change >>> 8 === address)
  const other = all.find((one) => first && written(one) !== written(first) && one.form !== first.form)
  return !first || !other || (overwrites(first, other) && overwrites(other, first))

  function overwrites(before: Formed, { command }: Formed): boolean {
    const valueIn = (outcome: { readonly difference: readonly number[] } | null) =>
      outcome?.difference.find((change) => change >>> 8 === address)
    const alone = valueIn(probe.play(command, before.salt))
    return probe.play(before.command, before.salt) !== null && valueIn(probe.next(command)) === alone
  }
}

/** Whether there is a thing, or a person who was told so, that all the commands speak of. */
function isAboutOne(all: readonly Formed[]): boolean {
  const [first, ...others] = all.map(({ command, filled }) => new Set([...filled, ...command.split(',').slice(0, -1)]))
  return first !== undefined && [...first].some((word) => others.every((words) => words.has(word)))
}
