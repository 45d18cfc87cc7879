import type { RecallOptions } from './experience-store.ts'
import { JaccardIndex } from './jaccard-index.ts'
import { discountedReturn } from './returns.ts'

/** A step as the index knows it: by the numbers of its state and its episode. */
export interface IndexedStep {
  readonly state: number
  readonly reward: number
}

export interface RecalledStep {
  readonly episode: number
  readonly turn: number
  readonly similarity: number
  readonly return: number
}

/** All steps of a memory, found by the similarity of their states: each distinct state is looked at once. */
export class StepIndex {
  readonly #states = new JaccardIndex()
  /** From the number of a state to its set in the index; states that only ended episodes have none. */
  readonly #sets = new Map<number, number>()
  /** For each set its latest step, for each step the one before it in the same set: newest to oldest, then -1. */
  readonly #latest: number[] = []
  readonly #previous: number[] = []
  readonly #rewards: number[] = []
  /** For each step the position of its episode in #episodes. */
  readonly #episodeOf: number[] = []
  readonly #episodes: { readonly number: number; readonly first: number; readonly end: number }[] = []

  get steps(): number {
    return this.#rewards.length
  }

  get tokens(): number {
    return this.#states.tokens
  }

  /** Adds a finished episode; later than all before. `tokensOf` is asked once for each state not seen yet. */
  add(number: number, steps: readonly IndexedStep[], tokensOf: (state: number) => readonly string[]): void {
    const first = this.#rewards.length
    // All that can fail comes first, so that an episode is in the index whole or not at all.
    const sets = steps.map(({ state }) => this.#setOf(state, tokensOf))
    for (const [position, set] of sets.entries()) {
      this.#states.touch(set)
      this.#previous.push(this.#latest[set] ?? -1)
      this.#latest[set] = this.#rewards.push(steps[position]!.reward) - 1
      this.#episodeOf.push(this.#episodes.length)
    }
    this.#episodes.push({ number, first, end: this.#rewards.length })
  }

  /** The steps that `ExperienceStore.recall` promises, in its order. */
  recall(tokens: readonly string[], { k, threshold, gamma }: RecallOptions): readonly RecalledStep[] {
    // k sets are enough: each that is ranked before another has a step that is ranked before all of the other's.
    return this.#states
      .search(tokens, k, threshold)
      .flatMap(({ set, similarity }) => this.#newest(set, k).map((step) => ({ step, similarity })))
      .sort((a, b) => b.similarity - a.similarity || b.step - a.step)
      .slice(0, k)
      .map(({ step, similarity }) => {
        const { number, first, end } = this.#episodes[this.#episodeOf[step]!]!
        const value = discountedReturn(this.#rewards, gamma, step, end)
        return { episode: number, turn: step - first + 1, similarity, return: value }
      })
  }

  #setOf(state: number, tokensOf: (state: number) => readonly string[]): number {
    const known = this.#sets.get(state)
    if (known !== undefined) return known
    const set = this.#states.add(tokensOf(state))
    this.#sets.set(state, set)
    return set
  }

  #newest(set: number, k: number): number[] {
    const steps: number[] = []
    for (let step = this.#latest[set]!; step >= 0 && steps.length < k; step = this.#previous[step]!) steps.push(step)
    return steps
  }
}
