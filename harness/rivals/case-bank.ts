import type { ExperienceStore, Recollection } from '../../memory/index.ts'
import type { View } from '../contracts.ts'
import type { Estimate } from '../tilt.ts'
import type { Notebook } from './noted-policy.ts'

export type CaseParameters = {
  /** Cases retrieved at most. */
  readonly k: number
  /** Least similarity of a case, 0 to 1. */
  readonly threshold: number
  readonly gamma: number
}

export const caseParameters: CaseParameters = { k: 8, threshold: 0.5, gamma: 0.9 }
export const voteParameters: CaseParameters & { readonly beta: number } = { ...caseParameters, k: 16, beta: 3 }

/** How many cases a candidate shows as its reasons. */
const shownEvidence = 3

/**
 * Memento's case bank (arXiv 2508.16153), without its trained selection: the most similar remembered cases, good and
 * bad, with what they came to.
 */
export class CaseBank implements Notebook {
  readonly #store: ExperienceStore
  readonly #parameters: CaseParameters

  constructor(store: ExperienceStore, parameters: CaseParameters) {
    this.#store = store
    this.#parameters = parameters
  }

  /** Nothing: the memory that the run keeps anyway is the bank. */
  learn(): void {}

  consult(view: View) {
    const cases = this.#store.recall(view.state.tokens, this.#parameters)
    const lines = cases.map(
      ({ action, similarity, return: total }) =>
        `${action}: ${total > 0 ? `earned ${points(total)} from then on` : total < 0 ? `cost ${points(-total)} from then on` : 'earned nothing from then on'} (likeness ${similarity.toFixed(2)})`,
    )
    const note = { title: 'What you did in situations like this one, and what it came to', lines }
    return {
      notes: { standing: [], current: lines.length === 0 ? [] : [note] },
      estimate: caseEstimate(view.validActions, cases, () => 0),
    }
  }
}

/** The form without a model: every case votes for its command with similarity x return; A = votes / max|votes|. */
export class CaseVote {
  readonly #store: ExperienceStore
  readonly #parameters: CaseParameters

  constructor(store: ExperienceStore, parameters: CaseParameters) {
    this.#store = store
    this.#parameters = parameters
  }

  begin(): void {}

  estimate(view: View): Estimate {
    const cases = this.#store.recall(view.state.tokens, this.#parameters)
    const votes = view.validActions.map((action) => votesFor(action, cases))
    const most = votes.reduce((largest, vote) => Math.max(largest, Math.abs(vote)), 0)
    return caseEstimate(view.validActions, cases, (index) => (most === 0 ? 0 : votes[index]! / most))
  }

  observe(): void {}

  end(): void {}
}

function votesFor(action: string, cases: readonly Recollection[]): number {
  return cases.reduce((sum, { similarity, ...it }) => sum + (it.action === action ? similarity * it.return : 0), 0)
}

function caseEstimate(
  actions: readonly string[],
  cases: readonly Recollection[],
  advantage: (index: number) => number,
): Estimate {
  return {
    value: mean(cases) ?? 0,
    actions: actions.map((action, index) => {
      const own = cases.filter((past) => past.action === action)
      const evidence = own.slice(0, shownEvidence).map(({ run, episode, turn, similarity, return: total }) => {
        return { type: 'neighbour' as const, run, episode, turn, similarity, return: total }
      })
      return { visits: own.length, q: mean(own), advantage: advantage(index), evidence }
    }),
    neighbours: cases.map(({ run, episode, turn, action, similarity, return: total }) => {
      return { run, episode, turn, action, similarity, return: total }
    }),
  }
}

function mean(cases: readonly Recollection[]): number | null {
  return cases.length === 0 ? null : cases.reduce((sum, past) => sum + past.return, 0) / cases.length
}

function points(number: number): string {
  return `${Number(number.toFixed(1))} points`
}
