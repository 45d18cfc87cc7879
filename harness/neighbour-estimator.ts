import type { ExperienceStore, Recollection } from '../memory/index.ts'
import type { EpisodeStart, Evidence, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import { adaptiveChance, isGoingInCircles, meanReturn, neighbourValues, normalised, thresholdAt } from './jitrl-rule.ts'
import type { NeighbourParameters } from './published-presets.ts'
import { randomStream } from './rng.ts'
import { similarSteps } from './similar-steps.ts'
import { type Estimate, noEstimate } from './tilt.ts'

/** How many steps or neighbours a candidate shows as its reasons. */
const shownEvidence = 3

type RewardOf = NonNullable<Parameters<ExperienceStore['recall']>[1]['rewards']>

/** JitRL's estimator as published, in any of its versions. It keeps nothing of its own: the store is the memory. */
export class NeighbourEstimator implements Estimator {
  readonly #store: ExperienceStore
  readonly #parameters: NeighbourParameters
  readonly #seed: number
  #rewardUnit = 1

  constructor(store: ExperienceStore, parameters: NeighbourParameters, seed: number) {
    this.#store = store
    this.#parameters = parameters
    this.#seed = seed
  }

  begin(_: EpisodeStart): void {
    if (this.#parameters.rewardUnits === 'unit') this.#rewardUnit = largestReward(this.#store, this.#pointsOf)
  }

  estimate(view: View): Estimate {
    const { leastNeighbours, leastMemories, retryThreshold } = this.#parameters
    if (leastMemories > 0 && this.#store.stats().experiences < leastMemories) return noEstimate(view.validActions)
    const threshold = thresholdAt(view.turn, this.#parameters)
    const neighbours = this.#recall(view, threshold)
    const first = this.#estimate(view, neighbours)
    const isSilent = first.actions.every(({ advantage }) => advantage === 0)
    if (!isSilent || neighbours.length < leastNeighbours || retryThreshold >= threshold) return first
    return this.#estimate(view, this.#recall(view, retryThreshold))
  }

  /** The valid commands that the memory has to offer in such a state. */
  remembered(view: View): readonly string[] {
    const neighbours = this.#recall(view, thresholdAt(view.turn, this.#parameters))
    return view.validActions.filter((action) => {
      const mean = meanReturn(neighbours.filter((neighbour) => neighbour.action === action))
      return mean !== null && (this.#parameters.remembered === 'all' || mean > 0)
    })
  }

  observe(): void {}

  end(): void {}

  /** Too few neighbours are shown, and say nothing. */
  #estimate(view: View, neighbours: readonly Recollection[]): Estimate {
    const heard = neighbours.length < this.#parameters.leastNeighbours ? [] : neighbours
    const { value, actions } = this.#values(view, heard)
    const advantages = normalised(
      actions.map(({ advantage }) => advantage),
      this.#parameters.normalise,
    )
    return {
      value,
      actions: actions.map(({ visits, q }, index) => ({
        visits,
        q,
        advantage: advantages[index]!,
        evidence: heard
          .filter(({ action }) => action === view.validActions[index])
          .slice(0, shownEvidence)
          .map(evidenceOf),
      })),
      neighbours: neighbours.map(({ run, episode, turn, action, similarity, return: total }) => {
        return { run, episode, turn, action, similarity, return: total }
      }),
    }
  }

  #values(view: View, neighbours: readonly Recollection[]) {
    const { exploration, lambda, loopLambda, ...rule } = this.#parameters
    const usual = exploration === 'adaptive' ? adaptiveChance(neighbours, lambda) : lambda
    const isCircling = isGoingInCircles(view.history.map(({ command }) => command))
    const chance = isCircling ? Math.max(usual, loopLambda) : usual
    // A stream per action, so that the order of the candidates decides nothing.
    const uniform = (action: string) => randomStream(this.#seed, view.episode, 'unseen', view.turn, action).next()
    return neighbourValues(view.validActions, neighbours, { ...rule, lambda: chance }, uniform)
  }

  #recall({ state }: View, threshold: number): readonly Recollection[] {
    const { gamma, decay } = this.#parameters
    const rewards: RewardOf = (step) => this.#pointsOf(step) / this.#rewardUnit
    return similarSteps(this.#store, state.tokens, {
      ...this.#parameters,
      threshold,
      returns: { gamma, decay, rewards },
    })
  }

  readonly #pointsOf: RewardOf = ({ reward, last, victory }) =>
    last && !victory ? reward - this.#parameters.lossPenalty : reward
}

/** The largest absolute reward of all that is remembered, 1 where there is none. */
function largestReward(store: ExperienceStore, rewardOf: RewardOf): number {
  let largest = 0
  for (const { steps, victory } of store.episodes()) {
    for (const [index, { reward, terminated }] of steps.entries()) {
      const step = { turn: index + 1, reward, terminated, victory, last: index === steps.length - 1 }
      largest = Math.max(largest, Math.abs(rewardOf(step)))
    }
  }
  return largest || 1
}

function evidenceOf({ run, episode, turn, similarity, return: total }: Recollection): Evidence {
  return { type: 'neighbour', run, episode, turn, similarity, return: total }
}
