import type { StateRecord } from './experience-store.ts'

/** The ids of states as they are given, the latest of each key; when it is full, it starts anew. */
export class KnownStates {
  readonly #byKey = new Map<string, { readonly state: StateRecord; readonly id: number }>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  id(state: StateRecord): number | undefined {
    const known = this.#byKey.get(state.key)
    return known !== undefined && isSame(known.state, state) ? known.id : undefined
  }

  set(state: StateRecord, id: number): void {
    if (this.#byKey.size >= this.#capacity) this.#byKey.clear()
    this.#byKey.set(state.key, { state, id })
  }

  clear(): void {
    this.#byKey.clear()
  }
}

/** By hand: as JSON this would take half the time of storing. Of equal keys. */
function isSame(a: StateRecord, b: StateRecord): boolean {
  if (a.situation !== b.situation || a.tokens.length !== b.tokens.length) return false
  for (let at = 0; at < a.tokens.length; at++) if (a.tokens[at] !== b.tokens[at]) return false
  return true
}
