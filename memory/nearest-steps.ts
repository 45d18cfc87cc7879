/** A step of the index and its similarity to the query, 0 to 1. */
export interface NearStep {
  readonly step: number
  readonly similarity: number
}

/**
 * The best `k` of the steps offered, the most similar first and of equal ones the latest; at most `perEpisode` of one
 * episode. What is offered gathers until there is enough to sort; this loses nothing, as what is left out at any time is
 * outdone by others that fill its place, in its episode or in all.
 */
export class NearestSteps {
  readonly #k: number
  readonly #perEpisode: number
  readonly #episodeOf: (step: number) => number
  #steps: NearStep[] = []
  #sortAt: number
  #bar: number

  constructor(k: number, threshold: number, perEpisode: number, episodeOf: (step: number) => number) {
    this.#k = k
    this.#perEpisode = perEpisode
    this.#episodeOf = episodeOf
    this.#sortAt = k
    this.#bar = threshold
  }

  /** What is less similar than this has no chance any more. */
  get bar(): number {
    return this.#bar
  }

  offer(step: number, similarity: number): void {
    if (similarity < this.#bar) return
    this.#steps.push({ step, similarity })
    if (this.#steps.length >= this.#sortAt) this.#settle()
  }

  bestFirst(): readonly NearStep[] {
    this.#settle()
    return this.#steps
  }

  #settle(): void {
    this.#steps.sort((a, b) => b.similarity - a.similarity || b.step - a.step)
    if (this.#perEpisode < this.#k) this.#steps = this.#capped()
    if (this.#steps.length > this.#k) this.#steps.length = this.#k
    const full = this.#steps.length === this.#k
    if (full) this.#bar = this.#steps.at(-1)?.similarity ?? Number.POSITIVE_INFINITY
    this.#sortAt = full ? this.#k + Math.max(4, this.#k >> 1) : Math.max(this.#k, 2 * this.#steps.length)
  }

  #capped(): NearStep[] {
    const counts = new Map<number, number>()
    return this.#steps.filter(({ step }) => {
      const episode = this.#episodeOf(step)
      const count = (counts.get(episode) ?? 0) + 1
      counts.set(episode, count)
      return count <= this.#perEpisode
    })
  }
}
