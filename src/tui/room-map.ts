/** What was found of the story's rooms by walking: nothing but names and the commands that led from one to the next. */
export interface RoomMap {
  /** In the order they were found. */
  readonly rooms: readonly Room[]
  readonly ways: readonly Way[]
}

export interface Room {
  readonly name: string
  readonly visits: number
  /** Earned by commands given here, over all episodes. */
  readonly points: number
}

export interface Way {
  readonly from: string
  readonly by: string
  readonly to: string
}

export const emptyMap: RoomMap = { rooms: [], ways: [] }

/** More rooms than any story has; a hostile one invents a name a turn. */
const mostRooms = 2000

/** One turn's worth: where it began, what was done, where it ended. `from` is null at an episode's opening. */
export function explored(
  map: RoomMap,
  step: { readonly from: string | null; readonly by: string; readonly to: string; readonly points: number },
): RoomMap {
  const { from, by, to, points } = step
  const arrived = from === to || to === '' ? map : { ...map, rooms: visited(map.rooms, to) }
  const earned =
    points === 0 || from === null
      ? arrived
      : {
          ...arrived,
          rooms: arrived.rooms.map((room) => (room.name === from ? { ...room, points: room.points + points } : room)),
        }
  if (!from || to === '' || from === to) return earned
  const known = earned.ways.some((way) => way.from === from && way.by === by && way.to === to)
  return known ? earned : { ...earned, ways: [...earned.ways, { from, by, to }] }
}

function visited(rooms: readonly Room[], name: string): readonly Room[] {
  if (!rooms.some((room) => room.name === name)) {
    return rooms.length < mostRooms ? [...rooms, { name, visits: 1, points: 0 }] : rooms
  }
  return rooms.map((room) => (room.name === name ? { ...room, visits: room.visits + 1 } : room))
}
