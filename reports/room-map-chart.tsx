import type { ReactElement } from 'react'
import { counted, points } from './format.ts'
import type { Cell } from './room-layout.ts'
import type { MappedMove, MappedRoom, RoomMap } from './room-map.ts'

const BOX = { width: 112, height: 44, gapX: 30, gapY: 32 }
const MARGIN = 14
const LETTERS = 17
/** Opacities of the least and the most visited room: the names are to be read on both, on every colour, in light and dark. */
export const SHADES = { faintest: 0.06, deepest: 0.38 }

export interface RoomMapChartProps {
  readonly map: RoomMap
  /** Where each room goes; one layout may serve the maps of several policies. */
  readonly layout: ReadonlyMap<string, Cell>
  readonly colour: string
  readonly description: string
}

/** Rooms as boxes, north up; the more visits the deeper the shade; points a badge. */
export function RoomMapChart({ map, layout, colour, description }: RoomMapChartProps): ReactElement {
  const cells = [...layout.values()]
  const width = (Math.max(...cells.map(({ x }) => x)) + 1) * (BOX.width + BOX.gapX) - BOX.gapX + 2 * MARGIN
  const height = (Math.max(...cells.map(({ y }) => y)) + 1) * (BOX.height + BOX.gapY) - BOX.gapY + 2 * MARGIN
  const busiest = Math.max(1, ...map.rooms.map(({ visits }) => visits))
  const start = map.rooms[0]?.name
  return (
    <svg
      className="map"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={description}
    >
      {ways(map.moves).map((way) => (
        <Way key={`${way.from}\n${way.to}`} way={way} layout={layout} />
      ))}
      {map.rooms.map((room) => (
        <Room
          key={room.name}
          room={room}
          episodes={map.episodes}
          cell={layout.get(room.name)!}
          shade={SHADES.faintest + (SHADES.deepest - SHADES.faintest) * Math.sqrt(room.visits / busiest)}
          colour={colour}
          isStart={room.name === start}
        />
      ))}
    </svg>
  )
}

interface WayDrawn extends MappedMove {
  /** The move the other way round; null where none was made. */
  readonly back: MappedMove | null
}

/** Both directions of a way are one line. */
function ways(moves: readonly MappedMove[]): readonly WayDrawn[] {
  return moves.flatMap((move) => {
    const back = moves.find(({ from, to }) => from === move.to && to === move.from) ?? null
    const isSecond = back !== null && moves.indexOf(back) < moves.indexOf(move)
    return isSecond ? [] : [{ ...move, back }]
  })
}

function Way({ way, layout }: { readonly way: WayDrawn; readonly layout: RoomMapChartProps['layout'] }): ReactElement {
  const from = centreOf(layout.get(way.from)!)
  const to = centreOf(layout.get(way.to)!)
  const end = edgeTowards(to, from)
  const begin = edgeTowards(from, to)
  const angle = (Math.atan2(end.y - begin.y, end.x - begin.x) * 180) / Math.PI
  const there = `${way.from} to ${way.to}: ${way.command} (${counted(way.count, 'time')})`
  const back = way.back === null ? '' : `; back: ${way.back.command} (${counted(way.back.count, 'time')})`
  return (
    <g className={way.direction === null ? 'way odd' : 'way'}>
      <title>{there + back}</title>
      <path d={`M${begin.x.toFixed(1)},${begin.y.toFixed(1)}L${end.x.toFixed(1)},${end.y.toFixed(1)}`} />
      {way.back === null && (
        <path
          className="head"
          d="M0,0L-8,-4V4Z"
          transform={`translate(${end.x.toFixed(1)} ${end.y.toFixed(1)}) rotate(${angle.toFixed(1)})`}
        />
      )}
    </g>
  )
}

interface RoomProps {
  readonly room: MappedRoom
  readonly episodes: number
  readonly cell: Cell
  readonly shade: number
  readonly colour: string
  readonly isStart: boolean
}

function Room({ room, episodes, cell, shade, colour, isStart }: RoomProps): ReactElement {
  const { x, y } = centreOf(cell)
  const left = x - BOX.width / 2
  const top = y - BOX.height / 2
  const lines = inLines(room.name)
  const perEpisode = room.points / Math.max(1, episodes)
  const badge = `${room.points > 0 ? '+' : ''}${points(perEpisode, Math.abs(perEpisode) < 0.1 ? 2 : 1)}`
  return (
    <g className={isStart ? 'room start' : 'room'}>
      <title>{`${room.name}: ${points(room.visits / Math.max(1, episodes))} turns and ${points(perEpisode, 2)} points an episode`}</title>
      <rect className="floor" x={left} y={top} width={BOX.width} height={BOX.height} rx={4} />
      <rect
        className="shade"
        x={left}
        y={top}
        width={BOX.width}
        height={BOX.height}
        rx={4}
        fill={colour}
        fillOpacity={shade.toFixed(2)}
        stroke={colour}
      />
      {lines.map((text, index) => (
        <text key={text} x={x} y={y + (index - (lines.length - 1) / 2) * 13} dy="0.34em" textAnchor="middle">
          {text}
        </text>
      ))}
      {room.points !== 0 && (
        <g className={room.points > 0 ? 'badge' : 'badge lost'} transform={`translate(${left + BOX.width - 6} ${top})`}>
          <rect x={-badge.length * 3.6 - 4} y={-8} width={badge.length * 7.2 + 8} height={16} rx={8} />
          <text textAnchor="middle" dy="0.34em">
            {badge}
          </text>
        </g>
      )}
    </g>
  )
}

function centreOf({ x, y }: Cell): Cell {
  return {
    x: MARGIN + x * (BOX.width + BOX.gapX) + BOX.width / 2,
    y: MARGIN + y * (BOX.height + BOX.gapY) + BOX.height / 2,
  }
}

/** Where the line from the middle of a box to another middle leaves the box. */
function edgeTowards(middle: Cell, other: Cell): Cell {
  const dx = other.x - middle.x
  const dy = other.y - middle.y
  const share = Math.min(BOX.width / 2 / Math.abs(dx), BOX.height / 2 / Math.abs(dy))
  return { x: middle.x + dx * share, y: middle.y + dy * share }
}

/** At most two lines that fit a box. */
function inLines(name: string): readonly string[] {
  const lines: string[] = []
  for (const word of name.split(/\s+/)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && longer.length <= LETTERS) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  const shown = lines.slice(0, 2).map(shortened)
  return lines.length > 2 ? [shown[0]!, shortened(`${lines[1]} ${lines[2]}`)] : shown
}

function shortened(text: string): string {
  return text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text
}

/** What the map shows and what it cannot. */
export function mapNote(map: RoomMap): string {
  return (
    `${counted(map.rooms.length, 'room')} as the agent found ${map.rooms.length === 1 ? 'it' : 'them'} in ${counted(map.episodes, 'episode')}, drawn from its moves alone; north is up where the story’s ways allow it. ` +
    'Shade: turns spent there. Badge: points earned by commands given there, per episode. Heavy outline: where the story starts. ' +
    'An arrowhead: only that way was gone; dashed: by a command that names no direction. Rooms of the same name are drawn as one.'
  )
}
