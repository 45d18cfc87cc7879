import type { Decision, EpisodeStart, Policy, PolicyInfo, Prior, Rng, Transition, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import { baseLogits, tiltedDecision } from './tilt.ts'

export interface JitRLOptions {
  readonly info: PolicyInfo
  readonly prior: Prior
  readonly temperature: number
  readonly beta: number
  readonly estimator: Estimator
}

/** Just-In-Time RL (arXiv 2601.18510): the base policy, tilted at each turn by advantages estimated from memory. */
export class JitRLPolicy implements Policy {
  readonly info: PolicyInfo
  readonly #options: JitRLOptions

  constructor(options: JitRLOptions) {
    this.info = options.info
    this.#options = options
  }

  begin(episode: EpisodeStart): void {
    this.#options.estimator.begin(episode)
  }

  async decide(view: View, rng: Rng): Promise<Decision> {
    const { prior, temperature, estimator, beta } = this.#options
    const { logProbabilities } = await prior.score(view)
    const logits = baseLogits(logProbabilities, temperature)
    return tiltedDecision(view, logits, estimator.estimate(view, logits), beta, rng.next())
  }

  observe(transition: Transition): void {
    this.#options.estimator.observe(transition)
  }

  end(): void {
    this.#options.estimator.end()
  }
}
