import { BehindKeys } from './behind-keys.ts'
import { changedThings } from './changed-things.ts'
import type { Dictionary } from './dictionary.ts'
import type { NamedEffect } from './effect-names.ts'
import { type Ending, GOES_ON, readEnding, standingAt } from './ending.ts'
import type { ObjectTable } from './object-table.ts'
import { PARSER_ASKS, UNSEEN } from './parser-questions.ts'
import type { Moment, Outcome, Probe } from './probe.ts'
import type { States } from './states.ts'
import { type Difference, hashOf, type WorldBytes } from './world-bytes.ts'

/** Turns in which nothing is done. Some take no time, one tick or several (Infocom's `wait` is three). */
const IDLE = ['look', 'wait', 'inventory']

/** Further draws of the story's dice under which a command that throws them is tried. */
export const SALTS = [1, 2, 3, 4, 5, 6]

/** So many commands that throw the same dice have an effect by none of them: then they choose among texts. */
const FRUITLESS = 3

/** What commands by so many verbs do alike, and time alone by other dice, is time's doing. */
const MANY_VERBS = 8

const FEW_TICKS = 4
/** A command may pass so many turns in which nothing is done. */
export const MOST_TURNS = 10

/** What judging needs to know of the story. */
export interface Judged {
  readonly world: WorldBytes
  readonly nouns: { readonly objects: ObjectTable; readonly dictionary: Dictionary }
  readonly states: States
  /** `Machine.position` of the main prompt. */
  readonly prompt: string
  /** The score in the machine's memory now, in points; without any, the one for winning. */
  readonly score: (ending: Ending) => number
}

/** What a command changed. */
export interface FoundEffect extends Omit<NamedEffect, 'filled'> {
  /** What is left a turn later where nothing but globals changed; null where more did. */
  readonly globals: Difference | null
  /** What tells it from others: all that is left, or where the story ends what is left of things and how. */
  readonly left: Difference
  readonly ending: string
  /** Of the dice by which it was had. */
  readonly salt: number
}

/** What is left where nothing was done. */
interface Idle {
  /** As played, and that of no turn at all. */
  readonly differences: readonly Difference[]
  readonly keys: ReadonlySet<string>
  /** The same without the globals. */
  readonly things: ReadonlySet<string>
  /** And of each that was played, its bytes by address. */
  readonly values: readonly ReadonlyMap<number, number>[]
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
  readonly idle: readonly (Outcome & { readonly command: string })[]
  readonly #probe: Probe
  readonly #story: Judged
  readonly #score: number
  readonly #position: string
  readonly #withEffect = new Set<string>()
  /** What the command left that was judged last, where only globals were, and where the machine stood then. */
  #last: { readonly difference: Difference; readonly moment: Moment } | null = null
  /** By salt, where the machine stands after idle turns. */
  readonly #idleMoments = new Map<number, readonly Moment[]>()
  readonly #aloneKeys = new Map<string, ReadonlySet<string>>()
  #idle: Idle | null = null
  /** By the dice that they threw, idle turns' aside: how many commands had no effect by any luck. */
  readonly #fruitless = new Map<number, number>()
  readonly #keys: BehindKeys
  /** What idle turns left after one more, as played. */
  readonly #idleTwice: readonly Outcome[]
  /** What time may do by other dice, where it throws any. */
  readonly #byOtherDice: readonly ReadonlyMap<number, number>[]
  /** Verbs of the commands after which time's dice fell otherwise, by what they did to things. */
  readonly #verbs = new Map<string, Set<string>>()
  /** Values of the globals that run on while nothing is done, by address. */
  readonly #ticking: ReadonlyMap<number, readonly number[]>
  /** Addresses that looking at things writes to without touching the tree: the parser's notes in a stand-in object. */
  readonly #notes = new Set<number>()
  /** What more waiting changes, in any of the next turns. */
  #later: ReadonlySet<number> | null = null
  /** What is left where nothing was done twice. */
  #settled: ReadonlySet<string> | null = null

  constructor(probe: Probe, story: Judged) {
    this.#probe = probe
    this.#story = story
    this.#score = story.score(GOES_ON)
    this.#position = probe.machine.position
    this.#keys = new BehindKeys(probe, () => this.#idleTurns().changes)
    this.idle = IDLE.flatMap((command) => {
      const outcome = probe.play(command)
      // What time does by these dice it does whatever the salt: luck is the command's own.
      probe.keepDice()
      return outcome ? { ...outcome, command } : []
    })
    this.#idleTwice = IDLE.flatMap((command) => (probe.play(command) === null ? [] : (probe.next('look') ?? [])))
    const salts = this.idle.some(({ draws }) => draws !== 0) ? SALTS : []
    this.#byOtherDice = salts.flatMap((salt) => {
      const turn = probe.playByOtherDice('wait', salt)
      return turn ? valuesOf(turn.difference) : []
    })
    this.#ticking = this.#findTicking()
    this.#learnIdleNotes()
  }

  /**
   * Of a command that was just played or foreseen; null where it does nothing. Where dice decide, what they give by
   * another throw counts too.
   */
  of(command: string, outcome: Outcome): FoundEffect | null {
    this.#learnLuckOfTime(command, outcome)
    const found = this.#judge(command, outcome, 0) ?? this.#byLuck(command, outcome)
    if (found) this.#withEffect.add(command)
    return found
  }

  /**
   * Whether the globals that the command which was judged last left are a note of the parser's or the library's: then
   * one of others of its form writes over it, and what is left is as if the first had never been given.
   */
  isNote({ globals, salt }: FoundEffect, othersLike: () => readonly string[]): boolean {
    const last = this.#last
    if (globals === null || last === null) return false
    if (this.#settledIdle().has(hashOf(this.#withoutNotes(globals)))) return true
    const others = othersLike()
    const other = others.find((candidate) => !this.#withEffect.has(candidate)) ?? others[0]
    if (other === undefined) return false
    this.#probe.resume(last.moment)
    const after = this.#probe.next(other)
    const alone = this.#alone(other, salt)
    if (after === null || !alone.has(hashOf(this.#withoutNotes(after.difference)))) return false
    // What the form does whatever it is filled with shows nothing of the globals.
    if (alone.has(hashOf(this.#withoutNotes(last.difference)))) return true
    // Also where idle turns write there: it told the command from them, and is of no account.
    this.#ignore(globals)
    this.#aloneKeys.clear()
    return true
  }

  /** Equal for equal effects, by all that was learnt of notes until now; null for one that was nothing but a note. */
  keyOf({ left, ending }: FoundEffect): string | null {
    const hash = hashOf(this.#withoutNotes(left))
    return ending === '' && this.#idleTurns().keys.has(hash) ? null : `${hash} ${ending}`
  }

  /** Equal where the same of things is left; null where nothing is, or the story ended. */
  thingsKeyOf({ left, ending }: FoundEffect): string | null {
    const hash = this.#thingsHash(this.#withoutNotes(left))
    // What is only in globals was seen a turn later: a clock of a thing's has gone on.
    const idle = [
      ...this.#idleTurns().things,
      ...this.#idleTwice.map(({ difference }) => this.#thingsHash(this.#withoutNotes(difference))),
    ]
    return ending !== '' || idle.includes(hash) ? null : hash
  }

  /** A look at a thing is no effect, whatever it leaves in globals. */
  looked(difference: Difference): void {
    const { objects } = this.#story.nouns
    const own = difference.filter((change) => !this.#idleTurns().changes.has(change))
    if (own.some((change) => objects.isEntry(change >>> 8))) return
    for (const change of own) this.#notes.add(change >>> 8)
    // Judged anew by what is known of the notes now.
    if (own.length > 0) this.#idle = null
  }

  #byLuck(command: string, { draws }: Outcome): FoundEffect | null {
    const { draws: idle } = this.#idleTurns()
    const own = draws - (this.idle[0]?.draws ?? 0)
    const fruitless = this.#fruitless.get(own) ?? 0
    if (draws === 0 || idle.has(draws) || fruitless >= FRUITLESS) return null
    for (const salt of SALTS) {
      const other = this.#probe.play(command, salt)
      const luck = other && this.#judge(command, other, salt)
      if (luck) return luck
    }
    this.#fruitless.set(own, fruitless + 1)
    return null
  }

  #judge(command: string, outcome: Outcome, salt: number): FoundEffect | null {
    const found = this.#judgeHere(command, outcome, salt)
    return found ?? (outcome.asksKey ? this.#behindKeys(command, outcome, salt) : null)
  }

  /** Of a command that leads to a key prompt; one for which the keys decide has the effect of being asked. */
  #behindKeys(command: string, outcome: Outcome, salt: number): FoundEffect | null {
    const found = this.#keys.effectOf(outcome, (last) => this.#judgeHere(command, last, salt))
    if (found === null || found.asked === null) return found?.effect ?? null
    const { left, ending } = found.effect
    const effect = { reward: 0, terminated: false, ...this.#changed(outcome.difference) }
    return { command, globals: null, left, ending: `${ending} ${found.asked}`, salt, effect }
  }

  #judgeHere(command: string, outcome: Outcome, salt: number): FoundEffect | null {
    const { text, difference } = outcome
    const end = readEnding(text, standingAt(outcome.position, this.#story.prompt))
    const { terminated, victory } = end
    const idle = this.#idleTurns()
    if (!terminated && idle.differences.some((other) => isSame(difference, other))) return null
    const world = this.#withoutNotes(difference)
    if (!terminated && idle.keys.has(hashOf(world))) return null
    this.#probe.arrive()
    const effect = { reward: this.#story.score(end) - this.#score, terminated, ...this.#changed(difference) }
    // What is left in globals is of no account then.
    const ending = `${effect.reward} ${victory}`
    if (terminated) return { command, globals: null, left: this.#things(world), ending, salt, effect }
    if (effect.reward !== 0 || !idle.things.has(this.#thingsHash(world))) {
      return { command, globals: null, left: world, ending: '', salt, effect }
    }
    const { input, position } = this.#probe.machine
    // A question of the parser's, or its word that it sees no such thing.
    if (input === 'char' || UNSEEN.test(text) || (position !== this.#position && PARSER_ASKS.test(text))) return null
    const typed = world.filter((change) => !idle.changes.has(change) && this.#namesTyped(change, command))
    if (typed.length > 0) {
      this.#learnNotes(typed)
      return this.#judgeHere(command, outcome, salt)
    }
    // Only globals: what the parser noted for itself is gone after another turn.
    this.#last = { difference, moment: this.#probe.moment() }
    const after = this.#probe.next('look')
    if (after === null) return null
    const globals = this.#withoutTicks(this.#withoutNotes(after.difference))
    if (this.#settledIdle().has(hashOf(globals))) {
      this.#learnNotes(world)
      return null
    }
    if (globals.every((change) => this.#comesWithTime().has(change))) return null
    return { command, globals, left: globals, ending: '', salt, effect }
  }

  /**
   * A troll swings his axe by other dice at whoever speaks of a sword: that he misses then is no doing of `ring lamp with
   * sword`.
   */
  #learnLuckOfTime(command: string, { difference, draws }: Outcome): void {
    if (draws === 0 || this.#byOtherDice.length === 0 || this.#idleTurns().draws.has(draws)) return
    const { nouns } = this.#story
    const values = valuesOf(this.#things(this.#withoutNotes(difference)))
    const apart = this.#idleTurns()
      .values.map((idle) => addressesApart(values, idle))
      .reduce((least, each) => (each.length < least.length ? each : least))
    const isLuck = (address: number) =>
      !nouns.objects.isParent(address) && this.#byOtherDice.some((other) => other.get(address) === values.get(address))
    if (apart.length === 0 || !apart.every(isLuck)) return
    const key = apart.map((address) => `${address}=${values.get(address)}`).join()
    const verbs = this.#verbs.get(key) ?? new Set()
    this.#verbs.set(key, verbs.add(command.split(' ', 1)[0]!))
    if (verbs.size < MANY_VERBS) return
    this.#ignoreAt(apart)
  }

  #idleTurns(): Idle {
    if (this.#idle) return this.#idle
    const differences = [[], ...this.idle.map(({ difference }) => difference)]
    const worlds = differences.map((difference) => this.#withoutNotes(difference))
    const [, ...played] = worlds
    this.#idle = {
      differences,
      keys: new Set(worlds.map(hashOf)),
      things: new Set(worlds.map((world) => this.#thingsHash(world))),
      values: played.map((world) => valuesOf(this.#things(world))),
      changes: new Set(worlds.flat()),
      draws: new Set(this.idle.map(({ draws }) => draws)),
    }
    return this.#idle
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

  #things(world: Difference): Difference {
    return world.filter((change) => !this.#story.world.isGlobal(change))
  }

  #thingsHash(world: Difference): string {
    return hashOf(this.#things(world))
  }

  #settledIdle(): ReadonlySet<string> {
    if (this.#settled) return this.#settled
    const twice = this.#idleTwice.map(({ difference }) => hashOf(this.#withoutTicks(this.#withoutNotes(difference))))
    const once = this.idle.map(({ difference }) => hashOf(this.#withoutTicks(this.#withoutNotes(difference))))
    this.#settled = new Set([hashOf([]), ...once, ...twice])
    return this.#settled
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
    this.#ignore(changes.filter((change) => !this.#idleTurns().changes.has(change)))
  }

  /** Of these the globals: where things are is no note. What is idle is then judged anew. */
  #ignore(changes: Difference): void {
    const notes = changes.filter((change) => this.#story.world.isGlobal(change))
    if (notes.length > 0) this.#ignoreAt(notes.map((change) => change >>> 8))
  }

  #ignoreAt(addresses: readonly number[]): void {
    for (const address of addresses) this.#notes.add(address)
    this.#idle = null
    this.#settled = null
  }

  /** What the command leaves by itself, at once or after an idle turn. */
  #alone(command: string, salt: number): ReadonlySet<string> {
    const name = `${salt} ${command}`
    const known = this.#aloneKeys.get(name)
    if (known) return known
    const outcomes = [this.#probe.play(command, salt)]
    for (const moment of this.#momentsAfterIdle(salt)) {
      this.#probe.resume(moment)
      outcomes.push(this.#probe.next(command))
    }
    const keys = new Set(outcomes.flatMap((outcome) => (outcome ? hashOf(this.#withoutNotes(outcome.difference)) : [])))
    this.#aloneKeys.set(name, keys)
    return keys
  }

  #momentsAfterIdle(salt: number): readonly Moment[] {
    const known = this.#idleMoments.get(salt)
    if (known) return known
    const moments = IDLE.flatMap((command) => (this.#probe.play(command, salt) ? this.#probe.moment() : []))
    this.#idleMoments.set(salt, moments)
    return moments
  }

  #withoutNotes(difference: Difference): Difference {
    return difference.filter((change) => !this.#notes.has(change >>> 8))
  }

  #findTicking(): ReadonlyMap<number, readonly number[]> {
    const values = new Map<number, number[]>()
    for (const change of [...this.idle, ...this.#idleTwice].flatMap(({ difference }) => difference)) {
      if (this.#story.world.isGlobal(change))
        values.set(change >>> 8, [...(values.get(change >>> 8) ?? []), change & 255])
    }
    return new Map([...values].filter(([, all]) => new Set(all).size > 1))
  }

  /** A command that takes several turns shows no more by an hour that is over then. */
  #comesWithTime(): ReadonlySet<number> {
    if (this.#later) return this.#later
    const changes = new Set<number>()
    this.#probe.back()
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      for (const change of this.#probe.next('wait')?.difference ?? []) changes.add(change)
    }
    this.#later = changes
    return changes
  }

  /** Without what a clock shows that is a few turns before or behind: some commands take no time. */
  #withoutTicks(difference: Difference): Difference {
    return difference.filter((change) => {
      const values = this.#ticking.get(change >>> 8) ?? []
      return !values.some((value) => Math.abs(value - (change & 255)) <= FEW_TICKS)
    })
  }

  /** What the command changed, not the world's clockwork. */
  #changed(difference: Difference): ReturnType<typeof changedThings> {
    const { changes } = this.#idleTurns()
    const own = difference.filter((change) => !changes.has(change))
    return changedThings(own, this.#story, this.#probe.start.ram)
  }
}

/** The changed bytes, by address. */
function valuesOf(difference: Difference): ReadonlyMap<number, number> {
  return new Map(difference.map((change) => [change >>> 8, change & 255]))
}

function addressesApart(one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): readonly number[] {
  const addresses = new Set([...one.keys(), ...other.keys()])
  return [...addresses].filter((address) => one.get(address) !== other.get(address))
}

function isSame(one: Difference, other: Difference): boolean {
  return one.length === other.length && one.every((change, i) => change === other[i])
}
