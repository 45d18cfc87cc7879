import { parseCommand } from './command-words.ts'
import { worthOfVerb } from './lexical-features.ts'

export interface NoveltyParameters {
  /** The verb's likelihood to this power: 0 ignores it. */
  readonly priorPower: number
  /** How much having tried the command in another room makes it stale here; ways are always new in a new room. */
  readonly elsewhereShare: number
  /**
   * How much a try of the same verb with other things, anywhere, makes a command stale: things held make new commands
   * without end, and the verbs behind them are few.
   */
  readonly verbShare: number
  /** Tries in this room count for so much whatever was held, tries with the least tried of the things held for the rest. */
  readonly roomShare: number
}

interface Command {
  readonly verb: string
  readonly isWay: boolean
  /** Its verb with each of its nouns, where there are several. */
  readonly parts: readonly string[]
  readonly worth: number
}

/** What was tried in a room. */
export interface Tries {
  readonly all: Map<string, number>
  /** By the thing that was held. */
  readonly holding: Map<string, Map<string, number>>
}

export function noTries(): Tries {
  return { all: new Map(), holding: new Map() }
}

/** How new a command is: from its verb's likelihood, and less for each try that was like it. */
export class Novelty {
  readonly #parameters: NoveltyParameters
  readonly #commands = new Map<string, Command>()
  readonly #roomsTriedIn = new Map<string, number>()
  readonly #verbsTried = new Map<string, number>()
  readonly #partsTried = new Map<string, number>()

  constructor(parameters: NoveltyParameters) {
    this.#parameters = parameters
  }

  /**
   * In (0, 1]. By the verb's likelihood and not by the prior's of the moment, which the backups do not know: where the
   * two differ, what is hoped for from afar is gone on arrival, and one walks to and fro for it for good.
   */
  of(action: string, tries: Tries, held: readonly string[]): number {
    const { isWay, verb, parts, worth } = this.#command(action)
    const { elsewhereShare, verbShare, roomShare } = this.#parameters
    const inRoom = tries.all.get(action) ?? 0
    let rarest = inRoom
    for (const thing of inRoom === 0 ? [] : held) {
      rarest = Math.min(rarest, tries.holding.get(thing)?.get(action) ?? 0)
    }
    const here = roomShare * inRoom + (1 - roomShare) * rarest
    // The same way leads elsewhere from every room; the same command does much the same, and one of several things is as
    // new as the newest of them: what is held makes pairs without end.
    const elsewhere =
      parts.length > 0
        ? Math.min(...parts.map((part) => this.#partsTried.get(part) ?? 0))
        : (this.#roomsTriedIn.get(action) ?? 0)
    return worth / (1 + here + (isWay ? 0 : elsewhereShare * elsewhere + verbShare * (this.#verbsTried.get(verb) ?? 0)))
  }

  note(action: string, tries: Tries, held: readonly string[]): void {
    if (!tries.all.has(action)) increment(this.#roomsTriedIn, action)
    const { verb, parts } = this.#command(action)
    increment(this.#verbsTried, verb)
    for (const part of parts) increment(this.#partsTried, part)
    increment(tries.all, action)
    for (const thing of held) {
      const holding = tries.holding.get(thing) ?? new Map()
      tries.holding.set(thing, holding)
      increment(holding, action)
    }
  }

  #command(action: string): Command {
    const known = this.#commands.get(action)
    if (known !== undefined) return known
    const { verb, direction, nouns } = parseCommand(action)
    const parts = nouns.length < 2 ? [] : nouns.map((noun) => `${verb} ${noun}`)
    const worth = worthOfVerb(action) ** this.#parameters.priorPower
    const command = { verb, isWay: direction !== null, parts, worth }
    this.#commands.set(action, command)
    return command
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
