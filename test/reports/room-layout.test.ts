import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOutRooms, type RoomMap } from '../../reports/index.ts'

/** `Hall north Yard`: a move, and its two rooms. */
function mapOf(ways: readonly string[]): RoomMap {
  const moves = ways.map((way) => {
    const [from = '', direction = '', to = ''] = way.split(' ')
    return { from, to, command: direction, direction, count: 1 }
  })
  const names = [...new Set(moves.flatMap(({ from, to }) => [from, to]))]
  return { rooms: names.map((name) => ({ name, visits: 1, points: 0 })), moves, episodes: 1 }
}

test('rooms lie where the compass says', () => {
  const cells = layOutRooms(mapOf(['A north B', 'B east C', 'C southeast D', 'A west E']))
  expect(Object.fromEntries(cells)).toEqual({
    B: { x: 1, y: 0 },
    C: { x: 2, y: 0 },
    A: { x: 1, y: 1 },
    E: { x: 0, y: 1 },
    D: { x: 3, y: 1 },
  })
})

test('two rooms that claim one place both get one', () => {
  const cells = layOutRooms(mapOf(['A north B', 'A north C', 'A up D']))
  expect(new Set([...cells.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(4)
})

test('rooms without a way to the rest are drawn as well', () => {
  const map = mapOf(['A north B'])
  const lonely = { ...map, rooms: [...map.rooms, { name: 'Z', visits: 1, points: 0 }] }
  expect([...layOutRooms(lonely).keys()].sort()).toEqual(['A', 'B', 'Z'])
})

test('whatever the story’s ways, every room has a cell of its own, and the same again', () => {
  const directions = ['north', 'east', 'southwest', 'up', 'none']
  const way = fc.tuple(fc.nat(9), fc.constantFrom(...directions), fc.nat(9)).filter(([a, , b]) => a !== b)
  fc.assert(
    fc.property(fc.array(way, { minLength: 1, maxLength: 25 }), (ways) => {
      const map = mapOf(ways.map(([a, direction, b]) => `r${a} ${direction} r${b}`))
      const cells = layOutRooms(map)
      expect(cells.size).toBe(map.rooms.length)
      expect(new Set([...cells.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(map.rooms.length)
      expect(layOutRooms(map)).toEqual(cells)
    }),
    { numRuns: 40 },
  )
})
