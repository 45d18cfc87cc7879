/** As many harmless tries of its own are thought of in every room, before anything is known. */
const harmlessTries = 5

interface Count {
  tries: number
  deaths: number
}

/** How often what was never tried before in a room killed, and what a death took from the score. */
export class Danger<Room extends object> {
  readonly #byRoom = new WeakMap<Room, Count>()
  #deaths = 0
  #lost = 0

  /** Mean points that a death took. */
  get loss(): number {
    return this.#deaths === 0 ? 0 : this.#lost / this.#deaths
  }

  /** Probability that what was not yet tried in this room kills. */
  risk(room: Room): number {
    const { tries, deaths } = this.#byRoom.get(room) ?? { tries: 0, deaths: 0 }
    return deaths / (tries + harmlessTries)
  }

  noteFirstTry(room: Room, killed: boolean): void {
    const count = this.#byRoom.get(room) ?? { tries: 0, deaths: 0 }
    this.#byRoom.set(room, count)
    count.tries++
    if (killed) count.deaths++
  }

  noteDeath(reward: number): void {
    this.#deaths++
    this.#lost += Math.max(0, -reward)
  }
}
