import type { Decision, Policy, PolicyInfo, Prior, Rng, View } from './contracts.ts'
import { baseLogits, noEstimate, tiltedDecision } from './tilt.ts'

/** The base policy alone: the same prior, valid actions and temperature as a learner's, and no memory. */
export class StaticPolicy implements Policy {
  readonly info: PolicyInfo = { name: 'static', parameters: {} }
  readonly #prior: Prior
  readonly #temperature: number

  constructor(prior: Prior, temperature: number) {
    this.#prior = prior
    this.#temperature = temperature
  }

  begin(): void {}

  async decide(view: View, rng: Rng): Promise<Decision> {
    const { logProbabilities } = await this.#prior.score(view)
    const logits = baseLogits(logProbabilities, this.#temperature)
    return tiltedDecision(view, logits, noEstimate(view.validActions), 0, rng.next())
  }

  observe(): void {}

  end(): void {}
}
