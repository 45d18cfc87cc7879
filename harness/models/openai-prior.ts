import type { ModelCall, Notes, Prior, PriorScores, View } from '../contracts.ts'
import { Asking } from './asking.ts'
import type { ModelClient } from './model-client.ts'
import { ModelError } from './model-error.ts'
import type { Rung } from './rung.ts'
import { UnusableAnswer } from './unusable-answer.ts'

/** Turns of an episode in a row without a usable answer after which a model is given up: chance does not do that. */
const patience = 5

/**
 * A model as base policy, over any server that speaks OpenAI's protocol, by the rung that the probe found. A single
 * command needs no call. A turn whose answers cannot be used is played with every command as likely as the next, and
 * each of its calls says so; `patience` such turns in a row are a `ModelError`, as is a server that cannot be asked.
 */
export class OpenAIPrior implements Prior {
  readonly name: string
  readonly rung: string
  readonly #client: ModelClient
  readonly #rung: Rung
  /** The turn asked about last, and how many in a row were wasted by then. */
  #latest = { episode: 0, turn: 0, wasted: 0 }

  constructor(client: ModelClient, rung: Rung) {
    this.name = `openai:${client.model}`
    this.rung = rung.title
    this.#client = client
    this.#rung = rung
  }

  async score(view: View, notes?: Notes): Promise<PriorScores> {
    const { episode, turn, observation, history, validActions } = view
    if (validActions.length === 1) return { logProbabilities: [0], calls: [] }
    const asking = new Asking(this.#client, `${episode}.${turn}`, 'score')
    try {
      const logProbabilities = await this.#rung.score({ observation, history, validActions, notes }, asking)
      this.#count(view, true)
      return { logProbabilities, calls: asking.calls }
    } catch (error) {
      if (!(error instanceof UnusableAnswer)) throw error
      asking.recordFault(error.fault)
      this.#count(view, false)
      if (this.#latest.wasted >= patience) {
        this.#client.withdraw(asking.place)
        throw new ModelError(
          `${this.#client.model} gave nothing of use ${patience} turns in a row: at last it ${error.message}. Try again, or choose another --model or --rung.`,
        )
      }
      return { logProbabilities: validActions.map(() => -Math.log(validActions.length)), calls: asking.calls }
    }
  }

  relive(call: ModelCall, turn: Pick<View, 'episode' | 'turn'>): void {
    if (call.purpose === 'score') this.#count(turn, call.fault === null)
  }

  /** A turn may be asked about several times, and one answer of use is enough. */
  #count({ episode, turn }: Pick<View, 'episode' | 'turn'>, useful: boolean): void {
    const before = this.#latest.episode === episode ? this.#latest : { turn: 0, wasted: 0 }
    this.#latest = { episode, turn, wasted: useful ? 0 : before.wasted + (before.turn === turn ? 0 : 1) }
  }
}
