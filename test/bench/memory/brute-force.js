// The twin: no index, every experience compared with the query. Its tokens are numbers in one typed array, so that it is
// as quick as a scan can be.
export class BruteForce {
  #ids = new Map()
  #tokens
  #ends
  #count = 0
  #asked = new Int32Array(1 << 20)
  #queries = 0

  constructor(experiences) {
    this.#tokens = new Int32Array(experiences * 40)
    this.#ends = new Int32Array(experiences + 1)
  }

  add(tokens) {
    let end = this.#ends[this.#count]
    for (const token of tokens) {
      if (!this.#ids.has(token)) this.#ids.set(token, this.#ids.size)
      this.#tokens[end++] = this.#ids.get(token)
    }
    this.#ends[++this.#count] = end
  }

  /** The similarities of the best `k`, best first. */
  recall(tokens, { k, threshold }) {
    const query = ++this.#queries
    for (const token of tokens) if (this.#ids.has(token)) this.#asked[this.#ids.get(token)] = query
    const best = []
    for (let at = 0; at < this.#count; at++) {
      const end = this.#ends[at + 1]
      let shared = 0
      for (let i = this.#ends[at]; i < end; i++) if (this.#asked[this.#tokens[i]] === query) shared++
      const similarity = shared / (tokens.length + end - this.#ends[at] - shared)
      if (similarity < threshold || (best.length === k && similarity <= best[k - 1])) continue
      best.splice(best.findLastIndex((other) => other >= similarity) + 1, 0, similarity)
      if (best.length > k) best.pop()
    }
    return best
  }
}
