import { type ModelCall, modelCallsOf, type RunEvent } from '../harness/index.ts'
import { printable } from './reported-run.ts'

/** How a run's model was asked, and how far its answers were of use. Each list has a number per call of a turn that gave it. */
export interface ModelAnswers {
  /** The way it was asked, as probed at the start, and the better ways that would not do; null where none was. */
  readonly probed: { readonly rung: string; readonly rejected: readonly string[] } | null
  /** Those of the probe among them, here and in all counts. */
  readonly calls: number
  readonly cached: number
  /** Probability that fell on the offered labels, 0 to 1. */
  readonly labelMass: readonly number[]
  /** Offered options that an answer left out, over all calls. */
  readonly missing: number
  /** Commands named that were not offered. */
  readonly strangers: number
  /** Total variation between what two orders of the same options gave, 0 to 1. */
  readonly disagreement: readonly number[]
  /** How many answers could not be used, by why. */
  readonly faults: Readonly<Record<string, number>>
}

/** Gathers, of a run's events, what the model's calls tell of themselves. */
export class AnswerCounter {
  readonly #labelMass: number[] = []
  readonly #disagreement: number[] = []
  readonly #faults = new Map<string, number>()
  #probed: ModelAnswers['probed'] = null
  #calls = 0
  #cached = 0
  #missing = 0
  #strangers = 0

  take(event: RunEvent): void {
    for (const call of modelCallsOf(event)) this.#count(call)
    if (event.type === 'model-called') this.#judge(event.call)
    else if (event.type === 'model-probed') {
      const rejected = event.rejected.map(({ rung, reason }) => printable(`${rung}: ${reason}`))
      this.#probed = { rung: printable(event.rung), rejected }
    }
  }

  result(): ModelAnswers {
    return {
      probed: this.#probed,
      calls: this.#calls,
      cached: this.#cached,
      labelMass: this.#labelMass,
      missing: this.#missing,
      strangers: this.#strangers,
      disagreement: this.#disagreement,
      faults: Object.fromEntries(this.#faults),
    }
  }

  #count({ missing, strangers, fault, cached }: ModelCall): void {
    this.#calls++
    if (cached) this.#cached++
    this.#missing += missing
    this.#strangers += strangers
    if (fault !== null) this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1)
  }

  /** The probe asks in ways that it rejects as well: nothing was played by their distributions. */
  #judge({ labelMass, disagreement }: ModelCall): void {
    if (labelMass !== null) this.#labelMass.push(labelMass)
    if (disagreement !== null) this.#disagreement.push(disagreement)
  }
}
