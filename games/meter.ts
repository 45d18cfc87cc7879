/** Counts the steps of a turn. */
export interface Meter {
  /** Steps that are left. */
  readonly fuel: number
  /** Throws where a turn takes more steps than any that ends. */
  spend(steps: number): void
}

/** Code of so many bytes is one step: some eighty instructions. */
const STEP = 256

/** Code of more instructions V8 may never optimize, and a step of it takes so many times as long. */
const MOST_OPTIMIZED = 500
const UNOPTIMIZED = 128

/** Steps of as many bytes of code, run in one go. `size`: instructions of all that is compiled with them. */
export function stepsOf(bytes: number, size: number): number {
  return Math.floor(bytes / STEP) * (size > MOST_OPTIMIZED ? UNOPTIMIZED : 1)
}

/** Steps from one address to another further up: one where that is not within the same stretch. */
export function stepsTo(from: number, to: number, size: number): number {
  return Math.floor(from / STEP) === Math.floor(to / STEP) ? 0 : stepsOf(STEP, size)
}
