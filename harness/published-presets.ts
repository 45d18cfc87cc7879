import type { EncoderName } from './state-encoder.ts'

/** What the words among the parameters may be. */
export const parameterWords = {
  similarity: ['whole', 'parts'],
  rewardUnits: ['points', 'unit'],
  exploration: ['fixed', 'adaptive'],
  unseen: ['worthless', 'neutral'],
  baseline: ['neighbours', 'actions'],
  normalise: ['largest', 'positive', 'none'],
  base: ['log-probability', 'probability'],
  choice: ['sample', 'argmax'],
  remembered: ['all', 'positive'],
} as const

type Word<Name extends keyof typeof parameterWords> = (typeof parameterWords)[Name][number]

/** How advantages enter the choice. */
export interface TiltParameters {
  readonly beta: number
  /** By how much beta has risen in the episode `betaEpisodes`, the first having beta itself. */
  readonly betaRise: number
  readonly betaEpisodes: number
  /** What beta * A is added to: z = log pi, or pi itself. */
  readonly base: Word<'base'>
  /** `sample`: one draw from softmax(z'). `argmax`: the best, a draw among equals. */
  readonly choice: Word<'choice'>
}

/** JitRL by neighbours: advantages from the returns of similar remembered steps. */
export interface NeighbourParameters extends TiltParameters {
  readonly estimator: 'knn'
  readonly encoder: EncoderName
  /**
   * `whole`: Jaccard similarity of the states' tokens. `parts`: historyShare * that of what was done (`did:`) and
   * 1 - historyShare of all the rest.
   */
  readonly similarity: Word<'similarity'>
  readonly historyShare: number
  /** How many similar steps are recalled at most. */
  readonly k: number
  /** Steps more similar than this are recalled beyond k: 1 for none. */
  readonly alwaysAbove: number
  /** At most so many steps of one episode; 0 for no such limit. */
  readonly perEpisode: number
  /** Least similarity of a recalled step, 0 to 1. */
  readonly threshold: number
  /** How far the threshold has fallen after the first `fallTurns` turns of an episode. */
  readonly thresholdFall: number
  readonly fallTurns: number
  /** The threshold of a second try, where all advantages are 0: no effect unless below the first. */
  readonly retryThreshold: number
  readonly gamma: number
  /** `unit`: rewards are divided by the largest absolute one remembered, so that they lie in [-1, 1]. */
  readonly rewardUnits: Word<'rewardUnits'>
  /** What the last step of an episode that was not won loses, in points. */
  readonly lossPenalty: number
  /** A step that is n episodes old has the weight decay ** n in every mean. */
  readonly decay: number
  /** Fewer neighbours or memories than these, and the base policy plays. */
  readonly leastNeighbours: number
  readonly leastMemories: number
  /** `adaptive`: the probability below is found from the returns, and lambda is its exponent. */
  readonly exploration: Word<'exploration'>
  /** Probability that an action unseen among the neighbours is given the benefit of the doubt. */
  readonly lambda: number
  /** Where the episode goes in a circle, lambda is at least this. */
  readonly loopLambda: number
  /** Its size: Q = V + alpha / number of neighbours, in the units of the rewards. */
  readonly alpha: number
  /** An unseen action without it: `worthless` has Q = 0, `neutral` A = 0. */
  readonly unseen: Word<'unseen'>
  /** V, where an unseen action is among the candidates: the mean of the neighbours' returns, or of the actions' Q. */
  readonly baseline: Word<'baseline'>
  /** A is divided by the largest |A|; by the largest positive A, else by the smallest one's size; or not at all. */
  readonly normalise: Word<'normalise'>
  /** Candidates that a model proposes each turn; 0, or no model: every valid command is one. */
  readonly proposals: number
  /** Which remembered actions are candidates beside the proposals: those of a positive mean return, or all. */
  readonly remembered: Word<'remembered'>
}

/** The tilt as published but for beta. */
export const plainTilt = {
  betaRise: 0,
  betaEpisodes: 50,
  base: 'log-probability',
  choice: 'sample',
} as const satisfies Omit<TiltParameters, 'beta'>

/** What holds unless a preset says otherwise: each rule that not all have is off. */
const plain = {
  ...{ similarity: 'whole', historyShare: 0.3, alwaysAbove: 1, perEpisode: 0 },
  ...{ thresholdFall: 0, fallTurns: 20, retryThreshold: 1, leastNeighbours: 1, leastMemories: 0 },
  ...{ rewardUnits: 'points', lossPenalty: 0, decay: 1, exploration: 'fixed', loopLambda: 0 },
  ...{ unseen: 'worthless', baseline: 'neighbours', normalise: 'largest', proposals: 0, remembered: 'all' },
  ...plainTilt,
} as const satisfies Partial<NeighbourParameters>

type Stated = Omit<NeighbourParameters, keyof typeof plain> & Partial<NeighbourParameters>

/**
 * What is published of JitRL, as far as it is known: from notes, not from the paper's own text (`docs/policies.md`).
 *
 * - `paper`: arXiv 2601.18510, its settings for Jericho; beta is not stated there.
 * - `authors`: the authors' released code, without its bugs.
 * - `seed`: the recipe of the skill document; the decay is ours, as it gives no number.
 */
export const publishedPresets = {
  paper: {
    estimator: 'knn',
    encoder: 'summary',
    k: 10,
    threshold: 0.95,
    gamma: 0.5,
    lambda: 0.65,
    alpha: 5,
    beta: 1,
    proposals: 3,
  },
  authors: {
    estimator: 'knn',
    encoder: 'history+text',
    similarity: 'parts',
    historyShare: 0.3,
    k: 10,
    alwaysAbove: 0.98,
    threshold: 0.95,
    thresholdFall: 0.1,
    fallTurns: 20,
    gamma: 0.5,
    lossPenalty: 10,
    exploration: 'adaptive',
    lambda: 0.65,
    alpha: 1,
    baseline: 'actions',
    normalise: 'positive',
    base: 'probability',
    beta: 1,
    betaRise: 0.5,
    betaEpisodes: 50,
    choice: 'argmax',
    proposals: 3,
    remembered: 'positive',
  },
  seed: {
    estimator: 'knn',
    encoder: 'summary',
    k: 10,
    threshold: 0.8,
    retryThreshold: 0.6,
    gamma: 0.95,
    rewardUnits: 'unit',
    decay: 0.95,
    leastNeighbours: 3,
    leastMemories: 20,
    lambda: 0.3,
    loopLambda: 0.5,
    alpha: 0.1,
    unseen: 'neutral',
    normalise: 'none',
    beta: 1,
    proposals: 3,
  },
} as const satisfies Readonly<Record<string, Stated>>

/** What a preset was published with beside its parameters. */
export const publishedTerms: Readonly<
  Record<string, { readonly [term in 'temperature' | 'episodes' | 'steps']: number }>
> = { paper: { temperature: 0.8, episodes: 50, steps: 60 } }

/** Every parameter of the neighbours' estimator, with what a preset leaves out. */
export function completed(stated: Stated): NeighbourParameters {
  return { ...plain, ...stated }
}

/** The names of all of them. */
export const neighbourParameterNames: readonly string[] = Object.keys(completed(publishedPresets.paper))
