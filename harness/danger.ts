export interface DangerParameters {
  /** Risk of a first try before anything is known. */
  readonly dangerPrior: number
  /** Tries that it counts for. */
  readonly dangerTries: number
}

/** Tries of its own that the overall risk counts for in a room. */
const roomTries = 5

interface Count {
  tries: number
  deaths: number
}

/** How often what was never tried before killed, overall and by room, and what a death took from the score. */
export class Danger<Room extends object> {
  readonly #parameters: DangerParameters
  readonly #all: Count = { tries: 0, deaths: 0 }
  readonly #byRoom = new WeakMap<Room, Count>()
  #deaths = 0
  #lost = 0

  constructor(parameters: DangerParameters) {
    this.#parameters = parameters
  }

  /** Mean points that a death took. */
  get loss(): number {
    return this.#deaths === 0 ? 0 : this.#lost / this.#deaths
  }

  /** Probability that what was not yet tried in this room kills. */
  risk(room: Room): number {
    const { dangerPrior, dangerTries } = this.#parameters
    const overall = (this.#all.deaths + dangerPrior * dangerTries) / (this.#all.tries + dangerTries)
    const { tries, deaths } = this.#byRoom.get(room) ?? { tries: 0, deaths: 0 }
    return (deaths + overall * roomTries) / (tries + roomTries)
  }

  noteFirstTry(room: Room, killed: boolean): void {
    const inRoom = this.#byRoom.get(room) ?? { tries: 0, deaths: 0 }
    this.#byRoom.set(room, inRoom)
    for (const count of [this.#all, inRoom]) {
      count.tries++
      if (killed) count.deaths++
    }
  }

  noteDeath(reward: number): void {
    this.#deaths++
    this.#lost += Math.max(0, -reward)
  }
}
