import type { ActionCache } from './action-cache.ts'

/** What a story file says of itself, and what was found out about it. */
export interface StoryInfo {
  /** Catalogue id, or the file's name without its ending. */
  readonly id: string
  readonly title: string
  /** Z-machine version, byte 0 of the story (Z-Machine Standard §11.1). */
  readonly version: 3 | 4 | 5 | 8
  readonly release: number
  /** Six characters, usually the date of compilation (Standard §11.1, bytes $12-$17). */
  readonly serial: string
  /** SHA-256 over the story's own length (header word $1A), so that padding does not matter; 64 hex digits. */
  readonly sha256: string
  /** The highest score the story speaks of, or null when it names none. */
  readonly maxScore: number | null
}

/** What the agent can perceive after a turn: all of it is shown to a player as well. */
export interface Observation {
  readonly text: string
  readonly location: string | null
  readonly inventory: readonly string[]
  /** The game's number, not our return. Null where the story keeps none that could be found. */
  readonly score: number | null
  readonly maxScore: number | null
  readonly moves: number | null
  /** What the story waits for. `none`: it has ended and takes no further command. */
  readonly input: 'line' | 'char' | 'none'
}

/**
 * The outcome of `reset` or `step`.
 *
 * `terminated`: the story itself came to an end (it halted, or printed its death or victory line), so no value lies
 * beyond this state. `truncated`: the episode was cut from outside (a step limit); a value may well lie beyond.
 * An environment never truncates; the episode loop does.
 */
export interface Timestep {
  readonly observation: Observation
  /** Difference of the game's score to the previous turn, in points. */
  readonly reward: number
  readonly terminated: boolean
  readonly truncated: boolean
  /** True when the story's closing line says that it was won. */
  readonly victory: boolean
}

/**
 * The whole machine at one moment. Opaque; belongs to the story it was taken from. It holds typed arrays: other threads
 * can be sent it (structured clone), JSON cannot keep it.
 */
export interface Snapshot {
  readonly storySha256: string
}

/** One object of the story's object tree (Standard §12). */
export interface WorldObject {
  /** 1-based object number. */
  readonly id: number
  readonly name: string
  /** 0: nowhere. */
  readonly parent: number
  readonly children: readonly number[]
  /** Numbers of the attributes that are set, ascending. */
  readonly attributes: readonly number[]
}

export interface World {
  readonly objects: readonly WorldObject[]
  readonly player: WorldObject | null
  readonly location: WorldObject | null
  readonly inventory: readonly WorldObject[]
}

/** A command that changes the world, as a player would type it. */
export interface ValidAction {
  readonly command: string
  /** Every command tried with the same effect, this one included; sorted. */
  readonly equivalents: readonly string[]
  readonly effect: Effect
}

/** What probing found out. For people and tests: a policy sees it only with `--peek`. */
export interface Effect {
  /** Points this command would earn now. */
  readonly reward: number
  readonly terminated: boolean
  /** Objects whose parent, attributes or properties would differ from a turn spent waiting; names, sorted. */
  readonly changed: readonly string[]
  /** Those of them that would be elsewhere. */
  readonly moved: readonly string[]
  /** Those that would be open and are not, and those that would be lit or turned on. */
  readonly opened: readonly string[]
  readonly lit: readonly string[]
}

export interface ValidActions {
  /** Sorted by command. */
  readonly actions: readonly ValidAction[]
  /** How many commands were played to find out. */
  readonly tried: number
  /** The budget ended the search, or turns that never end did: there may be more. */
  readonly partial: boolean
}

export interface SearchOptions {
  /** The most candidates to try, the most promising first. A count and not a time, so that the result repeats. */
  readonly budget?: number | undefined
  /** Threads to spread the candidates over, the caller's among them; the result is the same. Default: 1. */
  readonly jobs?: number | undefined
}

/**
 * One story, played turn by turn.
 *
 * `step` throws `StoryFault` when the story does something the Z-machine forbids or never ends its turn; the state
 * before the command is then restored.
 */
export interface Environment {
  readonly story: StoryInfo
  /** Starts over. `seed` (0 included) seeds the story's random numbers; without it the last seed is used again. */
  reset(options?: { readonly seed?: number }): Timestep
  step(command: string): Timestep
  snapshot(): Snapshot
  restore(snapshot: Snapshot): void
  world(): World
  /** Object number of the room, which tells rooms of the same name apart; null where it is not known. */
  locationId(): number | null
  /** 16 hex digits; equal worlds have equal hashes, whatever path led to them. */
  worldHash(): string
  /** The commands of `validActions`, from the cache where they were searched before with all the same that matters. */
  recallActions(cache: ActionCache): readonly string[]
  validActions(options?: SearchOptions): ValidActions
}
