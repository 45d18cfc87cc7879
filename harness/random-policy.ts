import type { Decision, Policy, PolicyInfo, Rng, View } from './contracts.ts'
import { logSoftmax } from './softmax.ts'
import { noEstimate, tiltedDecision } from './tilt.ts'

/** Every valid action is as likely as the next. Asks no prior, so that it costs no model calls. */
export class RandomPolicy implements Policy {
  readonly info: PolicyInfo = { name: 'random', parameters: {} }

  begin(): void {}

  async decide(view: View, rng: Rng): Promise<Decision> {
    const logits = logSoftmax(view.validActions.map(() => 0))
    return tiltedDecision(view, logits, noEstimate(view.validActions), 0, rng.next())
  }

  observe(): void {}

  end(): void {}
}
