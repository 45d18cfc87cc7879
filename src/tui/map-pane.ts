import { left } from './columns.ts'
import { counted } from './figures.ts'
import type { Size } from './layout.ts'
import { type Place, placed, stepOf } from './map-drawing.ts'
import type { Room, RoomMap } from './room-map.ts'
import { bold, dim, filled, fitted, type Line, line, type Span, type Style, span } from './spans.ts'
import { pointsOf } from './view-model.ts'

/** A room's box of one line, and the room for a way between two. */
const widestBox = 22
const narrowestBox = 14
const gapX = 3
const pitchY = 2

/** The rooms found so far, the current one marked, what was earned where; a list where a grid has no room. */
export function mapPane(map: RoomMap, current: string, size: Size): readonly Line[] {
  const { rooms, ways } = map
  const title: Line = [
    span('map ', bold),
    span(`${counted(rooms.length, 'room')}, ${counted(ways.length, 'way')} found`, dim),
  ]
  const body: Size = { columns: size.columns, rows: size.rows - 1 }
  const boxes = size.columns < 40 ? null : gridOf(map, current, body)
  return [fitted(title, size.columns), ...filled(boxes ?? listOf(map, current, body), body.rows)]
}

interface Cell {
  readonly text: string
  readonly style: Style
}

function gridOf(map: RoomMap, current: string, size: Size): readonly Line[] | null {
  const places = placed(map)
  if (places.length === 0) return [line('No room has been seen yet.', dim)]
  const here = places.find(({ room }) => room.name === current) ?? places[0]
  if (!here) return null
  const longest = Math.max(...places.map(({ room }) => label(room).length)) + 2
  const box = Math.max(narrowestBox, Math.min(longest, widestBox))
  const pitchX = box + gapX
  // What does not fit is seen by walking: the window follows the current room.
  const across = Math.max(1, Math.floor((size.columns + gapX) / pitchX))
  const down = Math.max(1, Math.floor((size.rows + 1) / pitchY))
  const x0 = windowStart(
    places.map(({ x }) => x),
    here.x,
    across,
  )
  const y0 = windowStart(
    places.map(({ y }) => y),
    here.y,
    down,
  )
  const canvas = new Map<string, Cell>()
  const put = (column: number, row: number, text: string, style: Style) =>
    canvas.set(`${column},${row}`, { text, style })
  const shown = places.filter(({ x, y }) => x >= x0 && x < x0 + across && y >= y0 && y < y0 + down)
  const byName = new Map(shown.map((place) => [place.room.name, place]))
  for (const way of map.ways) {
    const from = byName.get(way.from)
    const to = byName.get(way.to)
    const step = stepOf(way)
    if (!from || !to || !step || to.x - from.x !== step[0] || to.y - from.y !== step[1]) continue
    drawWay(from, step, { x0, y0, box, pitchX }, put)
  }
  const cells = new Map(shown.map((place) => [`${(place.x - x0) * pitchX},${(place.y - y0) * pitchY}`, place]))
  return Array.from({ length: Math.min(size.rows, down * pitchY - 1) }, (_, row): Line => {
    const spans: Span[] = []
    for (let column = 0; column < size.columns; ) {
      const place = cells.get(`${column},${row}`)
      if (place) {
        spans.push(roomSpan(place.room, current, box))
        column += box
        continue
      }
      const cell = canvas.get(`${column},${row}`)
      spans.push(cell ? span(cell.text, cell.style) : span(' '))
      column += 1
    }
    return merged(spans)
  })
}

function windowStart(values: readonly number[], wanted: number, room: number): number {
  const low = Math.min(...values)
  const high = Math.max(...values)
  if (high - low < room) return low
  return Math.max(low, Math.min(high - room + 1, wanted - Math.floor(room / 2)))
}

function drawWay(
  from: Place,
  [dx, dy]: readonly [number, number],
  { x0, y0, box, pitchX }: { readonly x0: number; readonly y0: number; readonly box: number; readonly pitchX: number },
  put: (column: number, row: number, text: string, style: Style) => void,
): void {
  const left = (from.x - x0) * pitchX
  const row = (from.y - y0) * pitchY
  if (dy === 0) {
    const start = dx > 0 ? left + box : left - gapX
    for (let column = start; column < start + gapX; column += 1) put(column, row, '─', dim)
    return
  }
  const between = row + (dy > 0 ? 1 : -1)
  if (dx === 0) put(left + Math.floor(box / 2), between, '│', dim)
  else put(dx > 0 ? left + box + 1 : left - 2, between, dx === dy ? '╲' : '╱', dim)
}

function label({ name, points }: Room): string {
  return points === 0 ? name : `${name} ${pointsOf(points)}`
}

function roomSpan(room: Room, current: string, width: number): Span {
  const points = pointsOf(room.points)
  const inner = width - 2
  const text = points === '' ? room.name : `${left(room.name, inner - points.length - 1)} ${points}`
  const here = room.name === current
  const style: Style = here
    ? { bold: true, inverse: true, colour: 'cyan' }
    : room.points > 0
      ? { colour: 'green' }
      : room.points < 0
        ? { colour: 'red' }
        : {}
  return span(here ? `▸${left(text, inner)}◂` : `[${left(text, inner)}]`, style)
}

function merged(spans: readonly Span[]): Line {
  const pieces: Span[] = []
  for (const next of spans) {
    const last = pieces.at(-1)
    const same = last && last.colour === next.colour && last.dim === next.dim && last.inverse === next.inverse
    if (same) pieces[pieces.length - 1] = { ...last, text: last.text + next.text }
    else pieces.push(next)
  }
  return pieces
}

/** A room a line with the ways out of it, the current one first in sight. */
function listOf({ rooms, ways }: RoomMap, current: string, size: Size): readonly Line[] {
  const lines = rooms.map((room): Line => {
    const here = room.name === current
    const out = ways.filter((way) => way.from === room.name).map(({ by, to }) => `${by} → ${to}`)
    const points =
      room.points === 0 ? [] : [span(` ${pointsOf(room.points)}`, { colour: room.points > 0 ? 'green' : 'red' })]
    return fitted(
      [
        span(here ? '▸ ' : '  ', { colour: 'cyan' }),
        span(room.name, here ? { bold: true, colour: 'cyan' } : {}),
        ...points,
        span(out.length > 0 ? `  ${out.join(', ')}` : '', dim),
      ],
      size.columns,
    )
  })
  const at = rooms.findIndex(({ name }) => name === current)
  const start = Math.max(0, Math.min(lines.length - size.rows, at - Math.floor(size.rows / 2)))
  return lines.slice(start, start + size.rows)
}
