/** A set of the index and its similarity to the query, 0 to 1. */
export interface Match {
  readonly set: number
  readonly similarity: number
}

interface Entry extends Match {
  readonly recency: number
}

/** The best `k` of what is offered: by similarity, then by recency. A min-heap, so the one to beat is its root. */
export class TopMatches {
  readonly #heap: Entry[] = []
  readonly #k: number
  readonly #threshold: number

  constructor(k: number, threshold: number) {
    this.#k = k
    this.#threshold = threshold
  }

  /** What is less similar than this has no chance any more. */
  get bar(): number {
    return this.#heap.length < this.#k ? this.#threshold : this.#heap[0]!.similarity
  }

  offer(set: number, similarity: number, recency: number): void {
    if (similarity < this.bar) return
    const entry = { set, similarity, recency }
    if (this.#heap.length < this.#k) this.#rise(entry)
    else if (better(entry, this.#heap[0]!)) this.#sink(entry)
  }

  bestFirst(): readonly Match[] {
    return this.#heap.sort((a, b) => (better(a, b) ? -1 : 1)).map(({ set, similarity }) => ({ set, similarity }))
  }

  #rise(entry: Entry): void {
    let at = this.#heap.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!better(this.#heap[parent]!, entry)) break
      this.#heap[at] = this.#heap[parent]!
      at = parent
    }
    this.#heap[at] = entry
  }

  #sink(entry: Entry): void {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.#heap.length) break
      if (child + 1 < this.#heap.length && better(this.#heap[child]!, this.#heap[child + 1]!)) child++
      if (!better(entry, this.#heap[child]!)) break
      this.#heap[at] = this.#heap[child]!
      at = child
    }
    this.#heap[at] = entry
  }
}

function better(a: Entry, b: Entry): boolean {
  return a.similarity > b.similarity || (a.similarity === b.similarity && a.recency > b.recency)
}
