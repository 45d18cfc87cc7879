import type { Observation, StoryInfo } from '../games/index.ts'

/** A seeded stream of random numbers that a run owns. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number
}

/** The encoded state: what an agent recognises a situation by. */
export interface State {
  /** `[location][inventory][recent verbs]`: what screens and reports show, and the key of the published presets. */
  readonly summary: string
  /** Without the verbs, with what else a player sees: room and its object number, inventory, score, the valid commands. */
  readonly situation: string
  /** What similarity is computed on. */
  readonly tokens: readonly string[]
}

/** All that a policy is told about the moment in which it must choose. */
export interface View {
  readonly story: StoryInfo
  readonly episode: number
  /** 1-based number of the turn about to be played. */
  readonly turn: number
  readonly observation: Observation
  readonly state: State
  /** The commands to choose from, sorted; never empty. */
  readonly validActions: readonly string[]
  /** The commands and texts of this episode so far, oldest first. */
  readonly history: readonly PastTurn[]
}

export interface PastTurn {
  readonly command: string
  /** What the story answered. */
  readonly text: string
  /** The room in which the command was given. */
  readonly location: string | null
  /** The same by name and object number: rooms of one name are many. */
  readonly place: string
  readonly reward: number
}

/** Why a candidate got its number: a similar remembered step, or a transition seen from this very situation. */
export type Evidence =
  | {
      readonly type: 'neighbour'
      readonly run: string
      readonly episode: number
      readonly turn: number
      readonly similarity: number
      readonly return: number
    }
  | {
      readonly type: 'transition'
      readonly run: string
      readonly episode: number
      readonly turn: number
      readonly next: string
      readonly reward: number
    }

/** One row of the advantage table. */
export interface Candidate {
  readonly action: string
  /** Probability under the base policy, 0 to 1. */
  readonly prior: number
  /** Log-probability under the base policy: z. */
  readonly logit: number
  /** How often this action was taken among what was recalled. */
  readonly visits: number
  /** Estimated return, in points; null where nothing is known. */
  readonly q: number | null
  /** A, in the units the policy's beta expects. */
  readonly advantage: number
  /** z' = z + beta * A (arXiv 2601.18510; the optimum of E[A] - (1/beta) KL(pi' || pi)). */
  readonly adjusted: number
  /** Probability of being chosen, 0 to 1. */
  readonly probability: number
  /** The list of valid commands, the model, the memory; a script or a person of those policies. */
  readonly source: 'valid' | 'model' | 'memory' | 'script' | 'person'
  readonly evidence: readonly Evidence[]
}

export interface Neighbour {
  readonly run: string
  readonly episode: number
  readonly turn: number
  readonly action: string
  readonly similarity: number
  readonly return: number
}

export interface Decision {
  readonly state: State
  /** In the order of `View.validActions`, then what memory or model added. */
  readonly candidates: readonly Candidate[]
  readonly neighbours: readonly Neighbour[]
  /** V: the baseline that advantages are taken against, in points. */
  readonly value: number
  readonly chosen: string
  /** What the same draw would have chosen from the base policy alone. A flip is a turn where it differs. */
  readonly staticChoice: string
}

export interface Transition {
  readonly view: View
  readonly action: string
  readonly reward: number
  readonly observation: Observation
  readonly nextState: State
  readonly nextValidActions: readonly string[]
  readonly terminated: boolean
  readonly truncated: boolean
  readonly victory: boolean
}

export interface EpisodeStart {
  readonly run: string
  readonly episode: number
  /** How many episodes the run will have. */
  readonly episodes: number
  readonly stepLimit: number
}

export interface EpisodeEnd {
  readonly run: string
  readonly episode: number
  readonly score: number
  readonly terminated: boolean
  readonly victory: boolean
}

/** What an agent remembers, in words, for a model to read; a prior that reads nothing leaves it out. */
export interface Notes {
  /** The same all through an episode: first in the prompt, where servers can reuse what they have read. */
  readonly standing: readonly Note[]
  /** About this very turn. */
  readonly current: readonly Note[]
}

export interface Note {
  /** One line, without a colon at its end. */
  readonly title: string
  readonly lines: readonly string[]
}

/** The base policy: one log-probability per candidate, in the order of `view.validActions`. */
export interface Prior {
  readonly name: string
  /** How the log-probabilities are obtained, e.g. `lexical features` or `single-token labels`. */
  readonly rung: string
  score(view: View, notes?: Notes): Promise<PriorScores>
  /** A call of a turn that was played before the run was broken off: the turn is not asked about again. */
  relive?(call: ModelCall, turn: Pick<View, 'episode' | 'turn'>): void
}

export interface PriorScores {
  readonly logProbabilities: readonly number[]
  /** Calls to a model that were needed; empty for a prior that needs none. */
  readonly calls: readonly ModelCall[]
}

/** A model that writes. */
export interface TextModel {
  readonly name: string
  write(request: WriteRequest): Promise<WrittenText>
}

export interface WriteRequest {
  readonly purpose: ModelPurpose
  /** When it is asked, so that equal requests can be told apart: `3.14` is episode 3, turn 14. */
  readonly place: string
  readonly instructions: string
  readonly prompt: string
  /** One of several answers to the same request: each draws its own random numbers. */
  readonly sample?: number
  /** What is to be said of an answer in the record of its call. */
  readonly judge?: (answer: string) => Partial<Pick<ModelCall, 'missing' | 'strangers' | 'fault'>>
}

export interface WrittenText {
  /** Null where the answer could not be used; its call says why. */
  readonly text: string | null
  readonly calls: readonly ModelCall[]
}

/** What an answer was asked for: base policy, sampling the choice, proposals, the agent's own words, rewards. */
export type ModelPurpose = 'score' | 'choose' | 'propose' | 'write' | 'evaluate'

/** Why an answer could not be used. */
export type ModelFault = 'refusal' | 'empty' | 'cut short' | 'malformed' | 'huge' | 'off the list' | 'no numbers'

export interface ModelCall {
  readonly model: string
  readonly purpose: ModelPurpose
  readonly promptTokens: number
  readonly completionTokens: number
  /** Probability mass that the model put on the offered labels, 0 to 1; null where the answer is no label. */
  readonly labelMass: number | null
  /** Offered options that the answer left out; they got a floor instead of the model's own number. */
  readonly missing: number
  /** Commands that the answer named and that were not offered. */
  readonly strangers: number
  /** Total variation between what the turn's two orders of the options gave, 0 to 1; with the last call of a turn. */
  readonly disagreement: number | null
  /** Null where the answer was of use. */
  readonly fault: ModelFault | null
  /** Attempts after the first. */
  readonly retries: number
  /** An equal question of the run had been answered before: this one cost nothing. */
  readonly cached: boolean
}

/** A policy's name and every parameter it runs with, so that a result can be traced and repeated. */
export interface PolicyInfo {
  /** As on the command line: `jitrl`, `jitrl:paper`, `static`. */
  readonly name: string
  readonly parameters: Readonly<Record<string, number | string | boolean>>
}

/**
 * Who plays. What a policy has learnt changes in `begin`, `observe` and `end` alone, never in `decide`: the turns of an
 * episode that was broken off are lived through again by `observe`, without asking for a decision once made.
 */
export interface Policy {
  readonly info: PolicyInfo
  /** A resumed run asks again, of the tape, what it asks of a model here; of earlier episodes that is not counted again. */
  begin(episode: EpisodeStart): void | Promise<void>
  decide(view: View, rng: Rng): Promise<Decision>
  observe(transition: Transition): void
  end(episode: EpisodeEnd): void | Promise<void>
}
