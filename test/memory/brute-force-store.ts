import { isDeepStrictEqual } from 'node:util'
import {
  type EpisodeRecord,
  type ExperienceStore,
  type FinishedEpisode,
  MemoryError,
  type RecallOptions,
  type Recollection,
  type StateRecord,
  type StepSource,
  type TransitionRecord,
} from '../../memory/index.ts'

/** The oracle: keeps episodes in an array and answers every question by looking at all of them. */
export class BruteForceStore implements ExperienceStore {
  readonly #all: { readonly record: EpisodeRecord; forgotten: boolean }[] = []

  addEpisode(given: EpisodeRecord): void {
    const record = withTokenSets(given)
    const earlier = this.#all.find((kept) => kept.record.run === given.run && kept.record.episode === given.episode)
    if (earlier === undefined) this.#all.push({ record, forgotten: false })
    else if (!earlier.forgotten && !isDeepStrictEqual(earlier.record, record))
      throw new MemoryError('another episode is stored under this number')
  }

  recall(tokens: readonly string[], options: RecallOptions): readonly Recollection[] {
    const { k, threshold, gamma, horizon = Infinity, perEpisode = Infinity, decay = 1 } = options
    const rewardOf = options.rewards ?? (({ reward }) => reward)
    const sorted = this.#all
      .flatMap(({ record: { run, episode, steps, victory }, forgotten }, order) => {
        const rewards = steps.map(({ reward, terminated }, at) =>
          rewardOf({ turn: at + 1, reward, terminated, victory, last: at === steps.length - 1 }),
        )
        const age = this.#all.length - 1 - order
        const recalled = steps.map((step, at) => ({
          ...step,
          run,
          episode,
          turn: at + 1,
          similarity: jaccard(tokens, step.state.tokens),
          return: rewards.slice(at, at + horizon).reduceRight((later, reward) => reward + gamma * later, 0),
          age,
          weight: decay ** age,
        }))
        return forgotten ? [] : recalled
      })
      .reverse()
      .filter(({ similarity }) => similarity >= threshold)
      .sort((a, b) => b.similarity - a.similarity)
    const better = (step: Recollection, at: number) => sorted.slice(0, at).filter(({ age }) => age === step.age).length
    const capped = perEpisode === Infinity ? sorted : sorted.filter((step, at) => better(step, at) < perEpisode)
    return capped.slice(0, k)
  }

  /** Nothing: what is never short of room needs to know of no use. */
  noteRecalled(): void {}

  transitions(situation: string): readonly TransitionRecord[] {
    const found = new Map<string, TransitionRecord>()
    for (const { run, episode, steps, victory, finalState } of this.episodes()) {
      for (const [at, { state, action, reward, terminated }] of steps.entries()) {
        if (state.situation !== situation) continue
        const next = (steps[at + 1]?.state ?? finalState).situation
        const kind = { action, next, terminated, victory: terminated && victory }
        const before = found.get(JSON.stringify(kind)) ?? { visits: 0, reward: 0, latest: [] }
        found.set(JSON.stringify(kind), {
          ...kind,
          visits: before.visits + 1,
          reward: before.reward + reward,
          latest: [{ run, episode, turn: at + 1 }, ...before.latest].slice(0, 3),
        })
      }
    }
    return [...found.values()].sort((a, b) => this.#order(b.latest[0]!) - this.#order(a.latest[0]!))
  }

  situations(): readonly string[] {
    return [...new Set(this.episodes().flatMap(({ steps }) => steps.map(({ state }) => state.situation)))]
  }

  /** Later steps have greater numbers. */
  #order({ run, episode, turn }: StepSource): number {
    const at = this.#all.findIndex(({ record }) => record.run === run && record.episode === episode)
    return 1000 * at + turn
  }

  episodes(run?: string): readonly EpisodeRecord[] {
    return this.#all
      .filter(({ record, forgotten }) => !forgotten && (run === undefined || record.run === run))
      .map(({ record }) => record)
  }

  finished(run: string): readonly FinishedEpisode[] {
    return this.#all
      .filter(({ record }) => record.run === run)
      .map(({ record: { episode, score }, forgotten }) => ({ episode, score, forgotten }))
  }

  forget(run: string, episode: number): boolean {
    const found = this.#all.find(({ record }) => record.run === run && record.episode === episode)
    if (found === undefined || found.forgotten) return false
    found.forgotten = true
    return true
  }

  stats() {
    const episodes = this.episodes()
    const steps = episodes.flatMap((episode) => episode.steps)
    const states = [...steps.map(({ state }) => state), ...episodes.map(({ finalState }) => finalState)]
    return {
      runs: new Set(this.#all.map(({ record }) => record.run)).size,
      episodes: episodes.length,
      experiences: steps.length,
      states: new Set(states.map((state) => JSON.stringify(state))).size,
      tokens: new Set(steps.flatMap(({ state }) => state.tokens)).size,
      bytes: 0,
    }
  }

  close(): void {}
}

/** |A n B| / |A u B|; two empty sets are alike. */
function jaccard(a: readonly string[], b: readonly string[]): number {
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
