import type { EpisodeStart, Transition, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import type { Estimate } from './tilt.ts'

/**
 * An estimator that lives through its memory anew at every episode: what steps are worth may be known only when an
 * episode has ended, and then the memory alone has it.
 */
export class RelivingEstimator implements Estimator {
  readonly #make: () => Estimator
  #estimator: Estimator

  constructor(make: () => Estimator) {
    this.#make = make
    this.#estimator = make()
  }

  begin(episode: EpisodeStart): void {
    this.#estimator = this.#make()
    this.#estimator.begin(episode)
  }

  estimate(view: View): Estimate {
    return this.#estimator.estimate(view)
  }

  observe(transition: Transition): void {
    this.#estimator.observe(transition)
  }

  end(): void {
    this.#estimator.end()
  }
}
