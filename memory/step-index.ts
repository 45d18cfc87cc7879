import { Chains } from './chains.ts'
import type { RewardedStep } from './experience-store.ts'
import { GrowingArray, ints } from './growing-array.ts'
import { JaccardIndex } from './jaccard-index.ts'
import { DamageError } from './memory-error.ts'
import { NearestSteps, type NearStep } from './nearest-steps.ts'
import { type Edge, type IndexedTransition, TransitionIndex } from './transition-index.ts'

/** A finished episode by its numbers; later than all before. */
export interface IndexedEpisode {
  readonly id: number
  readonly run: string
  /** Its number within the run. */
  readonly episode: number
  readonly victory: boolean
  /** That of every step, and last the one in which the episode ended. Empty when the episode was forgotten. */
  readonly states: readonly number[]
  readonly actions: readonly number[]
  readonly rewards: readonly number[]
  /** Positions of the steps that ended the story. */
  readonly ends: readonly number[]
}

export interface RecallQuery {
  /** The tokens that are known, each once. */
  readonly tokens: readonly number[]
  /** How many tokens there are, those included that are not known. */
  readonly size: number
  readonly k: number
  readonly threshold: number
  readonly perEpisode: number
}

interface Place extends Pick<IndexedEpisode, 'id' | 'run' | 'episode' | 'victory'> {
  /** How many episodes of the index were stored before, forgotten ones included. */
  readonly order: number
  /** Whether its steps are recalled. */
  readonly inScope: boolean
  /** Its steps are those from `first` to before `end`; at `end` stands the state in which it ended. */
  readonly first: number
  readonly end: number
}

/** All steps of a memory in typed arrays, found by the similarity of their states and by their situations. */
export class StepIndex {
  readonly #sets: JaccardIndex
  readonly #steps = new Chains()
  /** For each state its set of tokens (-1: no such state), its situation, and how often an episode names it. */
  readonly #setOf = ints()
  readonly #situationOf = ints()
  readonly #named = ints()
  /** For each token how many sets that have steps hold it. */
  readonly #held = ints()
  /** For each step; the state in which an episode ended stands behind its steps. */
  readonly #states = ints()
  readonly #actions = ints()
  readonly #rewards = new GrowingArray(Float64Array)
  readonly #ends = new GrowingArray(Uint8Array)
  /** Position in #episodes, -1 once it is forgotten. */
  readonly #episodeOf = ints()
  readonly #episodes: Place[] = []
  readonly #positions = new Map<number, number>()
  #transitions: TransitionIndex | undefined
  #tokens = 0
  #finished = 0
  #all = 0
  #forgotten = 0
  #live = 0

  /** `frequencies[t]`: in how many of the states to come token t will be, as far as is known. */
  constructor(frequencies: ArrayLike<number> = []) {
    this.#sets = new JaccardIndex(frequencies)
  }

  /** Steps that can be recalled. */
  get steps(): number {
    return this.#live
  }

  /** Steps of all episodes, in scope or not. */
  get allSteps(): number {
    return this.#all
  }

  /** Episodes that are not forgotten, in scope or not. */
  get remembered(): number {
    return this.#positions.size
  }

  /** Distinct tokens of their states. */
  get tokens(): number {
    return this.#tokens
  }

  /** More is held for what was forgotten than for what is remembered: time to build the index anew. */
  get isSparse(): boolean {
    return this.#forgotten > 1000 && 2 * this.#forgotten > this.#states.length
  }

  addState(state: number, situation: number, tokens: readonly number[]): void {
    while (this.#setOf.length <= state) {
      this.#setOf.push(-1)
      this.#situationOf.push(-1)
      this.#named.push(0)
    }
    this.#setOf.values[state] = this.#sets.add(tokens)
    this.#situationOf.values[state] = situation
  }

  /** Adds a finished episode; its steps are recalled only when it is in scope. */
  addEpisode(added: IndexedEpisode, inScope: boolean): void {
    const { id, run, episode, victory, states, actions, rewards, ends } = added
    // All that can fail comes first, so that an episode is in the index whole or not at all.
    for (const state of states) {
      if ((this.#setOf.values[state] ?? -1) < 0) throw new DamageError(`episode ${id} names a state that is not there`)
    }
    const first = this.#states.length
    const position = this.#episodes.length
    for (const [at, state] of states.entries()) {
      const step = this.#states.push(state)
      this.#named.values[state]!++
      this.#episodeOf.push(position)
      this.#actions.push(actions[at] ?? -1)
      this.#rewards.push(rewards[at] ?? 0)
      this.#ends.push(0)
      if (inScope && at < states.length - 1) this.#link(step)
    }
    for (const at of ends) this.#ends.values[first + at] = 1
    const end = Math.max(first, this.#states.length - 1)
    this.#all += end - first
    // A forgotten one has a place, for the age of the others, but nothing to be found or forgotten once more.
    if (states.length > 0) this.#positions.set(id, position)
    this.#episodes.push({ id, run, episode, victory, order: this.#finished, inScope, first, end })
    if (inScope) this.#finished++
    if (inScope && this.#transitions !== undefined) this.#addTransitions(this.#transitions, position)
  }

  /** The states, with their situations, that nothing but these episodes names. */
  namedOnlyBy(ids: readonly number[]): readonly { readonly state: number; readonly situation: number }[] {
    const counts = new Map<number, number>()
    for (const id of ids) for (const state of this.#statesOf(id)) counts.set(state, (counts.get(state) ?? 0) + 1)
    return [...counts]
      .filter(([state, count]) => count === this.#named.values[state])
      .map(([state]) => ({ state, situation: this.#situationOf.values[state]! }))
  }

  /** How many steps the episode has. */
  lengthOf(id: number): number {
    return Math.max(0, this.#statesOf(id).length - 1)
  }

  /** The ids of the remembered episodes in scope, in the order they were stored. */
  episodes(): readonly number[] {
    return this.#episodes
      .filter(({ id, inScope }, position) => inScope && this.#positions.get(id) === position)
      .map(({ id }) => id)
  }

  forgetEpisode(id: number): void {
    const position = this.#positions.get(id)
    if (position === undefined) return
    const { first, end, inScope } = this.#episodes[position]!
    const states = this.#statesOf(id)
    const steps = inScope ? Array.from({ length: end - first }, (_, turn) => first + turn) : []
    const transitions = this.#transitions
    const edges = transitions && new Set(steps.map((step) => transitions.edge(this.#transition(step))))
    for (const state of states) this.#named.values[state]!--
    this.#episodeOf.values.fill(-1, first, first + states.length)
    this.#positions.delete(id)
    this.#forgotten += states.length
    this.#all -= end - first
    this.#live -= steps.length

    const kept = (step: number) => this.#episodeOf.values[step]! >= 0
    for (const set of new Set(steps.map((step) => this.#setOf.values[this.#states.values[step]!]!))) {
      this.#steps.filter(set, kept)
      if (this.#steps.newest(set) < 0) this.#countTokens(set, -1)
    }
    for (const edge of edges ?? []) transitions?.forget(edge, kept, (step) => this.#rewards.values[step]!)
  }

  /** The steps that `ExperienceStore.recall` promises, in its order. */
  recall({ tokens, size, k, threshold, perEpisode }: RecallQuery): readonly NearStep[] {
    if (k < 1 || perEpisode < 1) return []
    const nearest = new NearestSteps(k, threshold, perEpisode, (step) => this.#episodeOf.values[step]!)
    this.#sets.search(tokens, size, threshold, (set, similarity) => {
      this.#offer(nearest, set, similarity, k, perEpisode)
      return nearest.bar
    })
    return nearest.bestFirst()
  }

  /** What the index knows of a step; `id` is that of its episode. */
  step(step: number) {
    const { id, run, episode, order, first } = this.#episodes[this.#episodeOf.values[step]!]!
    return {
      id,
      run,
      episode,
      turn: step - first + 1,
      state: this.#states.values[step]!,
      action: this.#actions.values[step]!,
      reward: this.#rewards.values[step]!,
      terminated: this.#ends.values[step] === 1,
      /** How many episodes were stored since. */
      age: this.#finished - 1 - order,
    }
  }

  /** A step and what followed it in its episode, at most `horizon` steps, as rewards are looked at. */
  *following(step: number, horizon: number): Iterable<RewardedStep> {
    const { victory, first, end } = this.#episodes[this.#episodeOf.values[step]!]!
    for (let at = step; at < Math.min(end, step + horizon); at++) {
      const [reward, terminated] = [this.#rewards.values[at]!, this.#ends.values[at] === 1]
      yield { turn: at - first + 1, reward, terminated, victory, last: at === end - 1 }
    }
  }

  /** The transitions of the steps that can be recalled. */
  transitionsOf(situation: number, latest: number): readonly Edge[] {
    return this.#builtTransitions().edges(situation, latest)
  }

  situations(): readonly number[] {
    return this.#builtTransitions().situations()
  }

  /** Built when first asked for: not every learner backs values up. */
  #builtTransitions(): TransitionIndex {
    if (this.#transitions !== undefined) return this.#transitions
    const transitions = new TransitionIndex()
    for (const [position, { id, inScope }] of this.#episodes.entries()) {
      if (inScope && this.#positions.get(id) === position) this.#addTransitions(transitions, position)
    }
    this.#transitions = transitions
    return transitions
  }

  #statesOf(id: number): Int32Array {
    const position = this.#positions.get(id)
    if (position === undefined) return new Int32Array()
    const { first, end } = this.#episodes[position]!
    return this.#states.values.subarray(first, Math.min(end + 1, this.#states.length))
  }

  #addTransitions(transitions: TransitionIndex, position: number): void {
    const { first, end } = this.#episodes[position]!
    for (let step = first; step < end; step++) transitions.add(step, this.#transition(step))
  }

  #transition(step: number): IndexedTransition {
    const { victory } = this.#episodes[this.#episodeOf.values[step]!]!
    const situationAt = (at: number) => this.#situationOf.values[this.#states.values[at]!]!
    return {
      situation: situationAt(step),
      action: this.#actions.values[step]!,
      next: situationAt(step + 1),
      ending: this.#ends.values[step] === 0 ? 'open' : victory ? 'victory' : 'death',
      reward: this.#rewards.values[step]!,
    }
  }

  /** No more than `k` steps of one set, and of one episode no more than `perEpisode`, can be among the nearest. */
  #offer(nearest: NearestSteps, set: number, similarity: number, k: number, perEpisode: number): void {
    let [taken, episode, ofEpisode] = [0, -1, 0]
    for (let step = this.#steps.newest(set); step >= 0 && taken < k; step = this.#steps.older(step)) {
      const itsEpisode = this.#episodeOf.values[step]!
      ofEpisode = itsEpisode === episode ? ofEpisode + 1 : 1
      episode = itsEpisode
      if (ofEpisode > perEpisode) continue
      nearest.offer(step, similarity)
      taken++
    }
  }

  #link(step: number): void {
    const set = this.#setOf.values[this.#states.values[step]!]!
    if (this.#steps.newest(set) < 0) this.#countTokens(set, 1)
    this.#steps.add(set, step)
    this.#live++
  }

  #countTokens(set: number, change: 1 | -1): void {
    for (const token of this.#sets.tokensOf(set)) {
      while (this.#held.length <= token) this.#held.push(0)
      const before = this.#held.values[token]!
      this.#held.values[token] = before + change
      if (before === 0 || before + change === 0) this.#tokens += change
    }
  }
}
