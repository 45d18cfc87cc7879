import type { Decision, EpisodeStart, Policy, PolicyInfo, Prior, Rng, Transition, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import { betaAt } from './jitrl-rule.ts'
import { offeredCandidates, type Proposer, withSources } from './proposed-candidates.ts'
import type { TiltParameters } from './published-presets.ts'
import { baseLogits, tiltedDecision } from './tilt.ts'

export interface JitRLOptions {
  readonly info: PolicyInfo
  readonly prior: Prior
  readonly temperature: number
  readonly tilt: TiltParameters
  readonly estimator: Estimator
  /** Without it every valid command is a candidate. */
  readonly proposer?: Proposer | undefined
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
    const { prior, temperature, estimator, tilt, proposer } = this.#options
    const offered = proposer ? await offeredCandidates(view, proposer, estimator) : null
    const asked = offered === null ? view : { ...view, validActions: [...offered.keys()] }
    const { logProbabilities } = await prior.score(asked)
    const logits = baseLogits(logProbabilities, temperature)
    const beta = betaAt(view.episode, tilt)
    const decision = tiltedDecision(asked, logits, estimator.estimate(asked), beta, rng.next(), tilt)
    return offered === null ? decision : withSources(decision, offered)
  }

  observe(transition: Transition): void {
    this.#options.estimator.observe(transition)
  }

  end(): void {
    this.#options.estimator.end()
  }
}
