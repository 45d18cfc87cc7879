import { isDeepStrictEqual } from 'node:util'
import {
  type EpisodeRecord,
  type ExperienceStore,
  MemoryError,
  type RecallOptions,
  type Recollection,
  type StateRecord,
} from '../../memory/index.ts'

/** The oracle: keeps episodes in an array and answers every question by looking at all of them. */
export class BruteForceStore implements ExperienceStore {
  readonly #episodes: EpisodeRecord[] = []

  addEpisode(given: EpisodeRecord): void {
    const episode = withTokenSets(given)
    const earlier = this.#episodes.find(({ run, episode: number }) => run === given.run && number === given.episode)
    if (earlier === undefined) this.#episodes.push(episode)
    else if (!isDeepStrictEqual(earlier, episode)) throw new MemoryError('another episode is stored under this number')
  }

  recall(tokens: readonly string[], { k, threshold, gamma }: RecallOptions): readonly Recollection[] {
    return this.#episodes
      .flatMap(({ run, episode, steps }) =>
        steps.map((step, position) => ({
          ...step,
          run,
          episode,
          turn: position + 1,
          similarity: jaccard(tokens, step.state.tokens),
          return: steps.slice(position).reduceRight((later, { reward }) => reward + gamma * later, 0),
        })),
      )
      .reverse()
      .filter(({ similarity }) => similarity >= threshold)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, k)
  }

  *episodes(run?: string): Iterable<EpisodeRecord> {
    for (const episode of this.#episodes) if (run === undefined || episode.run === run) yield episode
  }

  stats() {
    const steps = this.#episodes.flatMap((episode) => episode.steps)
    const states = [...steps.map(({ state }) => state), ...this.#episodes.map(({ finalState }) => finalState)]
    return {
      runs: new Set(this.#episodes.map(({ run }) => run)).size,
      episodes: this.#episodes.length,
      experiences: steps.length,
      states: new Set(states.map((state) => JSON.stringify(state))).size,
      tokens: new Set(steps.flatMap(({ state }) => state.tokens)).size,
      bytes: 0,
    }
  }

  close(): void {}
}

/** |A n B| / |A u B|; two empty sets are alike. */
export function jaccard(a: readonly string[], b: readonly string[]): number {
  const union = new Set([...a, ...b]).size
  const shared = [...new Set(a)].filter((token) => b.includes(token)).length
  return union === 0 ? 1 : shared / union
}

function withTokenSets(episode: EpisodeRecord): EpisodeRecord {
  const asSet = (state: StateRecord) => ({ ...state, tokens: [...new Set(state.tokens)].sort() })
  return {
    ...episode,
    steps: episode.steps.map((step) => ({ ...step, state: asSet(step.state) })),
    finalState: asSet(episode.finalState),
  }
}
