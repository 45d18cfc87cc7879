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

type CreatePolicy = (name: string, parameters: Overrides) => Policy

/** Somebody who watches a run and may take a turn, or change who decides. */
export class Person implements Interventions {
  #waiting: Doing[] = []
  #deciding: ChangeablePolicy | null = null
  #create: CreatePolicy | null = null

  /** Hears of what is to be done at the next turn. */
  does(doing: Doing): void {
    this.#waiting.push(doing)
  }

  /** The policy that this person can change: the run's own, or the one that was in force when it was broken off. */
  sitsBeside(policy: Policy, create: CreatePolicy, inForce: PolicyInfo | null): Policy {
    this.#create = create
    this.#deciding = new ChangeablePolicy(inForce ? create(inForce.name, overridesOf(inForce)) : policy)
    return this.#deciding
  }

  async take(): Promise<readonly Intervened['doing'][]> {
    const waiting = this.#waiting
    this.#waiting = []
    const doings: Intervened['doing'][] = []
    for (const doing of waiting) doings.push(doing.type === 'command' ? doing : await this.#change(doing))
    return doings
  }

  async #change({ policy, parameters }: Doing & { readonly type: 'policy' }): Promise<Intervened['doing']> {
    const deciding = this.#deciding
    const before = deciding?.info ?? { name: '', parameters: {} }
    const kept = policy === null || policy === before.name ? overridesOf(before) : {}
    const next = this.#create?.(policy ?? before.name, { ...kept, ...parameters })
    if (next) await deciding?.change(next)
    return { type: 'policy', policy: deciding?.info ?? before }
  }
}
