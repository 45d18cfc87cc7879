import type { ExperienceStore, Recollection } from '../memory/index.ts'
import type { Evidence, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import { neighbourValues, normalised } from './jitrl-rule.ts'
import type { NeighbourParameters } from './presets.ts'
import { randomStream } from './rng.ts'
import type { Estimate } from './tilt.ts'

/** How many steps or neighbours a candidate shows as its reasons. */
const shownEvidence = 3

/** JitRL's estimator as published. It keeps nothing of its own: the store is the memory. */
export class NeighbourEstimator implements Estimator {
  readonly #store: ExperienceStore
  readonly #parameters: NeighbourParameters
  readonly #seed: number

  constructor(store: ExperienceStore, parameters: NeighbourParameters, seed: number) {
    this.#store = store
    this.#parameters = parameters
    this.#seed = seed
  }

  begin(): void {}

  estimate(view: View): Estimate {
    const neighbours = this.#store.recall(view.state.tokens, this.#parameters)
    // A stream per action, so that the order of the candidates decides nothing.
    const uniform = (action: string) => randomStream(this.#seed, view.episode, 'unseen', view.turn, action).next()
    const { value, actions } = neighbourValues(view.validActions, neighbours, this.#parameters, uniform)
    const advantages = normalised(actions.map(({ advantage }) => advantage))
    return {
      value,
      actions: actions.map(({ visits, q }, index) => ({
        visits,
        q,
        advantage: advantages[index]!,
        evidence: neighbours
          .filter(({ action }) => action === view.validActions[index])
          .slice(0, shownEvidence)
          .map(evidenceOf),
      })),
      neighbours: neighbours.map(({ run, episode, turn, action, similarity, return: total }) => {
        return { run, episode, turn, action, similarity, return: total }
      }),
    }
  }

  observe(): void {}

  end(): void {}
}

function evidenceOf({ run, episode, turn, similarity, return: total }: Recollection): Evidence {
  return { type: 'neighbour', run, episode, turn, similarity, return: total }
}
