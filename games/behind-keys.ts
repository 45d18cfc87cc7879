import type { FoundEffect } from './effects.ts'
import { keysFor } from './keys.ts'
import type { Moment, Outcome, Probe } from './probe.ts'
import { keyCode } from './prompt.ts'
import { type Difference, hashOf } from './world-bytes.ts'

/** Keys that are pressed to go on from a prompt, and all that are tried where none of that shows an effect. */
const FEW_KEYS = 8
const MOST_KEYS = 80

/** After so many commands that lead to one prompt, where no key had an effect, none but Enter is tried there. */
const FRUITLESS = 3

type Judge = (outcome: Outcome) => FoundEffect | null

interface Found {
  readonly effect: FoundEffect
  /** Where the story waits for the key that the effect hangs on; null where any goes on. */
  readonly asked: string | null
}

/**
 * Finds what a command does that leads to a key prompt: it shows where a line is asked for again, or at the end. A menu
 * that was left again has done nothing.
 */
export class BehindKeys {
  readonly #probe: Probe
  /** What the world's clockwork changes meanwhile. */
  readonly #idle: () => ReadonlySet<number>
  /** By the place of a prompt: how many commands led there, after which no key had an effect. */
  readonly #fruitless = new Map<string, number>()

  constructor(probe: Probe, idle: () => ReadonlySet<number>) {
    this.#probe = probe
    this.#idle = idle
  }

  /** `outcome`: of the command that was just played or foreseen. */
  effectOf(outcome: Outcome, judge: Judge): Found | null {
    this.#probe.arrive()
    const { position } = this.#probe.machine
    const moment = this.#probe.moment()
    let last: Outcome | null = outcome
    for (let keys = 0; keys < FEW_KEYS && last?.asksKey; keys++) last = this.#press('wait', last)
    const effect = last && !last.asksKey ? judge(last) : null
    if (effect !== null && (effect.globals === null || this.#besideKey(effect, 'wait').length > 0)) {
      return { effect, asked: null }
    }
    const fruitless = this.#fruitless.get(position) ?? 0
    if (fruitless >= FRUITLESS) return null
    const chosen = this.#byChoice(outcome, moment, judge)
    if (chosen === null) this.#fruitless.set(position, fruitless + 1)
    return chosen && { effect: chosen, asked: position }
  }

  /**
   * The first effect that keys have, the fewest first. One in globals alone, where a menu and the key may be noted as well,
   * counts only where another key leaves others.
   */
  #byChoice(outcome: Outcome, moment: Moment, judge: Judge): FoundEffect | null {
    const first = { outcome, moment }
    const open = [first]
    const known = new Set<string>()
    const inGlobals = new Map<string, FoundEffect | null>()
    let tried = 0
    // Grows while it is read.
    for (const asked of open) {
      for (const key of ['wait', ...keysFor(asked.outcome.text)]) {
        if (tried++ >= MOST_KEYS) break
        this.#probe.resume(asked.moment)
        const next = this.#press(key, asked.outcome)
        if (next === null) continue
        const at = `${this.#probe.machine.position} ${hashOf(next.difference)} ${next.text}`
        if (known.has(at)) continue
        known.add(at)
        if (next.asksKey) open.push({ outcome: next, moment: this.#probe.moment() })
        const effect = judge(next)
        if (effect !== null && effect.globals === null) return effect
        if (asked !== first || next.asksKey) continue
        inGlobals.set(hashOf(effect ? this.#besideKey(effect, key) : []), effect)
      }
    }
    if (inGlobals.size < 2) return null
    inGlobals.delete(hashOf([]))
    return [...inGlobals.values()].find((effect) => effect !== null) ?? null
  }

  /** What is left in globals beside the key that was pressed. */
  #besideKey({ left }: FoundEffect, key: string): Difference {
    return left.filter((change) => (change & 255) !== keyCode(key) && !this.#idle().has(change))
  }

  /** The outcome of all that was played so far and the key. */
  #press(key: string, { text }: Outcome): Outcome | null {
    const next = this.#probe.next(key)
    return next && { ...next, text: text + next.text }
  }
}
