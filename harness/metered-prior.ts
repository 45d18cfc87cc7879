import type { ModelCall, Notes, Prior, PriorScores, TextModel, View } from './contracts.ts'

/** Any prior, with its model calls kept until the episode loop takes them for the event log. */
export class MeteredPrior implements Prior {
  readonly #prior: Prior
  #calls: readonly ModelCall[] = []

  constructor(prior: Prior) {
    this.#prior = prior
  }

  get name(): string {
    return this.#prior.name
  }

  get rung(): string {
    return this.#prior.rung
  }

  async score(view: View, notes?: Notes): Promise<PriorScores> {
    const scores = await this.#prior.score(view, notes)
    this.note(scores.calls)
    return scores
  }

  relive(call: ModelCall, turn: Pick<View, 'episode' | 'turn'>): void {
    this.#prior.relive?.(call, turn)
  }

  /** The same model, its calls kept with the prior's. */
  metered(model: TextModel): TextModel {
    return {
      name: model.name,
      write: async (request) => {
        const written = await model.write(request)
        this.note(written.calls)
        return written
      },
    }
  }

  note(calls: readonly ModelCall[]): void {
    this.#calls = [...this.#calls, ...calls]
  }

  /** The calls since the last time this was asked. */
  takeCalls(): readonly ModelCall[] {
    const calls = this.#calls
    this.#calls = []
    return calls
  }
}
