import { describe, expect, test } from 'vitest'
import { placed } from '../../../src/tui/map-drawing.ts'
import { mapPane } from '../../../src/tui/map-pane.ts'
import { emptyMap, explored, type RoomMap } from '../../../src/tui/room-map.ts'
import { textOf } from '../../../src/tui/spans.ts'

/** `hall north attic +5`: from, by, to and what was earned in the first. */
function walked(...steps: readonly string[]): RoomMap {
  return steps.reduce((map, step) => {
    const [from = '', by = '', to = '', points = '0'] = step.split(' ')
    return explored(map, { from: from === '-' ? null : from, by, to, points: Number(points) })
  }, emptyMap)
}

const house = walked('- - hall', 'hall north attic 5', 'attic east loft', 'loft s porch', 'hall jump cellar')

describe('the map of the rooms', () => {
  test('remembers rooms in the order they were found, visits, points and ways', () => {
    const map = walked('- - hall', 'hall north attic 5', 'attic south hall', 'hall wait hall 2')
    expect(map.rooms).toEqual([
      { name: 'hall', visits: 2, points: 7 },
      { name: 'attic', visits: 1, points: 0 },
    ])
    expect(map.ways).toEqual([
      { from: 'hall', by: 'north', to: 'attic' },
      { from: 'attic', by: 'south', to: 'hall' },
    ])
  })

  test('places rooms by the compass, and each in a place of its own', () => {
    const at = Object.fromEntries(placed(house).map(({ room, x, y }) => [room.name, [x, y]]))
    expect(at).toMatchObject({ hall: [0, 0], attic: [0, -1], loft: [1, -1], porch: [1, 0] })
    expect(new Set(Object.values(at).map(String)).size).toBe(5)
    const crowd = walked('- - a', ...Array.from({ length: 30 }, (_, index) => `a north r${index}`))
    expect(new Set(placed(crowd).map(({ x, y }) => `${x},${y}`)).size).toBe(31)
  })

  test('draws them with the ways between, the current one and the points marked', () => {
    const lines = mapPane(house, 'attic', { columns: 60, rows: 12 }).map(textOf)
    expect(lines[0]).toMatch(/^map 5 rooms, 4 ways found/)
    expect(lines[1]).toMatch(/^▸attic +◂───\[loft +\]/)
    expect(lines[2]).toMatch(/^ +│ +│/)
    expect(lines[3]).toMatch(/^\[hall +\+5\] +\[porch +\]/)
  })

  test('is a list where it is narrow', () => {
    const lines = mapPane(house, 'attic', { columns: 36, rows: 12 }).map((line) => textOf(line).trimEnd())
    expect(lines.slice(1, 4)).toEqual([
      '  hall +5  north → attic, jump → ce…',
      '▸ attic  east → loft',
      '  loft  s → porch',
    ])
  })

  test('follows the current room through a story that is larger than the window', () => {
    const far = walked('- - r0', ...Array.from({ length: 40 }, (_, index) => `r${index} east r${index + 1}`))
    const lines = mapPane(far, 'r33', { columns: 60, rows: 12 }).map(textOf)
    expect(lines.join('\n')).toMatch(/▸r33 +◂/)
  })
})
