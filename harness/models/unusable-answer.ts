import type { ModelFault } from '../contracts.ts'

/**
 * One answer that says nothing about what was asked. The turn goes on without it; `message` goes on from the model's
 * name: "gave an empty answer".
 */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer'
  readonly fault: ModelFault

  constructor(fault: ModelFault, message: string) {
    super(message)
    this.fault = fault
  }
}
