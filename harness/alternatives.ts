/** Doubt in less than this is not worth the trouble. */
const leastDoubt = 0.25

/** A gain that is hardly to be had where another one was, and how much of it is doubted, 0 to 1. */
export interface Doubt {
  readonly gain: number
  readonly share: number
}

/**
 * Gains of one place that episodes have had one instead of the other, as they are two ways to the same points: of an egg
 * the whole or the broken one. Of gain B where A was had, 1 - (both + 1) / (min(A, B) + 1) is doubted, in episodes.
 */
export class Alternatives {
  readonly #places = new Map<string, { readonly had: Map<number, number>; readonly both: Map<string, number> }>()
  readonly #doubts = new Map<number, readonly Doubt[]>()

  /** The gains of an episode. */
  note(gains: Iterable<readonly [number, { readonly place: string }]>): void {
    const byPlace = new Map<string, number[]>()
    for (const [gain, { place }] of gains) byPlace.set(place, [...(byPlace.get(place) ?? []), gain])
    for (const [place, together] of byPlace) this.#noteAt(place, together)
  }

  /** What is doubted where these gains were had: of another one, what the strongest reason says. */
  doubtsBehind(earned: ReadonlySet<number>): readonly Doubt[] {
    const shares = new Map<number, number>()
    for (const had of earned) {
      for (const { gain, share } of this.#doubts.get(had) ?? []) {
        if (!earned.has(gain)) shares.set(gain, Math.max(share, shares.get(gain) ?? 0))
      }
    }
    return Array.from(shares, ([gain, share]) => ({ gain, share }))
  }

  #noteAt(place: string, together: readonly number[]): void {
    const { had, both } = this.#places.get(place) ?? { had: new Map<number, number>(), both: new Map<string, number>() }
    this.#places.set(place, { had, both })
    for (const gain of together) {
      had.set(gain, (had.get(gain) ?? 0) + 1)
      for (const other of together) both.set(`${gain} ${other}`, (both.get(`${gain} ${other}`) ?? 0) + 1)
    }
    for (const [gain, times] of had) {
      const doubts: Doubt[] = []
      for (const [other, others] of had) {
        const share = 1 - ((both.get(`${gain} ${other}`) ?? 0) + 1) / (Math.min(times, others) + 1)
        if (other !== gain && share >= leastDoubt) doubts.push({ gain: other, share })
      }
      this.#doubts.set(gain, doubts)
    }
  }
}
