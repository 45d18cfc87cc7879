/** As many tries are thought of everywhere before anything is known: harmless ones, or such as elsewhere. */
const imaginedTries = 5

/** Where something is tried. */
interface Place {
  readonly isDark: boolean
}

interface Count {
  tries: number
  deaths: number
}

/**
 * How often what was never tried before in a room killed, and what a death took from the score. In the light a way's danger
 * is the room's own; of other commands each room is thought to be like the others until it is known. All of the dark is one
 * place: who cannot see where he goes falls or is eaten anywhere, and a lamp can be lit in safety.
 */
export class Danger<Room extends Place> {
  readonly #waysOf = new Map<Room, Count>()
  readonly #othersOf = new Map<Room, Count>()
  readonly #others = newCount()
  readonly #darkWays = newCount()
  readonly #darkOthers = newCount()
  #deaths = 0
  #lost = 0

  /** Mean points that a death took. */
  get loss(): number {
    return this.#deaths === 0 ? 0 : this.#lost / this.#deaths
  }

  /** Probability that what was not yet tried in this room kills: a way or another command. */
  risk(room: Room, isWay: boolean): number {
    const { tries, deaths } = this.#countOf(room, isWay)
    const usual = room.isDark || isWay ? 0 : this.#others.deaths / (this.#others.tries + imaginedTries)
    return (deaths + imaginedTries * usual) / (tries + imaginedTries)
  }

  noteFirstTry(room: Room, isWay: boolean, killed: boolean): void {
    const counts = [this.#countOf(room, isWay)]
    if (!room.isDark && !isWay) counts.push(this.#others)
    for (const count of counts) {
      count.tries++
      if (killed) count.deaths++
    }
  }

  noteDeath(reward: number): void {
    this.#deaths++
    this.#lost += Math.max(0, -reward)
  }

  #countOf(room: Room, isWay: boolean): Count {
    if (room.isDark) return isWay ? this.#darkWays : this.#darkOthers
    const counts = isWay ? this.#waysOf : this.#othersOf
    const known = counts.get(room)
    if (known !== undefined) return known
    const count = newCount()
    counts.set(room, count)
    return count
  }
}

function newCount(): Count {
  return { tries: 0, deaths: 0 }
}
