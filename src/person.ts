import {
  ChangeablePolicy,
  type Intervened,
  type Interventions,
  type Overrides,
  overridesOf,
  type Policy,
  type PolicyInfo,
} from '../harness/index.ts'
import type { Doing } from './tui/turn-gate.ts'

type OpenPolicy = (name: string, parameters: Overrides) => Promise<Policy>

/** Somebody who watches a run and may take a turn, or change who decides. */
export class Person implements Interventions {
  #waiting: Doing[] = []
  #deciding: ChangeablePolicy | null = null
  #open: OpenPolicy | null = null

  /** Hears of what is to be done at the next turn. */
  does(doing: Doing): void {
    this.#waiting.push(doing)
  }

  /** The policy that this person can change: the run's own, or the one that was in force when it was broken off. */
  async sitsBeside(policy: Policy, open: OpenPolicy, inForce: PolicyInfo | null): Promise<Policy> {
    this.#open = open
    this.#deciding = new ChangeablePolicy(inForce ? await open(inForce.name, overridesOf(inForce)) : policy)
    return this.#deciding
  }

  async take(): Promise<readonly Intervened['doing'][]> {
    const waiting = this.#waiting
    this.#waiting = []
    const doings: Intervened['doing'][] = []
    for (const doing of waiting) doings.push(doing.type === 'command' ? doing : await this.#change(doing))
    return doings
  }

  async repeat(policy: PolicyInfo): Promise<void> {
    await this.#putInCharge(policy.name, overridesOf(policy))
  }

  async #change({ policy, parameters }: Doing & { readonly type: 'policy' }): Promise<Intervened['doing']> {
    const deciding = this.#deciding
    const before = deciding?.info ?? { name: '', parameters: {} }
    const kept = policy === null || policy === before.name ? overridesOf(before) : {}
    await this.#putInCharge(policy ?? before.name, { ...kept, ...parameters })
    return { type: 'policy', policy: deciding?.info ?? before }
  }

  async #putInCharge(name: string, parameters: Overrides): Promise<void> {
    const policy = await this.#open?.(name, parameters)
    if (policy) await this.#deciding?.change(policy)
  }
}
