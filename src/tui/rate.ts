/** How many turns a second pass, over the last seconds. Times in ms, as `performance.now` gives them. */
export class Rate {
  readonly #window = 3000
  #marks: { readonly time: number; readonly count: number }[] = []
  #count = 0

  add(turns: number, now: number): void {
    this.#count += turns
    const last = this.#marks.at(-1)
    // A mark a tenth of a second is enough.
    if (last && now - last.time < 100) return
    this.#marks.push({ time: now, count: this.#count })
    this.#marks = this.#marks.filter(({ time }) => now - time <= this.#window)
  }

  /** Null before there is half a second to go by. */
  at(now: number): number | null {
    const first = this.#marks.find(({ time }) => now - time <= this.#window)
    if (!first || now - first.time < 500) return null
    return ((this.#count - first.count) / (now - first.time)) * 1000
  }
}
