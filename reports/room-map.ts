import { parseCommand, type RunEvent } from '../harness/index.ts'
import { printable } from './reported-run.ts'

/** A room as a player knows it, by its name: rooms of one name are one room here. */
export interface MappedRoom {
  readonly name: string
  /** Turns that began in it. */
  readonly visits: number
  /** Points of the commands given in it. */
  readonly points: number
}

export interface MappedMove {
  readonly from: string
  readonly to: string
  /** The command that led there most often. */
  readonly command: string
  /** The canonical direction of that command; null where it names none. */
  readonly direction: string | null
  readonly count: number
}

/** What was found of a story's map, over one run or several. */
export interface RoomMap {
  /** In the order in which they were found, the first being where the story starts. */
  readonly rooms: readonly MappedRoom[]
  readonly moves: readonly MappedMove[]
  readonly episodes: number
}

/** Draws the map of a run from its moves, as its events pass. */
export class RoomMapper {
  readonly #rooms = new Map<string, { visits: number; points: number }>()
  /** By start, end and command. */
  readonly #moves = new Map<string, { from: string; to: string; command: string; count: number }>()
  #episodes = 0
  #here: string | null = null
  /** Where the last command was given, and what it was. */
  #left: { readonly from: string | null; readonly command: string } | null = null

  take(event: RunEvent): void {
    if (event.type === 'episode-started') {
      this.#episodes++
      this.#here = null
      this.#left = null
    } else if (event.type === 'stepped') {
      if (this.#here !== null) {
        const room = this.#room(this.#here)
        room.visits++
        room.points += event.reward
      }
      // What ends a story may leave its player anywhere: no way leads there.
      this.#left = event.terminated ? null : { from: this.#here, command: event.command }
    } else if (event.type === 'observed') {
      this.#arrive(event.observation.location === null ? null : printable(event.observation.location))
    }
  }

  result(): RoomMap {
    return mapOf(
      [...this.#rooms].map(([name, room]) => ({ name, ...room })),
      [...this.#moves.values()],
      this.#episodes,
    )
  }

  #arrive(to: string | null): void {
    if (to !== null) this.#room(to)
    const from = this.#left?.from ?? null
    if (from !== null && to !== null && from !== to) {
      const command = printable(this.#left!.command)
      const key = JSON.stringify([from, to, command])
      const move = this.#moves.get(key) ?? { from, to, command, count: 0 }
      move.count++
      this.#moves.set(key, move)
    }
    this.#here = to
  }

  #room(name: string): { visits: number; points: number } {
    const room = this.#rooms.get(name) ?? { visits: 0, points: 0 }
    this.#rooms.set(name, room)
    return room
  }
}

/** Several runs of one story on one map. */
export function joinMaps(maps: readonly RoomMap[]): RoomMap {
  const rooms = new Map<string, MappedRoom>()
  for (const room of maps.flatMap((map) => map.rooms)) {
    const { visits, points } = rooms.get(room.name) ?? { visits: 0, points: 0 }
    rooms.set(room.name, { name: room.name, visits: visits + room.visits, points: points + room.points })
  }
  const moves = maps.flatMap((map) => map.moves)
  return mapOf(
    [...rooms.values()],
    moves,
    maps.reduce((sum, { episodes }) => sum + episodes, 0),
  )
}

interface CountedCommand {
  readonly from: string
  readonly to: string
  readonly command: string
  readonly count: number
}

/** One move for each pair of rooms, named by its commonest command, of equals the first in the alphabet. */
function mapOf(rooms: readonly MappedRoom[], commands: readonly CountedCommand[], episodes: number): RoomMap {
  const pairs = new Map<string, Map<string, CountedCommand>>()
  for (const move of commands) {
    const key = JSON.stringify([move.from, move.to])
    const same = pairs.get(key) ?? new Map<string, CountedCommand>()
    const count = (same.get(move.command)?.count ?? 0) + move.count
    pairs.set(key, same.set(move.command, { ...move, count }))
  }
  const moves = [...pairs.values()].map((same): MappedMove => {
    const ways = [...same.values()]
    const [first] = ways.toSorted((a, b) => b.count - a.count || (a.command < b.command ? -1 : 1))
    const { from, to, command } = first!
    const count = ways.reduce((sum, move) => sum + move.count, 0)
    return { from, to, command, direction: parseCommand(command).direction, count }
  })
  return { rooms, moves, episodes }
}
