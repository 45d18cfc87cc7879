import { type Match, TopMatches } from './top-matches.ts'

export type { Match } from './top-matches.ts'

/**
 * Exact top-k search by Jaccard similarity, |A n B| / |A u B|, over sets of tokens held in memory.
 *
 * An inverted index with prefix, size and position filters (as in PPJoin, Xiao et al., WWW 2008), all of them on the
 * query's side, so that one index serves every threshold; the bar rises with the k-th best so far. Two empty sets have
 * similarity 1. Sets are numbered from 0 in the order of their addition.
 */
export class JaccardIndex {
  readonly #ids = new Map<string, number>()
  /** For each token the sets that hold it. */
  readonly #postings: number[][] = []
  /** The tokens of all sets end to end: set s has those from #starts[s] up to #starts[s + 1]. */
  readonly #tokens: number[] = []
  readonly #starts: number[] = [0]
  readonly #recency: number[] = []
  #clock = 0
  /** For each token and each set the last search that asked for it, or met it. */
  readonly #asked: number[] = []
  readonly #met: number[] = []
  #searches = 0

  /** How many distinct tokens there are. */
  get tokens(): number {
    return this.#postings.length
  }

  /** Adds a set as the most recent one, whether or not an equal one is there. Returns its number. */
  add(tokens: readonly string[]): number {
    const set = this.#recency.length
    for (const token of new Set(tokens)) {
      const id = this.#idOf(token)
      this.#postings[id]!.push(set)
      this.#tokens.push(id)
    }
    this.#starts.push(this.#tokens.length)
    this.#met.push(0)
    this.touch(set)
    return set
  }

  /** Makes a set the most recent one. */
  touch(set: number): void {
    this.#recency[set] = ++this.#clock
  }

  /** The `k` most similar sets with at least similarity `threshold`, best first, the most recent first among equals. */
  search(tokens: readonly string[], k: number, threshold: number): readonly Match[] {
    if (k < 1) return []
    const search = ++this.#searches
    const query = new Set(tokens)
    const known: number[] = []
    for (const token of query) {
      const id = this.#ids.get(token)
      if (id === undefined) continue
      known.push(id)
      this.#asked[id] = search
    }
    known.sort((a, b) => this.#postings[a]!.length - this.#postings[b]!.length)

    const top = new TopMatches(k, threshold)
    for (const [position, token] of known.entries()) {
      // A set not met yet has none of the rarer tokens: this many it can share at most.
      const left = known.length - position
      if (left / query.size < top.bar) return top.bestFirst()
      for (const set of this.#postings[token]!) {
        if (this.#met[set] === search) continue
        this.#met[set] = search
        const size = this.#starts[set + 1]! - this.#starts[set]!
        if (jaccard(Math.min(left, size), query.size, size) < top.bar) continue
        top.offer(set, jaccard(this.#shared(set, search), query.size, size), this.#recency[set]!)
      }
    }
    if (top.bar <= 0 || query.size === 0) this.#offerDisjoint(top, query.size, search)
    return top.bestFirst()
  }

  /** The sets that share no token with the query: only they can be alike in being empty. */
  #offerDisjoint(top: TopMatches, querySize: number, search: number): void {
    for (let set = 0; set < this.#recency.length; set++) {
      if (this.#met[set] === search) continue
      top.offer(set, jaccard(0, querySize, this.#starts[set + 1]! - this.#starts[set]!), this.#recency[set]!)
    }
  }

  /** How many of the tokens asked for in this search the set holds. */
  #shared(set: number, search: number): number {
    let shared = 0
    for (let at = this.#starts[set]!; at < this.#starts[set + 1]!; at++) {
      if (this.#asked[this.#tokens[at]!] === search) shared++
    }
    return shared
  }

  #idOf(token: string): number {
    const known = this.#ids.get(token)
    if (known !== undefined) return known
    const id = this.#postings.push([]) - 1
    this.#ids.set(token, id)
    this.#asked.push(0)
    return id
  }
}

function jaccard(shared: number, sizeA: number, sizeB: number): number {
  const union = sizeA + sizeB - shared
  return union === 0 ? 1 : shared / union
}
