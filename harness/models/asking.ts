import type { ModelCall, ModelFault, ModelPurpose } from '../contracts.ts'
import type { Completion } from './completion.ts'
import type { ModelClient, Question } from './model-client.ts'
import { UnusableAnswer } from './unusable-answer.ts'

/** What was read out of an answer, with what the call's record says of it. */
export interface Reading<T> {
  readonly value: T
  readonly labelMass?: number
  readonly missing?: number
  readonly strangers?: number
}

/** The questions of one turn, or of one other occasion, and the record of each. */
export class Asking {
  readonly #client: ModelClient
  readonly #place: string
  readonly #purpose: ModelPurpose
  readonly #mayFail: boolean
  readonly #calls: ModelCall[] = []

  /** `place` and `mayFail`: as in `Question`. */
  constructor(client: ModelClient, place: string, purpose: ModelPurpose, mayFail = false) {
    this.#client = client
    this.#place = place
    this.#purpose = purpose
    this.#mayFail = mayFail
  }

  get calls(): readonly ModelCall[] {
    return this.#calls
  }

  get place(): string {
    return this.#place
  }

  /** Throws `UnusableAnswer`, its call recorded with the fault, and what `ModelClient.ask` throws. */
  async ask<T>(
    { path, body }: Pick<Question, 'path' | 'body'>,
    read: (completion: Completion) => Reading<T>,
  ): Promise<T> {
    const { content, ...spent } = await this.#client.ask({ path, body, place: this.#place, mayFail: this.#mayFail })
    const record = { model: this.#client.model, purpose: this.#purpose, ...spent }
    const silent = { labelMass: null, missing: 0, strangers: 0, disagreement: null }
    try {
      if (content instanceof UnusableAnswer) throw content
      const { value, ...about } = read(content)
      this.#calls.push({ ...record, ...silent, ...about, fault: null })
      return value
    } catch (error) {
      if (error instanceof UnusableAnswer) this.#calls.push({ ...record, ...silent, fault: error.fault })
      throw error
    }
  }

  /** All that was answered is of no use: said with each call of which it was not said yet. */
  recordFault(fault: ModelFault): void {
    for (const [index, call] of this.#calls.entries()) this.#calls[index] = { ...call, fault: call.fault ?? fault }
  }

  /** Said of the turn as a whole, with its last call. */
  recordDisagreement(disagreement: number): void {
    const last = this.#calls.pop()
    if (last) this.#calls.push({ ...last, disagreement })
  }
}
