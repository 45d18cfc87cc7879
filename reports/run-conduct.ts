import { type ModelCall, modelCallsOf, type RunEvent } from '../harness/index.ts'

/** What a run did, beside the points it made. Turns that a person took are counted as steps and as nothing else. */
export interface RunConduct {
  readonly steps: number
  /** Steps whose command a person gave. */
  readonly personSteps: number
  /** How often a person had another policy go on. */
  readonly policyChanges: number
  /** Commands of the policy that were not among the valid ones it was offered. */
  readonly invalid: number
  /** Distinct names of rooms that it was in. */
  readonly rooms: number
  /** Turns on which the policy chose otherwise than its base policy would have with the same draw. */
  readonly flips: number
  /** Points earned by the commands of those turns, on the turn itself. */
  readonly flipPoints: number
  /** Points earned on all other turns of the policy. */
  readonly otherPoints: number
  /**
   * TALES's measure: the highest score seen within the run's first 100 steps, episodes one after another; null where
   * the story shows none.
   */
  readonly bestIn100: number | null
  /** Those of the probe among them. */
  readonly modelCalls: number
  readonly promptTokens: number
  readonly completionTokens: number
  readonly retries: number
  /** Tokens that had to be paid for, no equal question having been answered before, by the model's name. */
  readonly paid: Readonly<Record<string, Tokens>>
}

interface Tokens {
  readonly promptTokens: number
  readonly completionTokens: number
}

/** Counts a run's events as they pass. */
export class ConductCounter {
  readonly #rooms = new Set<string>()
  #steps = 0
  #personSteps = 0
  #policyChanges = 0
  #invalid = 0
  #flips = 0
  #flipPoints = 0
  #otherPoints = 0
  #best: number | null = null
  #calls = { modelCalls: 0, promptTokens: 0, completionTokens: 0, retries: 0 }
  readonly #paid = new Map<string, Tokens>()
  #offered: readonly string[] = []
  /** How the turn at hand was decided. */
  #turn: 'followed' | 'flipped' | 'by a person' = 'by a person'

  take(event: RunEvent): void {
    for (const call of modelCallsOf(event)) this.#call(call)
    switch (event.type) {
      case 'observed':
        this.#observe(event.observation)
        this.#offered = event.validActions
        break
      case 'decided':
        this.#turn = event.decision.chosen === event.decision.staticChoice ? 'followed' : 'flipped'
        break
      case 'intervened':
        if (event.doing.type === 'command') this.#turn = 'by a person'
        else this.#policyChanges++
        break
      case 'stepped':
        this.#step(event.command, event.reward)
        break
    }
  }

  result(): RunConduct {
    return {
      steps: this.#steps,
      personSteps: this.#personSteps,
      policyChanges: this.#policyChanges,
      invalid: this.#invalid,
      rooms: this.#rooms.size,
      flips: this.#flips,
      flipPoints: this.#flipPoints,
      otherPoints: this.#otherPoints,
      bestIn100: this.#best,
      ...this.#calls,
      paid: Object.fromEntries(this.#paid),
    }
  }

  #observe({ location, score }: { readonly location: string | null; readonly score: number | null }): void {
    if (location !== null) this.#rooms.add(location)
    if (score !== null && this.#steps <= 100) this.#best = Math.max(score, this.#best ?? score)
  }

  #call({ model, promptTokens, completionTokens, retries, cached }: ModelCall): void {
    if (!cached) {
      const before = this.#paid.get(model) ?? { promptTokens: 0, completionTokens: 0 }
      this.#paid.set(model, {
        promptTokens: before.promptTokens + promptTokens,
        completionTokens: before.completionTokens + completionTokens,
      })
    }
    this.#calls = {
      modelCalls: this.#calls.modelCalls + 1,
      promptTokens: this.#calls.promptTokens + promptTokens,
      completionTokens: this.#calls.completionTokens + completionTokens,
      retries: this.#calls.retries + retries,
    }
  }

  #step(command: string, reward: number): void {
    this.#steps++
    if (this.#turn === 'by a person') {
      this.#personSteps++
      return
    }
    if (!this.#offered.includes(command)) this.#invalid++
    if (this.#turn === 'flipped') {
      this.#flips++
      this.#flipPoints += reward
    } else {
      this.#otherPoints += reward
    }
    this.#turn = 'by a person'
  }
}
