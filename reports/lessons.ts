import type { Candidate, Decided, Evidence, RunEvent } from '../harness/index.ts'
import { printable } from './reported-run.ts'

/** Where memory moved the policy furthest: a situation, the command it speaks for, and why. */
export interface Lesson {
  readonly episode: number
  readonly turn: number
  /** `[location][inventory][recent verbs]`. */
  readonly summary: string
  readonly command: string
  /**
   * By how much its logit rose, less the base policy's average of that there: for JitRL beta (A - sum of pi(b) A(b)).
   * Unlike advantages, of which each beta expects another size, it can be compared between policies.
   */
  readonly raised: number
  /** Estimated return in points; null where the estimator gives none. */
  readonly q: number | null
  /** Probabilities before and after what was remembered was added. */
  readonly prior: number
  readonly probability: number
  /** The most telling first: the most similar, or the dearest; at most three. */
  readonly memories: readonly Memory[]
  /** How many there are in all. */
  readonly remembered: number
}

/** A remembered turn. */
export interface Memory {
  readonly episode: number
  readonly turn: number
  /** The name of another run that the memory came from; null for this one. */
  readonly run: string | null
  /** What was done there and what the story answered; null where it was another run. */
  readonly command: string | null
  readonly answer: string | null
  /** The return that was remembered (with how similar the situation was), or the reward of the very transition. */
  readonly worth:
    | { readonly type: 'return'; readonly points: number; readonly similarity: number }
    | { readonly type: 'reward'; readonly points: number }
}

interface Found {
  readonly event: Decided
  readonly candidate: Candidate
  readonly raised: number
}

const KEPT = 12
const MEMORIES = 3

/**
 * Keeps, of a run's decisions, the commands that memory made likelier and whose logits rose most: one for each room and
 * command. Where another was far better, what is better than the average becomes less likely all the same.
 */
export class LessonKeeper {
  readonly #found = new Map<string, Found>()
  readonly #turns = new Map<string, { command: string; answer: string }>()
  #run = ''
  #location: string | null = null
  #command = ''

  take(event: RunEvent): void {
    if (event.type === 'run-started') this.#run = event.run
    else if (event.type === 'stepped') this.#command = event.command
    else if (event.type === 'observed') {
      this.#location = event.observation.location
      if (event.turn > 0) {
        const told = { command: this.#command, answer: event.observation.text }
        this.#turns.set(keyOf(event.episode, event.turn), told)
      }
    } else if (event.type === 'decided') this.#weigh(event)
  }

  result(): readonly Lesson[] {
    return [...this.#found.values()]
      .sort((a, b) => b.raised - a.raised || (b.candidate.q ?? 0) - (a.candidate.q ?? 0))
      .slice(0, KEPT)
      .map((found) => this.#lesson(found))
  }

  #weigh(event: Decided): void {
    const { candidates } = event.decision
    if (candidates.every(({ evidence }) => evidence.length === 0)) return
    // Logits rise by other things as well, as by what a model reads: only advantages are of memory alone.
    const average = averageOf(candidates, ({ advantage }) => advantage)
    const averageRise = averageOf(candidates, riseOf)
    for (const candidate of candidates) {
      const { evidence, probability, prior, advantage } = candidate
      if (evidence.length === 0 || probability <= prior || advantage <= average) continue
      const raised = riseOf(candidate) - averageRise
      const key = JSON.stringify([this.#location, candidate.action])
      if (raised > (this.#found.get(key)?.raised ?? 0)) this.#found.set(key, { event, candidate, raised })
    }
  }

  #lesson({ event: { episode, turn, decision }, candidate, raised }: Found): Lesson {
    const { action, q, prior, probability, evidence } = candidate
    const memories = evidence.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MEMORIES)
    return {
      episode,
      turn,
      summary: printable(decision.state.summary),
      command: printable(action),
      raised,
      q,
      prior,
      probability,
      memories: memories.map((one) => this.#memory(one)),
      remembered: evidence.length,
    }
  }

  #memory(evidence: Evidence): Memory {
    const { episode, turn } = evidence
    const own = evidence.run === this.#run
    const told = own ? this.#turns.get(keyOf(episode, turn)) : undefined
    return {
      episode,
      turn,
      run: own ? null : printable(evidence.run),
      command: told === undefined ? null : printable(told.command),
      answer: told === undefined ? null : printable(told.answer),
      worth:
        evidence.type === 'neighbour'
          ? { type: 'return', points: evidence.return, similarity: evidence.similarity }
          : { type: 'reward', points: evidence.reward },
    }
  }
}

/** Over the base policy. */
function averageOf(candidates: readonly Candidate[], number: (candidate: Candidate) => number): number {
  return candidates.reduce((sum, candidate) => sum + candidate.prior * number(candidate), 0)
}

function riseOf({ adjusted, logit }: Candidate): number {
  return adjusted - logit
}

function weightOf(evidence: Evidence): number {
  return evidence.type === 'neighbour' ? evidence.similarity : Math.abs(evidence.reward)
}

function keyOf(episode: number, turn: number): string {
  return `${episode}/${turn}`
}
