import { createHash } from 'node:crypto'
import { changedThings, type Named } from './changed-things.ts'
import { compare } from './effect-names.ts'
import type { Judged } from './effects.ts'
import { type Ending, GOES_ON, readEnding, standingAt } from './ending.ts'
import type { ValidAction, ValidActions } from './environment.ts'
import { keysFor } from './keys.ts'
import type { MachineState } from './machine.ts'
import type { Outcome, Probe } from './probe.ts'
import { keyCode, keyOf } from './prompt.ts'
import { WAIT } from './valid-actions.ts'

/** So many keys that stand where they were not before: that is where the story keeps what was pressed. */
const ECHOES = 2

interface Pressed {
  readonly key: string
  readonly outcome: Outcome
  readonly state: MachineState
  readonly ending: Ending
  readonly reward: number
}

/**
 * The keys that come to something else than the others, and `wait`, which is Enter: where any key goes on it is alone.
 *
 * @param shown What the player sees: it may name keys.
 */
export function searchKeys(probe: Probe, story: Named & Pick<Judged, 'prompt' | 'score'>, shown: string): ValidActions {
  const score = story.score(GOES_ON)
  const all: Pressed[] = ['wait', ...keysFor(shown)].flatMap((key) => {
    const outcome = probe.play(key)
    if (outcome === null) return []
    const ending = readEnding(outcome.text, standingAt(outcome.position, story.prompt))
    return { key, outcome, ending, state: probe.machine.save(), reward: story.score(ending) - score }
  })
  const echoes = { ram: echoesIn(all, ({ ram }) => ram), stack: echoesIn(all, ({ stack }) => stack) }
  const groups = new Map<string, Pressed[]>()
  for (const pressed of all) {
    const result = resultOf(pressed, echoes)
    groups.set(result, [...(groups.get(result) ?? []), pressed])
  }
  const idle = new Set(all.find(({ key }) => key === 'wait')?.outcome.difference)
  const actions = [...groups.values()].flatMap((group) => actionOf(group) ?? [])
  if (actions.every(({ command }) => command !== WAIT.command)) actions.push(WAIT)
  return { actions: actions.sort((a, b) => compare(a.command, b.command)), tried: probe.tried, partial: false }

  function actionOf([first, ...others]: readonly Pressed[]): ValidAction | null {
    if (first === undefined) return null
    const { key: command, outcome, reward } = first
    const { terminated } = first.ending
    // To quit is no valid action at a line prompt either.
    if (command.toLowerCase() === 'q' && terminated) return null
    const equivalents = [first, ...others].map(({ key }) => key).sort(compare)
    if (command === WAIT.command && !terminated) return { ...WAIT, equivalents }
    const own = outcome.difference.filter((change) => !idle.has(change))
    const things = changedThings(own, story, probe.start.ram)
    return { command, equivalents, effect: { reward, terminated, ...things } }
  }
}

/** Offsets at which a key's own code is what several keys left. */
function echoesIn(all: readonly Pressed[], bytesOf: (state: MachineState) => Uint8Array): readonly number[] {
  const counts = new Map<number, number>()
  for (const { key, state } of all) {
    const code = keyCode(key)
    bytesOf(state).forEach((byte, i) => {
      if (byte === code) counts.set(i, (counts.get(i) ?? 0) + 1)
    })
  }
  return [...counts].flatMap(([i, count]) => (count >= ECHOES ? i : []))
}

/** Equal for keys that come to the same, but for the key itself. */
function resultOf(
  { key, outcome, state }: Pressed,
  echoes: { readonly ram: readonly number[]; readonly stack: readonly number[] },
): string {
  const masked = (bytes: Uint8Array, some: readonly number[]) => {
    const copy = bytes.slice()
    for (const i of some) copy[i] = 0
    return copy
  }
  const text = outcome.text.startsWith(keyOf(key)) ? outcome.text.slice(keyOf(key).length) : outcome.text
  return createHash('sha256')
    .update(masked(state.ram, echoes.ram))
    .update(masked(state.stack, echoes.stack))
    .update(`${outcome.position} ${text}`)
    .digest('hex')
}
