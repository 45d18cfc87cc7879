import type { Foresight } from './foresight.ts'
import type { Machine, MachineState } from './machine.ts'
import { enter } from './prompt.ts'
import type { Difference, Memory, WorldBytes } from './world-bytes.ts'

/** What a command did to the world, seen from the state probing began in. */
export interface Outcome {
  readonly text: string
  readonly difference: Difference
  /** Equal where the same random draws were made. 0: none. */
  readonly draws: number
  /** `Machine.position`; null where the story takes no more commands. */
  readonly position: string | null
  /** It asks for a key next. */
  readonly asksKey: boolean
}

/** Where the machine stands after some commands, with the dice they threw: to go on from there again. */
export interface Moment {
  readonly state: MachineState
  readonly salt: number
  readonly draws: number
  readonly drawn: ReadonlyMap<number, number>
}

/**
 * Steps that a search may take, of all its turns: ten turns that never end, or five times what the dearest search along
 * the shared walkthroughs takes (64,502 turns in Anchorhead). A count and not a time, so that the result repeats.
 */
const MOST_STEPS = 5_000_000_000

/**
 * Plays commands from one state, again and again, and says what they did. The machine is left in that state.
 *
 * While probing, random numbers depend only on where the story asks for them, not on how many were drawn before: what
 * a daemon does then is the same whatever the command was, so it never looks like the command's effect, and what is
 * found does not depend on the state of the story's generator. `salt` gives other such numbers.
 */
export class Probe {
  readonly machine: Machine
  readonly start: MachineState
  readonly #world: WorldBytes
  readonly #reference: Memory
  #drawn = new Map<number, number>()
  /** Where dice were thrown, by the instruction and the call above it; and where no salt gives others. */
  readonly #thrown = new Set<number>()
  readonly #kept = new Set<number>()
  #salt = 0
  #saltsAll = false
  #draws = 0
  #afresh = true
  readonly #foresight: Foresight | null
  #isForeseen = false
  /** The command that was said to be played last, and was only foreseen. */
  #expected: string | null = null
  tried = 0
  /** Called before every command (`afresh`: at the start or a moment), and after every one played to its end. */
  beforehand: (afresh: boolean) => void = () => {}
  afterwards: (outcome: Outcome) => void = () => {}

  constructor(machine: Machine, world: WorldBytes, foresight: Foresight | null = null) {
    this.machine = machine
    this.start = machine.save()
    this.#foresight = foresight
    this.#world = world
    this.#reference = world.capture(machine)
  }

  /** A probe that the machine is lent to for good. */
  static on(machine: Machine, world: WorldBytes, foresight: Foresight | null = null): Probe {
    const probe = new Probe(machine, world, foresight)
    machine.draw = (range) => probe.#draw(range)
    machine.keepsUndo = false
    machine.glk.draws = false
    return probe
  }

  /** Runs `search` with the machine lent to it, and puts everything back. `foresight`: threads that help. */
  static run<T>(
    machine: Machine,
    world: WorldBytes,
    search: (probe: Probe) => T,
    foresight: Foresight | null = null,
  ): T {
    const { draw } = machine
    const probe = Probe.on(machine, world, foresight)
    probe.takePatience()
    try {
      return search(probe)
    } finally {
      foresight?.end()
      machine.patience = Number.POSITIVE_INFINITY
      machine.draw = draw
      machine.keepsUndo = true
      machine.glk.draws = true
      machine.load(probe.start)
      machine.glk.takeText()
    }
  }

  /** From here on a whole search's steps may be taken; after them every command breaks down. */
  takePatience(): void {
    this.machine.patience = this.machine.spent + MOST_STEPS
  }

  get hasPatience(): boolean {
    return this.machine.spent < this.machine.patience
  }

  /** Another probe on the same machine, which begins where `state` is; it shares this one's dice. */
  from(state: MachineState): Probe {
    this.machine.load(state)
    const probe = new Probe(this.machine, this.#world)
    this.machine.draw = (range) => probe.#draw(range)
    return probe
  }

  /** Plays the command from the start; null where the story breaks down under it. */
  play(command: string, salt = 0): Outcome | null {
    this.back(salt)
    return this.next(command)
  }

  /** Has threads, where there are any, play commands from the start that will be played next. */
  foresee(commands: () => readonly string[]): void {
    if (this.#foresight === null) return
    if (!this.#isForeseen) this.#foresight.begin(this.start, [...this.#kept])
    this.#isForeseen = true
    this.#foresight.offer(commands())
  }

  /** `play`, but what was foreseen is not played again: the machine is there only after `arrive`. */
  expect(command: string): Outcome | null {
    const foreseen = this.#foresight?.outcomeOf(command)
    if (foreseen === undefined) return this.play(command)
    this.tried++
    this.#expected = command
    this.machine.spent += foreseen.spent
    return foreseen.outcome
  }

  /** Brings the machine to where the command of the last `expect` leaves it. */
  arrive(): void {
    if (this.#expected === null) return
    const command = this.#expected
    // Its steps have been counted.
    const { spent, patience } = this.machine
    this.machine.patience = Number.POSITIVE_INFINITY
    this.back()
    this.#enter(command)
    Object.assign(this.machine, { spent, patience })
  }

  /** The same with other dice everywhere, those too that were kept. */
  playByOtherDice(command: string, salt: number): Outcome | null {
    this.#saltsAll = true
    try {
      return this.play(command, salt)
    } finally {
      this.#saltsAll = false
    }
  }

  /** Puts the machine back to the start. */
  back(salt = 0): void {
    this.resume({ state: this.start, salt, draws: 0, drawn: NONE })
    if (this.#thrown.size > 0) this.#thrown.clear()
  }

  moment(): Moment {
    return { state: this.machine.save(), salt: this.#salt, draws: this.#draws, drawn: new Map(this.#drawn) }
  }

  /** Puts the machine back to where it stood. */
  resume({ state, salt, draws, drawn }: Moment): void {
    this.machine.load(state)
    this.machine.glk.takeText()
    this.#salt = salt
    this.#draws = draws
    // Most turns throw none.
    if (this.#drawn.size > 0 || drawn.size > 0) this.#drawn = new Map(drawn)
    this.#afresh = true
    this.#expected = null
  }

  /** The dice that were thrown since the start fall alike from now on, whatever the salt. */
  keepDice(): void {
    this.keepDiceAt(this.#thrown)
  }

  keepDiceAt(places: Iterable<number>): void {
    for (const place of places) this.#kept.add(place)
  }

  /** Plays one more command from where the machine stands. */
  next(command: string): Outcome | null {
    this.tried++
    return this.#enter(command)
  }

  #enter(command: string): Outcome | null {
    if (this.#isHalted()) return null
    this.beforehand(this.#afresh)
    this.#afresh = false
    try {
      const text = enter(this.machine, command)
      const difference = this.#world.difference(this.machine, this.#reference)
      const outcome = {
        text,
        difference,
        draws: this.#draws,
        position: this.#isHalted() ? null : this.machine.position,
        asksKey: this.machine.input === 'char',
      }
      this.afterwards(outcome)
      return outcome
    } catch {
      return null
    }
  }

  #isHalted(): boolean {
    return this.machine.input === 'none'
  }

  #draw(range: number): number {
    if (range <= 0) return 0
    const { vm } = this.machine
    // The place that asks: the instruction and the two calls above it, for a routine such as Infocom's PROB serves all.
    const above = vm.frames.at(-1) ?? 0
    const place = mix(vm.pc, vm.stack.getUint32(vm.frameptr))
    const site = mix(place, vm.stack.getUint32(above))
    const count = this.#drawn.get(site) ?? 0
    this.#drawn.set(site, count + 1)
    this.#thrown.add(place)
    const value = mix(mix(site, count), this.#kept.has(place) && !this.#saltsAll ? 0 : this.#salt)
    this.#draws = (this.#draws + value) | 0
    return ((value >>> 8) % range) + 1
  }
}

const NONE: ReadonlyMap<number, number> = new Map()

function mix(a: number, b: number): number {
  let bits = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
