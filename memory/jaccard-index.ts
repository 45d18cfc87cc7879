import { ints } from './growing-array.ts'
import { Triples } from './triples.ts'

/**
 * Tells the search that a set has this similarity; returns what a set must have to be of interest from now on, which
 * never falls.
 */
export type Offer = (set: number, similarity: number) => number

/** What stands where of a list of postings: its sets' size, its token's place in them, its latest posting, ... */
const List = {
  size: 0,
  place: 1,
  latest: 2,
  count: 3,
  /** The next list of the same token, or -1. */
  next: 4,
  length: 5,
} as const

/** Below this similarity most sets are candidates anyway: sets are looked at one after another there. */
const INDEXED = 0.5
/** The search is tried at these similarities first: mostly enough is found there, and little is looked at. */
const STAGES = [0.9, 0.75, 0.6, INDEXED]
/** A candidate takes as long as so many sets in a row. */
const WORTH = 8
/** Bounds are computed in floating point: they may let a set too much through, never one too few. */
const SLACK = 1e-9

/**
 * Exact search by Jaccard similarity, |A n B| / |A u B|, over distinct sets of tokens (numbers from 0). Two empty sets
 * have similarity 1.
 *
 * An inverted index with prefix, size and position filters (AllPairs, Bayardo et al., WWW 2007; PPJoin, Xiao et al.,
 * WWW 2008). Tokens are put in one order, the rarest first; a posting says at which place of a set of which size its
 * token stands. Two sets that share their first common token at the places i and j share min(|A| - i, |B| - j) tokens
 * at most, so for a given similarity only the first few places of either set matter, and all postings of one token,
 * size and place are taken or left together. No threshold is built in.
 */
export class JaccardIndex {
  /** The place of a token in the order of rarity, for those whose frequency was known; later ones are rarer still. */
  readonly #ranks: Int32Array
  /** The tokens of all sets end to end, each set's the rarest first: set s has those from #starts[s] to #starts[s + 1]. */
  readonly #tokens = ints()
  readonly #starts = ints()
  readonly #hashes = ints()
  /** Two for each set: see `signature`. */
  readonly #signatures = ints()
  /** A set's number plus 1 where its hash says, or at the next free place; at most half full. */
  #slots = new Int32Array(64)
  /** The lists of postings, one for each (token, size, place), and in #lists of each what `List` says. */
  readonly #triples = new Triples()
  readonly #lists = ints()
  /** Two for each posting: its set, and the posting before it in its list, or -1. Side by side, as memory is slow. */
  readonly #postings = ints()
  /** For each token its latest list, or -1. */
  readonly #tokenLists = ints()
  /** For each token and each set the last search that asked for it, or met it. */
  readonly #asked = ints()
  readonly #met = ints()
  #searches = 0

  /** `frequencies[t]`: in how many of the sets to come token t will be, as far as is known. */
  constructor(frequencies: ArrayLike<number> = []) {
    const byRarity = Array.from(frequencies, (_, token) => token).sort((a, b) => frequencies[a]! - frequencies[b]!)
    this.#ranks = new Int32Array(byRarity.length)
    for (const [rank, token] of byRarity.entries()) this.#ranks[token] = rank
    this.#starts.push(0)
  }

  /** How many sets there are. */
  get sets(): number {
    return this.#met.length
  }

  /** The number of the set of these tokens, each given once; a new one where it has none. */
  add(tokens: readonly number[]): number {
    for (const token of tokens) this.#know(token)
    const sorted = this.#byRarity(tokens)
    const hash = hashOf(sorted)
    const slot = this.#slot(sorted, hash)
    const known = this.#slots[slot]! - 1
    if (known >= 0) return known

    const set = this.#met.push(0)
    this.#hashes.push(hash)
    for (const half of signature(sorted)) this.#signatures.push(half)
    for (const token of sorted) this.#tokens.push(token)
    this.#starts.push(this.#tokens.length)
    this.#slots[slot] = set + 1
    if (2 * this.sets > this.#slots.length) this.#grow()

    const size = sorted.length
    const prefix = Math.min(size, size - Math.ceil(INDEXED * size - SLACK) + 1)
    for (let place = 0; place < prefix; place++) this.#post(sorted[place]!, size, place, set)
    return set
  }

  tokensOf(set: number): Int32Array {
    return this.#tokens.values.subarray(this.#starts.values[set], this.#starts.values[set + 1])
  }

  /**
   * Offers every set that may be of interest: those of at least similarity `threshold`, but for those that `offer` has
   * said are of no interest any more. `tokens`, each once, are those of the query that any set may have; `size` counts the
   * others as well.
   */
  search(tokens: readonly number[], size: number, threshold: number, offer: Offer): void {
    const search = ++this.#searches
    const known = this.#byRarity(tokens.filter((token) => token < this.#asked.length))
    for (const token of known) this.#asked.values[token] = search
    const [low, high] = signature(known)
    const query = { known, size, low, high, search, offer, bar: threshold }

    const equal = known.length === size ? this.#slots[this.#slot(known, hashOf(known))]! - 1 : -1
    if (equal >= 0) this.#meet(query, equal, 1)
    // Sets are distinct: no other is as similar as that.
    if (query.bar >= 1) return
    for (const stage of [...STAGES.filter((stage) => stage > threshold), Math.max(threshold, INDEXED)]) {
      const { lists, postings } = this.#promising(query, stage)
      // Candidates lie all over memory; from some share of all sets on it is quicker to look at one after another.
      if (WORTH * postings > this.sets) break
      this.#probe(query, stage, lists)
      // All that are at least as similar as the stage have been offered.
      if (query.bar >= stage) return
    }
    this.#scan(query)
  }

  /** The lists in which sets of at least similarity `stage` have their first common token, and how many postings they have. */
  #promising(query: Query, stage: number): { readonly lists: readonly PromisingList[]; readonly postings: number } {
    const { known, size, bar } = query
    const values = this.#lists.values
    const wanted = Math.max(stage, bar)
    const lists: PromisingList[] = []
    let postings = 0
    for (let i = 0; i < known.length; i++) {
      // A set that is met at this token first has none of the rarer ones.
      const left = known.length - i
      if (left < wanted * size - SLACK) break
      for (let list = this.#tokenLists.values[known[i]!]!; list >= 0; list = values[list + List.next]!) {
        const place = values[list + List.place]!
        const setSize = values[list + List.size]!
        const most = Math.min(left, setSize - place)
        if (most < needed(size, setSize, wanted)) continue
        lists.push({ list, setSize, place, most })
        postings += values[list + List.count]!
      }
    }
    return { lists, postings }
  }

  #probe(query: Query, stage: number, lists: readonly PromisingList[]): void {
    const postings = this.#postings.values
    for (const { list, setSize, place, most } of lists) {
      // Less is promising once something was found.
      if (most < needed(query.size, setSize, query.bar)) continue
      for (let at = this.#lists.values[list + List.latest]!; at >= 0; at = postings[at + 1]!) {
        this.#compare(query, postings[at]!, setSize, place, Math.max(stage, query.bar))
      }
    }
  }

  #scan(query: Query): void {
    for (let set = 0; set < this.sets; set++) {
      const setSize = this.#starts.values[set + 1]! - this.#starts.values[set]!
      if (Math.min(query.size, setSize) >= needed(query.size, setSize, query.bar)) {
        this.#compare(query, set, setSize, 0, query.bar)
      }
    }
  }

  /** Offers the set if it is at least as similar as wanted; none of its tokens before `place` was asked for. */
  #compare(query: Query, set: number, setSize: number, place: number, wanted: number): void {
    const least = needed(query.size, setSize, wanted)
    const signatures = this.#signatures.values
    const differ = ones(signatures[2 * set]! ^ query.low) + ones(signatures[2 * set + 1]! ^ query.high)
    // Mostly this says it, and nothing else of the set, all over memory, has to be fetched.
    if (query.known.length + setSize - differ < 2 * least) return
    if (this.#met.values[set] === query.search) return
    const tokens = this.#tokens.values
    const asked = this.#asked.values
    const start = this.#starts.values[set]!
    let shared = setSize - place
    for (let at = start + place; at < start + setSize; at++) {
      // The rarest come first, and so do the misses.
      if (asked[tokens[at]!] !== query.search && --shared < least) return
    }
    const union = query.size + setSize - shared
    this.#meet(query, set, union === 0 ? 1 : shared / union)
  }

  #meet(query: Query, set: number, similarity: number): void {
    this.#met.values[set] = query.search
    if (similarity >= query.bar) query.bar = Math.max(query.bar, query.offer(set, similarity))
  }

  #post(token: number, size: number, place: number, set: number): void {
    const list = List.length * this.#triples.add(token, size, place)
    if (list === this.#lists.length) {
      for (const value of [size, place, -1, 0, this.#tokenLists.values[token]!]) this.#lists.push(value)
      this.#tokenLists.values[token] = list
    }
    const posting = this.#postings.push(set)
    this.#postings.push(this.#lists.values[list + List.latest]!)
    this.#lists.values[list + List.latest] = posting
    this.#lists.values[list + List.count]!++
  }

  #know(token: number): void {
    while (this.#asked.length <= token) {
      this.#asked.push(0)
      this.#tokenLists.push(-1)
    }
  }

  /** By insertion: sets are small, and this runs for each of a million. */
  #byRarity(tokens: readonly number[]): number[] {
    const sorted = [...tokens]
    for (let i = 1; i < sorted.length; i++) {
      const token = sorted[i]!
      const rank = this.#rank(token)
      let at = i - 1
      while (at >= 0 && this.#rank(sorted[at]!) > rank) sorted[at + 1] = sorted[at--]!
      sorted[at + 1] = token
    }
    return sorted
  }

  #rank(token: number): number {
    return token < this.#ranks.length ? this.#ranks[token]! : -token
  }

  #slot(sorted: readonly number[], hash: number): number {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const set = this.#slots[slot]! - 1
      if (set < 0 || (this.#hashes.values[set] === hash && this.#holds(set, sorted))) return slot
      slot = (slot + 1) & mask
    }
  }

  #holds(set: number, sorted: readonly number[]): boolean {
    const start = this.#starts.values[set]!
    if (this.#starts.values[set + 1]! - start !== sorted.length) return false
    for (let i = 0; i < sorted.length; i++) if (this.#tokens.values[start + i] !== sorted[i]) return false
    return true
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    const mask = slots.length - 1
    for (let set = 0; set < this.sets; set++) {
      let slot = this.#hashes.values[set]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = set + 1
    }
    this.#slots = slots
  }
}

interface PromisingList {
  readonly list: number
  readonly setSize: number
  readonly place: number
  /** How many tokens its sets and the query share at most. */
  readonly most: number
}

interface Query {
  /** The rarest first. */
  readonly known: readonly number[]
  readonly size: number
  readonly low: number
  readonly high: number
  readonly search: number
  readonly offer: Offer
  bar: number
}

/**
 * 64 bits, each the parity of how many of the tokens fall on it: those that two sets share cancel out, so that their
 * signatures differ in no more bits than the sets do in tokens.
 */
function signature(tokens: readonly number[]): readonly [low: number, high: number] {
  let [low, high] = [0, 0]
  for (const token of tokens) {
    // Tokens that were first met together have neighbouring numbers, and so bits of their own.
    if ((token & 32) === 0) low ^= 1 << token
    else high ^= 1 << token
  }
  return [low, high]
}

/** How many of 32 bits are set. */
function ones(bits: number): number {
  let counts = bits - ((bits >>> 1) & 0x55555555)
  counts = (counts & 0x33333333) + ((counts >>> 2) & 0x33333333)
  return Math.imul((counts + (counts >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** How many tokens two sets of these sizes must share to be so similar, but for rounding. */
function needed(sizeA: number, sizeB: number, similarity: number): number {
  return (similarity / (1 + similarity)) * (sizeA + sizeB) - SLACK
}

function hashOf(sorted: readonly number[]): number {
  let hash = sorted.length
  for (const token of sorted) hash = Math.imul(hash ^ token, 0x9e3779b1) ^ (hash >>> 15)
  return hash ^ (hash >>> 13)
}
