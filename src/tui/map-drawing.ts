import type { Room, RoomMap, Way } from './room-map.ts'

/** Where a room stands on the map's grid: columns to the east, rows to the south. */
export interface Place {
  readonly room: Room
  readonly x: number
  readonly y: number
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  north: [0, -1],
  south: [0, 1],
  east: [1, 0],
  west: [-1, 0],
  northeast: [1, -1],
  northwest: [-1, -1],
  southeast: [1, 1],
  southwest: [-1, 1],
}

const short: Readonly<Record<string, string>> = {
  n: 'north',
  s: 'south',
  e: 'east',
  w: 'west',
  ne: 'northeast',
  nw: 'northwest',
  se: 'southeast',
  sw: 'southwest',
  u: 'up',
  d: 'down',
}

/** The compass direction of a move, null for another way (up, in, a spell). */
export function compass(command: string): string | null {
  const word = command.toLowerCase().replace(/^(go|walk|run)( to)?( the)? /, '')
  const direction = short[word] ?? word
  return direction in steps ? direction : null
}

/** The step on the grid that a way takes; ways that are none of the compass go where there is room. */
export function stepOf({ by }: Way): readonly [number, number] | null {
  const direction = compass(by)
  return direction === null ? null : (steps[direction] ?? null)
}

/**
 * A place for every room, by walking the ways in the order they were found. A room whose place is taken goes to the
 * nearest free one in its direction, so that a story's geometry, which often is none, never hides a room.
 */
export function placed(map: RoomMap): readonly Place[] {
  const places = new Map<string, Place>()
  const taken = new Set<string>()
  const byName = new Map(map.rooms.map((room) => [room.name, room]))
  const put = (room: Room, x: number, y: number) => {
    places.set(room.name, { room, x, y })
    taken.add(`${x},${y}`)
  }
  const free = (x: number, y: number, [dx, dy]: readonly [number, number]): readonly [number, number] => {
    for (let distance = 0; ; distance += 1) {
      const spots: readonly (readonly [number, number])[] = [
        [x + dx * distance, y + dy * distance],
        [x + dy * distance + dx, y + dx * distance + dy],
        [x - dy * distance + dx, y - dx * distance + dy],
      ]
      const spot = spots.find(([column, row]) => !taken.has(`${column},${row}`))
      if (spot) return spot
    }
  }
  for (const start of map.rooms) {
    if (places.has(start.name)) continue
    const lowest = Math.max(-1, ...Array.from(places.values(), ({ y }) => y))
    // A part that nothing connects with the rest stands below it.
    put(start, 0, places.size === 0 ? 0 : lowest + 1)
    const queue = [start.name]
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const here = places.get(name)
      if (!here) continue
      for (const way of map.ways) {
        const forward = way.from === name
        if (!forward && way.to !== name) continue
        const next = byName.get(forward ? way.to : way.from)
        if (!next || places.has(next.name)) continue
        const step = stepOf(way)
        const [dx, dy] = step ?? [1, 0]
        const toward: readonly [number, number] = forward ? [dx, dy] : [-dx, -dy]
        const [x, y] = free(here.x + toward[0], here.y + toward[1], toward)
        put(next, x, y)
        queue.push(next.name)
      }
    }
  }
  return [...places.values()]
}
