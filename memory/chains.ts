import { ints } from './growing-array.ts'

/** For each key its steps, from the newest to the oldest. Keys and steps are numbers from 0. */
export class Chains {
  /** For each key its newest step, for each step the next older one of its key; -1 where there is none. */
  readonly #newest = ints()
  readonly #older = ints()

  /** Adds a step, newer than all before. */
  add(key: number, step: number): void {
    while (this.#newest.length <= key) this.#newest.push(-1)
    while (this.#older.length <= step) this.#older.push(-1)
    this.#older.values[step] = this.#newest.values[key]!
    this.#newest.values[key] = step
  }

  newest(key: number): number {
    return key < this.#newest.length ? this.#newest.values[key]! : -1
  }

  older(step: number): number {
    return this.#older.values[step]!
  }

  /** Takes out the steps of a key that are not kept. */
  filter(key: number, kept: (step: number) => boolean): void {
    let newer = -1
    for (let step = this.newest(key); step >= 0; step = this.older(step)) {
      if (!kept(step)) continue
      if (newer < 0) this.#newest.values[key] = step
      else this.#older.values[newer] = step
      newer = step
    }
    if (newer < 0) this.#newest.values[key] = -1
    else this.#older.values[newer] = -1
  }
}
