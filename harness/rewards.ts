import type { EpisodeRecord, ExperienceStore } from '../memory/index.ts'
import type { PolicyInfo, TextModel } from './contracts.ts'
import type { Rewarded } from './events.ts'
import { evaluatedSteps } from './models/evaluator.ts'
import { defaultReward } from './reward-names.ts'

/** What a finished episode's steps are worth to its run's memory. */
export interface Rewards {
  /** `texts`: what the story said before each step and after the last. */
  of(episode: EpisodeRecord, texts: readonly string[]): Promise<Omit<Rewarded, 'type' | 'episode'>>
}

interface RewardDeps {
  readonly store: ExperienceStore
  readonly model?: TextModel
}

/** The rewards that a policy's parameters name; null for the game's points as they are. */
export function rewardsOf({ parameters }: PolicyInfo, { store, model }: RewardDeps): Rewards | null {
  const { reward: named = defaultReward } = parameters
  const source = String(named)
  if (source === defaultReward) return null
  const numberOf = (name: string) => Number(parameters[name] ?? 0)
  return {
    async of(episode, texts) {
      const judged = source.startsWith('evaluator') && model ? await evaluatedSteps(model, episode, texts) : null
      const isNew = newcomers(episode, store)
      const rewards = episode.steps.map(({ reward, terminated }, index) => {
        // A model's word stands only where the game says nothing.
        const worth = reward === 0 ? (judged?.[index] ?? 0) : reward
        const death = terminated && !episode.victory ? numberOf('deathPenalty') : 0
        return worth - death + (isNew[index] ? numberOf('novelty') : 0)
      })
      return { source, rewards, unrated: judged?.filter((worth) => worth === null).length ?? 0 }
    },
  }
}

/** The same episode with its steps worth this much. */
export function withRewards(episode: EpisodeRecord, rewards: readonly number[]): EpisodeRecord {
  return { ...episode, steps: episode.steps.map((step, index) => ({ ...step, reward: rewards[index]! })) }
}

/** For each step whether it led to where nothing was ever done before, in the memory or in the episode. */
function newcomers({ steps, finalState }: EpisodeRecord, store: ExperienceStore): readonly boolean[] {
  const been = new Set(steps.slice(0, 1).map(({ state }) => state.situation))
  return steps.map((_, index) => {
    const { situation } = steps[index + 1]?.state ?? finalState
    if (been.has(situation)) return false
    been.add(situation)
    return store.transitions(situation).length === 0
  })
}
