import type { Dictionary } from './dictionary.ts'
import { compare, type NamedEffect } from './effect-names.ts'
import { readEnding } from './ending.ts'
import type { ObjectTable } from './object-table.ts'
import type { Outcome, Probe } from './probe.ts'
import { type Difference, hashOf, type WorldBytes } from './world-bytes.ts'

/** Turns in which nothing is done. Some take no time, one tick or several (Infocom's `wait` is three). */
const IDLE = ['look', 'wait', 'inventory']

/** Further draws of the story's dice under which a command that throws them is tried. */
export const SALTS = [1, 2]

/** How a parser asks for what it did not understand. */
const PARSER_ASKS = /\b(?:which|what|whom?)\b[^.!]*\?/i

/** What judging needs to know of the story. */
export interface Judged {
  readonly world: WorldBytes
  readonly nouns: { readonly objects: ObjectTable; readonly dictionary: Dictionary }
  /** The score in the machine's memory now, in points. */
  readonly score: () => number
}

/** What a command changed. */
export interface FoundEffect extends Omit<NamedEffect, 'filled'> {
  /** What is left a turn later where nothing but globals changed; null where more did. */
  readonly globals: Difference | null
  readonly key: string
}

/** What is left where nothing was done, under one salt of the dice. */
interface Idle {
  /** As played, and that of no turn at all. */
  readonly differences: readonly Difference[]
  readonly keys: ReadonlySet<string>
  /** The same without the globals. */
  readonly things: ReadonlySet<string>
  /** What the world's clockwork changed meanwhile. */
  readonly changes: ReadonlySet<number>
  /** The dice thrown meanwhile. */
  readonly draws: ReadonlySet<number>
}

/**
 * Judges what commands played from one state have done: what they left is compared with turns in which nothing was
 * done, without what turns out, on the way, to be notes that the parser or the library takes.
 */
export class Effects {
  /** Turns in which nothing was done. */
  readonly idle: readonly Outcome[]
  readonly #probe: Probe
  readonly #story: Judged
  readonly #score: number
  readonly #position: string
  readonly #withEffect = new Set<string>()
  readonly #aloneKeys = new Map<string, ReadonlySet<string>>()
  readonly #idle = new Map<number, Idle>()
  /** What idle turns and, with one more after each, what two of them left; as played. */
  readonly #played = new Map<string, readonly Outcome[]>()
  /** Addresses that looking at things writes to without touching the tree: the parser's notes in a stand-in object. */
  readonly #notes = new Set<number>()
  /** The same, one idle turn later. */
  readonly #settled = new Map<number, ReadonlySet<string>>()

  constructor(probe: Probe, story: Judged) {
    this.#probe = probe
    this.#story = story
    this.#score = story.score()
    this.#position = probe.machine.position
    this.idle = this.#playIdle('0', (command) => probe.play(command))
    this.#learnIdleNotes()
  }

  /**
   * Of a command that was just played; null where it does nothing. Where dice decide, what they give by another throw
   * counts too.
   */
  of(command: string, outcome: Outcome): FoundEffect | null {
    const found = this.#judge(command, outcome, 0) ?? this.#byLuck(command, outcome)
    if (found) this.#withEffect.add(command)
    return found
  }

  /**
   * Whether the globals that a command left are a note of the parser's or the library's: then one of others of its form
   * writes over it, and what is left is as if the first had never been given.
   */
  isNote({ command, globals }: FoundEffect, othersLike: () => readonly string[]): boolean {
    if (globals === null) return false
    if (this.#settledIdle(0).has(hashOf(this.#withoutNotes(globals)))) return true
    const others = othersLike()
    const other = others.find((candidate) => !this.#withEffect.has(candidate)) ?? others[0]
    if (other === undefined || this.#probe.play(command) === null) return false
    const after = this.#probe.next(other)
    if (after === null || !this.#alone(other).has(hashOf(this.#withoutNotes(after.difference)))) return false
    // Also where idle turns write there: it told the command from them, and is of no account.
    this.#ignore(globals)
    this.#aloneKeys.clear()
    return true
  }

  /** A look at a thing is no effect, whatever it leaves in globals. */
  looked(difference: Difference): void {
    const { objects } = this.#story.nouns
    const own = difference.filter((change) => !this.#idleTurns(0).changes.has(change))
    if (own.some((change) => objects.isEntry(change >>> 8))) return
    for (const change of own) this.#notes.add(change >>> 8)
    // Judged anew by what is known of the notes now.
    if (own.length > 0) this.#idle.clear()
  }

  #byLuck(command: string, { draws }: Outcome): FoundEffect | null {
    if (draws === 0 || this.#idleTurns(0).draws.has(draws)) return null
    for (const salt of SALTS) {
      // Before the command, which the machine is then left behind.
      this.#idleTurns(salt)
      const other = this.#probe.play(command, salt)
      const luck = other && this.#judge(command, other, salt)
      if (luck) return luck
    }
    return null
  }

  #judge(command: string, { text, difference }: Outcome, salt: number): FoundEffect | null {
    const { terminated, victory } = readEnding(text, this.#probe.machine.input === 'none')
    const idle = this.#idleTurns(salt)
    if (!terminated && idle.differences.some((other) => isSame(difference, other))) return null
    const world = this.#withoutNotes(difference)
    if (!terminated && idle.keys.has(hashOf(world))) return null
    const effect = { reward: this.#story.score() - this.#score, terminated, changed: this.#changed(difference) }
    // What is left in globals is of no account then.
    if (terminated)
      return { command, globals: null, key: `${this.#thingsHash(world)} ${effect.reward} ${victory}`, effect }
    if (effect.reward !== 0 || !idle.things.has(this.#thingsHash(world))) {
      return { command, globals: null, key: hashOf(world), effect }
    }
    const { input, position } = this.#probe.machine
    // A menu, or a question of the parser's.
    if (input === 'char' || (position !== this.#position && PARSER_ASKS.test(text))) return null
    const typed = world.filter((change) => !idle.changes.has(change) && this.#namesTyped(change, command))
    if (typed.length > 0) {
      this.#learnNotes(typed)
      return this.#judge(command, { text, difference, draws: 0 }, salt)
    }
    // Only globals: what the parser noted for itself is gone after another turn.
    const after = this.#probe.next('look')
    if (after === null) return null
    const globals = this.#withoutNotes(after.difference)
    if (!this.#settledIdle(salt).has(hashOf(globals))) return { command, globals, key: hashOf(globals), effect }
    this.#learnNotes(world)
    return null
  }

  #idleTurns(salt: number): Idle {
    const known = this.#idle.get(salt)
    if (known) return known
    const outcomes = this.#playIdle(`${salt}`, (command) => this.#probe.play(command, salt))
    const differences = [[], ...outcomes.map(({ difference }) => difference)]
    const worlds = differences.map((difference) => this.#withoutNotes(difference))
    const turns = {
      differences,
      keys: new Set(worlds.map(hashOf)),
      things: new Set(worlds.map((world) => this.#thingsHash(world))),
      changes: new Set(worlds.flat()),
      draws: new Set(outcomes.map(({ draws }) => draws)),
    }
    this.#idle.set(salt, turns)
    return turns
  }

  /** Of two ways to do nothing that leave things alike, what only one leaves in globals is no part of the world. */
  #learnIdleNotes(): void {
    const { world } = this.#story
    const left = this.idle.map(({ difference }) => difference)
    for (const one of left) {
      for (const other of left) {
        if (this.#thingsHash(one) !== this.#thingsHash(other)) continue
        for (const change of one) if (world.isGlobal(change) && !other.includes(change)) this.#notes.add(change >>> 8)
      }
    }
  }

  #playIdle(name: string, play: (command: string) => Outcome | null): readonly Outcome[] {
    const known = this.#played.get(name)
    if (known) return known
    const outcomes = IDLE.flatMap((command) => play(command) ?? [])
    this.#played.set(name, outcomes)
    return outcomes
  }

  #thingsHash(world: Difference): string {
    return hashOf(world.filter((change) => !this.#story.world.isGlobal(change)))
  }

  #settledIdle(salt: number): ReadonlySet<string> {
    const known = this.#settled.get(salt)
    if (known) return known
    const twice = this.#playIdle(`${salt} twice`, (command) =>
      this.#probe.play(command, salt) === null ? null : this.#probe.next('look'),
    )
    const keys = new Set(twice.map(({ difference }) => hashOf(this.#withoutNotes(difference))))
    for (const key of this.#idleTurns(salt).keys) keys.add(key)
    this.#settled.set(salt, keys)
    return keys
  }

  /** Whether the global holds a word of the command, by its address in the dictionary: a note of the parser's. */
  #namesTyped(change: Difference[number], command: string): boolean {
    const { world, nouns } = this.#story
    if (!world.isGlobal(change)) return false
    const address = world.globals + (((change >>> 8) - world.globals) & ~1)
    const word = nouns.dictionary.at(this.#probe.machine.vm.m.getUint16(address))
    return word !== undefined && command.split(' ').some((other) => nouns.dictionary.find(other) === word)
  }

  /** Globals that hold nothing of the world, but for those that idle turns change alike. */
  #learnNotes(changes: Difference): void {
    this.#ignore(changes.filter((change) => !this.#idleTurns(0).changes.has(change)))
  }

  /** Of these the globals: where things are is no note. What is idle is then judged anew. */
  #ignore(changes: Difference): void {
    const notes = changes.filter((change) => this.#story.world.isGlobal(change))
    if (notes.length === 0) return
    for (const change of notes) this.#notes.add(change >>> 8)
    this.#idle.clear()
    this.#settled.clear()
  }

  /** What the command leaves by itself, at once or after an idle turn. */
  #alone(command: string): ReadonlySet<string> {
    const known = this.#aloneKeys.get(command)
    if (known) return known
    const outcomes = [
      this.#probe.play(command),
      ...IDLE.map((idle) => this.#probe.play(idle) && this.#probe.next(command)),
    ]
    const keys = new Set(outcomes.flatMap((outcome) => (outcome ? hashOf(this.#withoutNotes(outcome.difference)) : [])))
    this.#aloneKeys.set(command, keys)
    return keys
  }

  #withoutNotes(difference: Difference): Difference {
    return difference.filter((change) => !this.#notes.has(change >>> 8))
  }

  /** Names of what the command changed, not the world's clockwork. */
  #changed(difference: Difference): readonly string[] {
    const { objects } = this.#story.nouns
    const { changes } = this.#idleTurns(0)
    const own = difference.filter((change) => !changes.has(change))
    return [...new Set(own.flatMap((change) => objects.name(objects.ownerOf(change >>> 8)) || []))].sort(compare)
  }
}

function isSame(one: Difference, other: Difference): boolean {
  return one.length === other.length && one.every((change, i) => change === other[i])
}
