import type { Decision, EpisodeEnd, EpisodeStart, Policy, PolicyInfo, Rng, Transition, View } from '../contracts.ts'
import type { MeteredPrior } from '../metered-prior.ts'
import type { LabelSampler } from './label-sampler.ts'

/** A policy that computes its distribution as ever, and leaves the draw from it to the model's own sampler. */
export class ServerDecodedPolicy implements Policy {
  readonly info: PolicyInfo
  readonly #policy: Policy
  readonly #sampler: LabelSampler
  readonly #meter: MeteredPrior

  constructor(policy: Policy, sampler: LabelSampler, meter: MeteredPrior) {
    this.info = { ...policy.info, parameters: { ...policy.info.parameters, decode: 'server' } }
    this.#policy = policy
    this.#sampler = sampler
    this.#meter = meter
  }

  begin(episode: EpisodeStart): void | Promise<void> {
    return this.#policy.begin(episode)
  }

  async decide(view: View, rng: Rng): Promise<Decision> {
    const uniform = rng.next()
    const decision = await this.#policy.decide(view, { next: () => uniform })
    const { calls, ...choices } = await this.#sampler.draw(view, decision, uniform)
    this.#meter.note(calls, `${view.episode}.${view.turn}`)
    return { ...decision, ...choices }
  }

  observe(transition: Transition): void {
    this.#policy.observe(transition)
  }

  end(episode: EpisodeEnd): void | Promise<void> {
    return this.#policy.end(episode)
  }
}

/** Policies whose distribution is the model's own, tilted: the others have nothing that its sampler could draw from. */
export function drawsFromModel({ name, parameters }: PolicyInfo): boolean {
  const { choice, base } = parameters
  const isTiltOfLogits = choice !== 'argmax' && base !== 'probability'
  return isTiltOfLogits && /^(static|jitrl(:\w+)?|cbr:vote)$/u.test(name)
}
