import { Chains } from './chains.ts'
import { GrowingArray, ints } from './growing-array.ts'
import { Triples } from './triples.ts'

/** How a step ended: the story went on, or ended, won or not. */
type Ending = 'open' | 'victory' | 'death'

/** What is remembered of one command in one situation that led to one other, all by their numbers. */
export interface Edge {
  readonly action: number
  readonly next: number
  readonly ending: Ending
  readonly visits: number
  readonly reward: number
  /** Steps, the newest first. */
  readonly latest: readonly number[]
}

export interface IndexedTransition {
  readonly situation: number
  readonly action: number
  readonly next: number
  readonly ending: Ending
  readonly reward: number
}

const ENDINGS: readonly Ending[] = ['open', 'victory', 'death']

/** Counts, rewards and successors of every command in every situation, kept up to date step by step. */
export class TransitionIndex {
  /** A situation, an action, and the successor with how it ended: 3 * next + ending. */
  readonly #edges = new Triples()
  readonly #visits = ints()
  readonly #rewards = new GrowingArray(Float64Array)
  readonly #steps = new Chains()
  /** The edges of a situation. */
  readonly #bySituation = new Map<number, number[]>()

  /** Adds a step, newer than all before. */
  add(step: number, transition: IndexedTransition): void {
    const { situation, reward } = transition
    const edge = this.edge(transition)
    if (edge === this.#visits.length) {
      this.#visits.push(0)
      this.#rewards.push(0)
      const edges = this.#bySituation.get(situation)
      if (edges === undefined) this.#bySituation.set(situation, [edge])
      else edges.push(edge)
    }
    this.#visits.values[edge]!++
    this.#rewards.values[edge]! += reward
    this.#steps.add(edge, step)
  }

  /** The number of what the transition is one case of. */
  edge({ situation, action, next, ending }: IndexedTransition): number {
    return this.#edges.add(situation, action, 3 * next + ENDINGS.indexOf(ending))
  }

  /** Takes out the steps of an edge that are not kept; its reward is summed anew, as sums of fractions cannot be undone. */
  forget(edge: number, kept: (step: number) => boolean, rewardOf: (step: number) => number): void {
    this.#steps.filter(edge, kept)
    const steps = this.#newest(edge, Number.POSITIVE_INFINITY)
    this.#visits.values[edge] = steps.length
    this.#rewards.values[edge] = steps.reduceRight((sum, step) => sum + rewardOf(step), 0)
  }

  /** Every situation in which something was done. */
  situations(): readonly number[] {
    return [...this.#bySituation]
      .filter(([, edges]) => edges.some((edge) => this.#visits.values[edge]! > 0))
      .map(([situation]) => situation)
  }

  /** What was done in a situation and what came of it, the latest done first; of each at most `latest` steps. */
  edges(situation: number, latest: number): readonly Edge[] {
    const edges = (this.#bySituation.get(situation) ?? []).filter((edge) => this.#visits.values[edge]! > 0)
    const newestFirst = edges.sort((a, b) => this.#steps.newest(b) - this.#steps.newest(a))
    return newestFirst.map((edge) => ({
      action: this.#edges.second(edge),
      next: Math.floor(this.#edges.third(edge) / 3),
      ending: ENDINGS[this.#edges.third(edge) % 3]!,
      visits: this.#visits.values[edge]!,
      reward: this.#rewards.values[edge]!,
      latest: this.#newest(edge, latest),
    }))
  }

  #newest(edge: number, count: number): readonly number[] {
    const steps: number[] = []
    for (let step = this.#steps.newest(edge); step >= 0 && steps.length < count; step = this.#steps.older(step)) {
      steps.push(step)
    }
    return steps
  }
}
