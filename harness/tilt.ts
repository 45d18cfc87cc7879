import type { Candidate, Decision, Evidence, Neighbour, View } from './contracts.ts'
import type { TiltParameters } from './published-presets.ts'
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
 * draw from it. The same uniform draws from pi as well: that is the static choice. The authors' code differs: it adds
 * to pi itself, and takes the best.
 */
export function tiltedDecision(
  view: View,
  logits: readonly number[],
  estimate: Estimate,
  beta: number,
  uniform: number,
  { base = 'log-probability', choice = 'sample' }: Partial<Pick<TiltParameters, 'base' | 'choice'>> = {},
): Decision {
  const from = base === 'probability' ? softmax(logits) : logits
  const adjusted = from.map((number, index) => number + beta * estimate.actions[index]!.advantage)
  return drawnDecision(view, logits, adjusted, estimate, uniform, choice)
}

/** One draw from softmax(adjusted), or among the best, however it was adjusted, and the same from the base policy. */
export function drawnDecision(
  view: View,
  logits: readonly number[],
  adjusted: readonly number[],
  estimate: Estimate,
  uniform: number,
  choice: TiltParameters['choice'] = 'sample',
): Decision {
  const actions = view.validActions
  const priors = softmax(logits)
  const probabilities = choice === 'argmax' ? sharedByTheBest(adjusted) : softmax(adjusted)
  const candidates = actions.map((action, index): Candidate => {
    // One by one: to spread an object takes many times as long.
    const { visits, q, advantage, evidence } = estimate.actions[index]!
    return {
      action,
      prior: priors[index]!,
      logit: logits[index]!,
      visits,
      q,
      advantage,
      evidence,
      adjusted: adjusted[index]!,
      probability: probabilities[index]!,
      source: 'valid',
    }
  })
  return {
    state: view.state,
    candidates,
    neighbours: estimate.neighbours,
    value: estimate.value,
    chosen: actions[drawIndex(probabilities, uniform)]!,
    staticChoice: actions[drawIndex(priors, uniform)]!,
  }
}

function sharedByTheBest(values: readonly number[]): readonly number[] {
  const best = Math.max(...values)
  const winners = values.filter((value) => value === best).length
  return values.map((value) => (value === best ? 1 / winners : 0))
}
