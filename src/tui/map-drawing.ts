import { compassStep, parseCommand } from '../../harness/index.ts'
import type { Room, RoomMap, Way } from './room-map.ts'

/** Where a room stands on the map's grid: columns to the east, rows to the south. */
export interface Place {
  readonly room: Room
  readonly x: number
  readonly y: number
}

/** The step on the grid that a way takes; ways that are none of the compass go where there is room. */
export function stepOf({ by }: Way): readonly [number, number] | null {
  return compassStep(parseCommand(by).direction)
}

const known = new WeakMap<RoomMap, readonly Place[]>()

/**
 * A place for every room, by walking the ways of the compass in the order they were found, then the others. A room
 * whose place is taken goes to the nearest free one in its direction, so that a story's geometry, which often is none,
 * never hides a room.
 */
export function placed(map: RoomMap): readonly Place[] {
  const before = known.get(map)
  if (before) return before
  const grid = new Grid()
  const rooms = new Map(map.rooms.map((room) => [room.name, room]))
  const byCompass = map.ways.filter((way) => stepOf(way) !== null)
  for (const start of map.rooms) {
    if (grid.at(start.name)) continue
    grid.put(start, 0, grid.below)
    while (grid.extend(byCompass, rooms) || grid.extend(map.ways, rooms));
  }
  known.set(map, grid.places)
  return grid.places
}

class Grid {
  readonly #places = new Map<string, Place>()
  readonly #taken = new Set<string>()

  get places(): readonly Place[] {
    return [...this.#places.values()]
  }

  /** The first row below all rooms: where a part stands that nothing connects with the rest. */
  get below(): number {
    return this.places.reduce((lowest, { y }) => Math.max(lowest, y + 1), 0)
  }

  at(name: string): Place | undefined {
    return this.#places.get(name)
  }

  put(room: Room, x: number, y: number): void {
    this.#places.set(room.name, { room, x, y })
    this.#taken.add(`${x},${y}`)
  }

  /** Puts a room where the first of the ways that leads to one from the grid says; false where none does. */
  extend(ways: readonly Way[], rooms: ReadonlyMap<string, Room>): boolean {
    for (const way of ways) {
      const from = this.at(way.from)
      const to = this.at(way.to)
      const here = from ?? to
      const next = rooms.get(from ? way.to : way.from)
      if (!here || !next || (from && to)) continue
      const [dx, dy] = stepOf(way) ?? [1, 0]
      const toward: readonly [number, number] = from ? [dx, dy] : [-dx, -dy]
      const [x, y] = this.#free(here.x + toward[0], here.y + toward[1], toward)
      this.put(next, x, y)
      return true
    }
    return false
  }

  #free(x: number, y: number, [dx, dy]: readonly [number, number]): readonly [number, number] {
    for (let distance = 0; ; distance += 1) {
      const spots: readonly (readonly [number, number])[] = [
        [x + dx * distance, y + dy * distance],
        [x + dy * distance, y + dx * distance],
        [x - dy * distance, y - dx * distance],
      ]
      const spot = spots.find(([column, row]) => !this.#taken.has(`${column},${row}`))
      if (spot) return spot
    }
  }
}
