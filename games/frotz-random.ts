/**
 * Frotz's random numbers, so that a seed gives the course of events that Jericho records with it: a linear
 * congruential generator, a = 0x015a4e35 * a + 1 in 32 bits, of which bits 16 to 30 are used.
 */
export class FrotzRandom {
  #state: number
  /** 0, or the period of the counting mode that small negative arguments of `random` ask for (Standard §2.4.2). */
  #period = 0
  #counter = 0
  #seed: number

  constructor(seed: number) {
    this.#seed = seed
    this.#state = seed
  }

  /** Whether no number was drawn, nor a seed set, since it began with its own. */
  get isUntouched(): boolean {
    return this.#state === this.#seed && this.#period === 0
  }

  /** Begins anew, with another seed. */
  begin(seed: number): void {
    this.load([seed, 0, 0, seed])
  }

  /** The `random` opcode (Standard §15): 1 to `range`; a `range` of 0 or less reseeds and gives 0. */
  random(range: number): number {
    if (range <= 0) {
      this.#reseed(-range)
      return 0
    }
    return (this.#next() % range) + 1
  }

  save(): readonly [number, number, number, number] {
    return [this.#state, this.#period, this.#counter, this.#seed]
  }

  load([state, period, counter, seed]: readonly [number, number, number, number]): void {
    this.#state = state
    this.#period = period
    this.#counter = counter
    this.#seed = seed
  }

  #next(): number {
    if (this.#period > 0) {
      const value = this.#counter
      this.#counter = (this.#counter + 1) % this.#period
      return value
    }
    this.#state = (Math.imul(0x015a4e35, this.#state) + 1) | 0
    return (this.#state >>> 16) & 0x7fff
  }

  /** 0 asks for unpredictable numbers, which a seeded run must not give: it starts the stream again. */
  #reseed(value: number): void {
    this.#period = value < 1000 ? value : 0
    this.#counter = 0
    this.#state = value === 0 ? this.#seed : value
  }
}
