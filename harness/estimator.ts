import type { EpisodeStart, Transition, View } from './contracts.ts'
import type { Estimate } from './tilt.ts'

/** Where JitRL's advantages come from. Called in the order of the episode. */
export interface Estimator {
  begin(episode: EpisodeStart): void
  estimate(view: View): Estimate
  /** The valid commands that the memory offers as candidates beside a model's proposals. */
  remembered?(view: View): readonly string[]
  observe(transition: Transition): void
  end(): void
}
