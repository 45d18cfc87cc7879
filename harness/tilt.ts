import type { Candidate, Decision, Evidence, Neighbour, View } from './contracts.ts'
import { drawIndex, logSoftmax, softmax } from './softmax.ts'

/** What is believed about one action; the advantage in the units that beta expects. */
interface ActionEstimate {
  readonly visits: number
  /** In points; null where nothing is known. */
  readonly q: number | null
  readonly advantage: number
  readonly evidence: readonly Evidence[]
}

export interface Estimate {
  /** V: the baseline, in points. */
  readonly value: number
  /** One per valid action, in their order. */
  readonly actions: readonly ActionEstimate[]
  readonly neighbours: readonly Neighbour[]
}

/** The base policy pi = softmax(log-probability / temperature), as logits z = log pi. */
export function baseLogits(logProbabilities: readonly number[], temperature: number): readonly number[] {
  return logSoftmax(logProbabilities.map((logProbability) => logProbability / temperature))
}

/** Knowing nothing: beside it any beta leaves the base policy as it is. */
export function noEstimate(actions: readonly string[]): Estimate {
  return { value: 0, actions: actions.map(() => ({ visits: 0, q: null, advantage: 0, evidence: [] })), neighbours: [] }
}

/**
 * The policy pi'(a) = softmax(z + beta * A), which maximises E[A] - (1/beta) KL(pi' || pi) (arXiv 2601.18510), and one
 * draw from it. The same uniform draws from pi as well: that is the static choice.
 */
export function tiltedDecision(
  view: View,
  logits: readonly number[],
  estimate: Estimate,
  beta: number,
  uniform: number,
): Decision {
  const adjusted = logits.map((logit, index) => logit + beta * estimate.actions[index]!.advantage)
  return drawnDecision(view, logits, adjusted, estimate, uniform)
}

/** One draw from softmax(adjusted), however it was adjusted, and the same from the base policy. */
export function drawnDecision(
  view: View,
  logits: readonly number[],
  adjusted: readonly number[],
  estimate: Estimate,
  uniform: number,
): Decision {
  const actions = view.validActions
  const priors = softmax(logits)
  const probabilities = softmax(adjusted)
  const candidates = actions.map(
    (action, index): Candidate => ({
      action,
      prior: priors[index]!,
      logit: logits[index]!,
      ...estimate.actions[index]!,
      adjusted: adjusted[index]!,
      probability: probabilities[index]!,
      source: 'valid',
    }),
  )
  return {
    state: view.state,
    candidates,
    neighbours: estimate.neighbours,
    value: estimate.value,
    chosen: actions[drawIndex(probabilities, uniform)]!,
    staticChoice: actions[drawIndex(priors, uniform)]!,
  }
}
