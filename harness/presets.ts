import type { NoveltyParameters } from './novelty.ts'
import { publishedPresets } from './published-presets.ts'
import type { EncoderName } from './state-encoder.ts'

/** Advantages from plans backed up along remembered transitions. "Scale" below is the graph's unit of return. */
export interface GraphParameters extends NoveltyParameters {
  readonly estimator: 'graph'
  readonly encoder: EncoderName
  readonly gamma: number
  /** With every step hope fades by this share of itself, divided by the steps of the time left that it is kept for. */
  readonly hopeFade: number
  readonly beta: number
  /** The scale is this share of the best return seen, at least one point. */
  readonly scaleShare: number
  /** Worth of the unknown in a run's first episode, in scales. */
  readonly curiosity: number
  /** Share of curiosity that a tried action keeps, shrinking with the root of its visits. */
  readonly triedShare: number
  /**
   * What is left of the points believed to lie behind an action for each time that it was taken in this very situation in
   * the same episode: it has led back here, so what was hoped for may be hidden or gone.
   */
  readonly again: number
  /** Power of the similarity by which situations of a room are believed of one another. */
  readonly likeness: number
  /** As many visits it counts that a way is the opposite of the one by which one came. */
  readonly wayBack: number
  /** Weighted visits of similar situations at which half of what they say is believed. */
  readonly doubt: number
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
    gamma: 0.995,
    hopeFade: 2,
    beta: 150,
    scaleShare: 0.25,
    curiosity: 0.4,
    triedShare: 0.2,
    priorPower: 1,
    elsewhereShare: 0.5,
    verbShare: 0.03,
    roomShare: 0.5,
    backTries: 1,
    again: 0.8,
    likeness: 2,
    wayBack: 0.2,
    doubt: 0.1,
    trail: 15,
    sweeps: 3,
  },
  ...publishedPresets,
} as const satisfies { readonly grue: GraphParameters } & typeof publishedPresets

export const defaultPreset = 'grue'
