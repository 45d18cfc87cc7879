import type { Notebook } from './noted-policy.ts'
import { courseOf, outcomeOf, type PastEpisode } from './past-episode.ts'

export type RecentParameters = {
  /** How many episodes are shown. */
  readonly episodes: number
  /** How many of an episode's commands, the last ones. */
  readonly steps: number
}

export const recentParameters: RecentParameters = { episodes: 3, steps: 80 }

/** The last episodes, shortened, in the prompt: first in, first out. */
export class RecentEpisodes implements Notebook {
  readonly #parameters: RecentParameters
  #recent: readonly PastEpisode[] = []

  constructor(parameters: RecentParameters) {
    this.#parameters = parameters
  }

  learn(episode: PastEpisode): void {
    this.#recent = [...this.#recent, episode].slice(-this.#parameters.episodes)
  }

  consult() {
    const standing = this.#recent.map((episode) => ({
      title: `How you played before. ${outcomeOf(episode)} By room, with points`,
      lines: courseOf(episode, this.#parameters.steps),
    }))
    return { notes: { standing, current: [] } }
  }
}
