import { parseCommand } from './command-words.ts'
import { worthOfVerb } from './lexical-features.ts'

export interface NoveltyParameters {
  /** A way that is thought to lead back counts as tried so often. */
  readonly backTries: number
  /** The verb's likelihood to this power: 0 ignores it. */
  readonly priorPower: number
  /** How much having tried the command in another room makes it stale here; ways are always new in a new room. */
  readonly elsewhereShare: number
  /**
   * How much a try of the same verb with other things, anywhere, makes a command stale: things held make new commands
   * without end, and the verbs behind them are few. The likelier the verb, the less: to take what was never seen before is
   * as new as a way.
   */
  readonly verbShare: number
  /** Tries in this room count for so much whatever was held, tries with the least tried of the things held for the rest. */
  readonly roomShare: number
}

interface Count {
  times: number
}

interface Command {
  readonly direction: string | null
  readonly worth: number
  /** Tries of its verb, and of its verb with each of its nouns where there are several. */
  readonly verb: Count
  readonly parts: readonly Count[]
  /** In so many it was tried. */
  rooms: number
}

/** How often a command was tried in a room, in all and by the thing that was held. */
export interface Tries {
  readonly command: Command
  /** Whether it is a way that is thought to lead back, as the room was entered by the opposite one. */
  leadsBack: boolean
  all: number
  readonly holding: Map<string, number>
}

/** How new a command is: from its verb's likelihood, and less for each try that was like it. */
export class Novelty {
  readonly #parameters: NoveltyParameters
  readonly #commands = new Map<string, Command>()
  readonly #verbs = new Map<string, Count>()
  readonly #parts = new Map<string, Count>()

  constructor(parameters: NoveltyParameters) {
    this.#parameters = parameters
  }

  /** The tries of a command in a room, of which `room` has all. */
  triesIn(room: Map<string, Tries>, action: string): Tries {
    const known = room.get(action)
    if (known !== undefined) return known
    const tries = { command: this.#command(action), leadsBack: false, all: 0, holding: new Map() }
    room.set(action, tries)
    return tries
  }

  /**
   * In (0, 1]. By the verb's likelihood and not by the prior's of the moment, which the backups do not know: where the
   * two differ, what is hoped for from afar is gone on arrival, and one walks to and fro for it for good.
   */
  of({ command, leadsBack, all, holding }: Tries, held: readonly string[]): number {
    const { direction, verb, parts, worth, rooms } = command
    const { elsewhereShare, verbShare, roomShare } = this.#parameters
    let rarest = all
    if (all > 0) for (const thing of held) rarest = Math.min(rarest, holding.get(thing) ?? 0)
    const here = roomShare * all + (1 - roomShare) * rarest
    // Most maps are symmetric: what is behind the way back is known.
    if (direction !== null) return worth / (1 + Math.max(here, leadsBack ? this.#parameters.backTries : 0))
    // The same way leads elsewhere from every room; the same command does much the same, and one of several things is as
    // new as the newest of them: what is held makes pairs without end.
    let elsewhere = rooms
    if (parts.length > 0) elsewhere = Number.POSITIVE_INFINITY
    for (const { times } of parts) elsewhere = Math.min(elsewhere, times)
    return worth / (1 + here + (elsewhereShare * elsewhere + verbShare * (1 - worth) * verb.times))
  }

  /** The room was entered by the opposite way: this one is thought to lead back. */
  noteWayBack(room: Map<string, Tries>, direction: string): void {
    for (const tries of room.values()) if (tries.command.direction === direction) tries.leadsBack = true
  }

  note(tries: Tries, held: readonly string[]): void {
    const { command, holding } = tries
    if (tries.all === 0) command.rooms++
    command.verb.times++
    for (const part of command.parts) part.times++
    tries.all++
    for (const thing of held) holding.set(thing, (holding.get(thing) ?? 0) + 1)
  }

  #command(action: string): Command {
    const known = this.#commands.get(action)
    if (known !== undefined) return known
    const { verb, direction, nouns } = parseCommand(action)
    const parts = nouns.length < 2 ? [] : nouns.map((noun) => countOf(this.#parts, `${verb} ${noun}`))
    const worth = worthOfVerb(action) ** this.#parameters.priorPower
    const command = { direction, worth, verb: countOf(this.#verbs, verb), parts, rooms: 0 }
    this.#commands.set(action, command)
    return command
  }
}

function countOf(counts: Map<string, Count>, key: string): Count {
  const known = counts.get(key)
  if (known !== undefined) return known
  const count = { times: 0 }
  counts.set(key, count)
  return count
}
