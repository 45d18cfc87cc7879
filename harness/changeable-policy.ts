import type { Decision, EpisodeEnd, EpisodeStart, Policy, PolicyInfo, Rng, Transition, View } from './contracts.ts'

/** A policy that another can take the place of in the middle of an episode, knowing all that happened in it before. */
export class ChangeablePolicy implements Policy {
  #policy: Policy
  #start: EpisodeStart | null = null
  #seen: Transition[] = []

  constructor(policy: Policy) {
    this.#policy = policy
  }

  get info(): PolicyInfo {
    return this.#policy.info
  }

  /** From the next decision on. */
  async change(policy: Policy): Promise<void> {
    this.#policy = policy
    if (this.#start === null) return
    await policy.begin(this.#start)
    for (const transition of this.#seen) policy.observe(transition)
  }

  async begin(episode: EpisodeStart): Promise<void> {
    this.#start = episode
    this.#seen = []
    await this.#policy.begin(episode)
  }

  decide(view: View, rng: Rng): Promise<Decision> {
    return this.#policy.decide(view, rng)
  }

  observe(transition: Transition): void {
    this.#seen.push(transition)
    this.#policy.observe(transition)
  }

  async end(episode: EpisodeEnd): Promise<void> {
    await this.#policy.end(episode)
    this.#start = null
  }
}
