import type { Decision, EpisodeStart, Note, Policy, PolicyInfo, Prior, Rng, Transition, View } from '../contracts.ts'
import type { Estimator } from '../estimator.ts'
import { softmax } from '../softmax.ts'
import { baseLogits, drawnDecision, type Estimate } from '../tilt.ts'

interface AdvisedOptions {
  readonly info: PolicyInfo
  readonly prior: Prior
  readonly temperature: number
  readonly estimator: Estimator
}

const preferred = 3
const avoided = 2

/**
 * JitRL's own retrieval and advantages, written into the prompt as what to prefer and what to avoid instead of added to
 * the logits: what is left out is the editing of logits, and nothing else. Where there is nothing to advise, the second
 * prompt is the first, and costs nothing.
 */
export class AdvisedPolicy implements Policy {
  readonly info: PolicyInfo
  readonly #options: AdvisedOptions

  constructor(options: AdvisedOptions) {
    this.info = options.info
    this.#options = options
  }

  begin(episode: EpisodeStart): void {
    this.#options.estimator.begin(episode)
  }

  async decide(view: View, rng: Rng): Promise<Decision> {
    const { prior, temperature, estimator } = this.#options
    const base = baseLogits((await prior.score(view)).logProbabilities, temperature)
    const estimate = estimator.estimate(view)
    const current = advice(view.validActions, base, estimate)
    const advised =
      current.length === 0
        ? base
        : baseLogits((await prior.score(view, { standing: [], current })).logProbabilities, temperature)
    return drawnDecision(view, base, advised, estimate, rng.next())
  }

  observe(transition: Transition): void {
    this.#options.estimator.observe(transition)
  }

  end(): void {
    this.#options.estimator.end()
  }
}

/**
 * The best three above the base policy's expectation and the worst two below it. Advantages against another baseline
 * differ by a constant, which says nothing about which command to prefer; against this one their sign does.
 */
export function advice(
  actions: readonly string[],
  logits: readonly number[],
  { actions: estimates }: Estimate,
): Note[] {
  const probabilities = softmax(logits)
  const expected = estimates.reduce((sum, { advantage }, index) => sum + probabilities[index]! * advantage, 0)
  const ranked = actions
    .map((action, index) => ({ action, gain: estimates[index]!.advantage - expected }))
    .filter(({ gain }) => Math.abs(gain) > 1e-9)
    .sort((a, b) => b.gain - a.gain)
  const prefer = ranked.filter(({ gain }) => gain > 0).slice(0, preferred)
  const avoid = ranked.filter(({ gain }) => gain < 0).slice(-avoided)
  return [
    { title: 'From experience, prefer', lines: prefer.map(({ action }) => action) },
    { title: 'From experience, avoid', lines: avoid.map(({ action }) => action) },
  ].filter(({ lines }) => lines.length > 0)
}
