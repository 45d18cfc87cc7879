import type { ModelCall, Notes, Prior, PriorScores, TextModel, View } from './contracts.ts'

interface PlacedCall {
  readonly call: ModelCall
  /** Episode and turn in which it was made, `3.14`, or another occasion of the episode: `3.end`. */
  readonly place: string
}

/** Any prior, with its model calls kept until the episode loop takes them for the event log. */
export class MeteredPrior implements Prior {
  readonly #prior: Prior
  #calls: readonly PlacedCall[] = []

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
    this.note(scores.calls, `${view.episode}.${view.turn}`)
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
        this.note(written.calls, request.place)
        return written
      },
    }
  }

  note(calls: readonly ModelCall[], place: string): void {
    this.#calls = [...this.#calls, ...calls.map((call) => ({ call, place }))]
  }

  /** The calls since the last time this was asked. */
  takeCalls(): readonly ModelCall[] {
    const calls = this.#calls
    this.#calls = []
    return calls.map(({ call }) => call)
  }

  /** Of those calls the ones made in the course of an episode, not at the end of one of that number in some run. */
  takeCallsDuring(episode: number): readonly ModelCall[] {
    this.#calls = this.#calls.filter(({ place }) => place.startsWith(`${episode}.`) && place !== `${episode}.end`)
    return this.takeCalls()
  }
}
