import { publishedPresets } from './published-presets.ts'
import type { EncoderName } from './state-encoder.ts'

/** Advantages from values backed up along remembered transitions. "Scale" below is the graph's unit of return. */
export interface GraphParameters {
  readonly estimator: 'graph'
  readonly encoder: EncoderName
  readonly gamma: number
  /** Discount of hope, a step. */
  readonly hopeGamma: number
  readonly beta: number
  /** The scale is this share of the best return seen, at least one point. */
  readonly scaleShare: number
  /** Worth of the unknown, in scales. */
  readonly curiosity: number
  /** Episodes after which curiosity has halved. */
  readonly curiosityHalfLife: number
  /** Share of curiosity that a tried action keeps, shrinking with the root of its visits. */
  readonly triedShare: number
  /** Untried actions are met with curiosity times (pi / max pi) to this power: 0 ignores the prior. */
  readonly priorPower: number
  /** How much having tried the command in another room makes it stale here; ways are always new in a new room. */
  readonly elsewhereShare: number
  /**
   * How much a try of the same verb with other things, anywhere, makes a command stale: things held make new commands
   * without end, and the verbs behind them are few.
   */
  readonly verbShare: number
  /** Tries in this room count for so much whatever was held, tries in similar situations for the rest. */
  readonly roomShare: number
  /** Power of the similarity by which situations of a room are believed of one another. */
  readonly likeness: number
  /** What is left of it where the scores differ. */
  readonly otherScore: number
  /** Weighted visits of similar situations at which half of what they say is believed. */
  readonly doubt: number
  /** Price of an end that is no victory, in scales. */
  readonly deathCost: number
  /** Earlier states of the episode that a step is backed up through at once. */
  readonly trail: number
  /** Most sweeps over all states after an episode. */
  readonly sweeps: number
}

/** The parameters of `jitrl:PRESET`: data, for one implementation. */
export const presets = {
  grue: {
    estimator: 'graph',
    encoder: 'situation',
    gamma: 0.97,
    hopeGamma: 0.9,
    beta: 40,
    scaleShare: 0.25,
    curiosity: 0.4,
    curiosityHalfLife: 150,
    triedShare: 0.2,
    priorPower: 0.5,
    elsewhereShare: 0.5,
    verbShare: 0.01,
    roomShare: 0.5,
    likeness: 2,
    otherScore: 0.02,
    doubt: 0.1,
    deathCost: 0.25,
    trail: 15,
    sweeps: 6,
  },
  ...publishedPresets,
} as const satisfies { readonly grue: GraphParameters } & typeof publishedPresets

export const defaultPreset = 'grue'
