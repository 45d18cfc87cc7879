import type { EpisodeRecord, ExperienceStore, MemoryStats, RecallOptions, Recollection } from '../../memory/index.ts'

/** The store's contract in its plainest form: an array, scanned. */
export class ArrayStore implements ExperienceStore {
  readonly #episodes: EpisodeRecord[] = []

  constructor(episodes: Iterable<EpisodeRecord> = []) {
    this.#episodes.push(...episodes)
  }

  addEpisode(episode: EpisodeRecord): void {
    this.#episodes.push(episode)
  }

  recall(tokens: readonly string[], { k, threshold, gamma }: RecallOptions): readonly Recollection[] {
    const all = this.#episodes.flatMap(({ run, episode, steps }) => {
      let total = 0
      return steps
        .map((step, index) => ({
          ...step,
          run,
          episode,
          turn: index + 1,
          similarity: jaccard(tokens, step.state.tokens),
        }))
        .reverse()
        .map((step) => {
          total = step.reward + gamma * total
          return { ...step, return: total }
        })
        .reverse()
    })
    return all
      .filter(({ similarity }) => similarity >= threshold)
      .reverse()
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, k)
  }

  episodes(run?: string): readonly EpisodeRecord[] {
    return this.#episodes.filter((episode) => run === undefined || episode.run === run)
  }

  stats(): MemoryStats {
    const steps = this.#episodes.flatMap((episode) => episode.steps)
    const states = new Set(this.#episodes.flatMap((e) => [...e.steps.map((step) => step.state.key), e.finalState.key]))
    return {
      runs: 1,
      episodes: this.#episodes.length,
      experiences: steps.length,
      states: states.size,
      tokens: 0,
      bytes: 0,
    }
  }

  close(): void {}
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const shared = a.filter((token) => b.includes(token)).length
  const union = a.length + b.length - shared
  return union === 0 ? 1 : shared / union
}
