import { compassStep } from '../harness/index.ts'
import type { RoomMap } from './room-map.ts'

/** A cell of the grid that rooms are drawn on: x grows to the east, y to the south. */
export interface Cell {
  readonly x: number
  readonly y: number
}

interface Link {
  readonly a: string
  readonly b: string
  /** Where b should lie from a; null where no compass direction tells: it is drawn where there is most room, aslant. */
  readonly offset: readonly [x: number, y: number] | null
}

/**
 * A cell for every room, so that compass moves point the right way where they can, no two rooms share a cell and few
 * links pass through a room that they do not join. Stories bend their ways, so not every direction can be kept.
 *
 * The same map gives the same layout. Cells start at 0, 0.
 */
export function layOutRooms({ rooms, moves }: RoomMap): ReadonlyMap<string, Cell> {
  const names = rooms.map(({ name }) => name)
  const links = moves
    .toSorted((a, b) => b.count - a.count)
    .map(({ from, to, direction }): Link => ({ a: from, b: to, offset: compassStep(direction) }))
  const grid = new Grid()
  placeFirst(names, links, grid)
  for (let pass = 0; pass < PASSES && improve(names, links, grid); pass++);
  return grid.movedToOrigin()
}

class Grid {
  readonly #cells = new Map<string, Cell>()
  readonly #names = new Map<string, string>()

  cellOf(name: string): Cell | undefined {
    return this.#cells.get(name)
  }

  nameAt(cell: Cell): string | undefined {
    return this.#names.get(keyOf(cell))
  }

  /** Puts a room there, and the room that was there, if any, where this one came from. */
  move(name: string, cell: Cell): void {
    const other = this.nameAt(cell)
    const before = this.#cells.get(name)
    if (before !== undefined) this.#names.delete(keyOf(before))
    this.#set(name, cell)
    if (other !== undefined && other !== name && before !== undefined) this.#set(other, before)
  }

  freeCell(wanted: Cell): Cell {
    for (let radius = 0; ; radius++) {
      const free = square(wanted, radius).find((cell) => !this.#names.has(keyOf(cell)))
      if (free !== undefined) return free
    }
  }

  /** The first row below all rooms. */
  bottom(): number {
    return Math.max(-1, ...[...this.#cells.values()].map(({ y }) => y)) + 1
  }

  movedToOrigin(): ReadonlyMap<string, Cell> {
    const left = Math.min(...[...this.#cells.values()].map(({ x }) => x))
    const top = Math.min(...[...this.#cells.values()].map(({ y }) => y))
    return new Map([...this.#cells].map(([name, { x, y }]) => [name, { x: x - left, y: y - top }]))
  }

  #set(name: string, cell: Cell): void {
    this.#cells.set(name, cell)
    this.#names.set(keyOf(cell), name)
  }
}

const PASSES = 12
/** How far from its neighbours a better cell is looked for. */
const REACH = [1, 2]

/** Breadth first from where the story starts: each room beside the one it was reached from. */
function placeFirst(names: readonly string[], links: readonly Link[], grid: Grid): void {
  for (const name of names) {
    if (grid.cellOf(name) !== undefined) continue
    grid.move(name, { x: 0, y: grid.bottom() })
    const queue = [name]
    for (let here = queue.shift(); here !== undefined; here = queue.shift()) {
      for (const { a, b, offset } of links) {
        const [next, sign] = a === here ? [b, 1] : b === here ? [a, -1] : [here, 0]
        if (grid.cellOf(next) !== undefined) continue
        const { x, y } = grid.cellOf(here)!
        const [dx, dy] = offset ?? [1, 1]
        grid.move(next, grid.freeCell({ x: x + sign * dx, y: y + sign * dy }))
        queue.push(next)
      }
    }
  }
}

/** Moves each room to the best cell near its neighbours, swapping it with the room there; false when none gained. */
function improve(names: readonly string[], links: readonly Link[], grid: Grid): boolean {
  let gained = false
  for (const name of names) {
    const own = links.filter(({ a, b }) => a === name || b === name)
    const around = new Map(
      own
        .map(({ a, b }) => grid.cellOf(a === name ? b : a)!)
        .flatMap((centre) => REACH.flatMap((radius) => square(centre, radius)))
        .map((cell) => [keyOf(cell), cell]),
    )
    for (const cell of around.values()) {
      const before = grid.cellOf(name)!
      const other = grid.nameAt(cell)
      const touched = links.filter(({ a, b }) => a === name || b === name || a === other || b === other)
      const cost = costOf(touched, grid)
      grid.move(name, cell)
      if (costOf(touched, grid) < cost - 1e-9) gained = true
      else grid.move(name, before)
    }
  }
  return gained
}

/** Long links are bad, links that point the wrong way worse, links through other rooms worst. */
function costOf(links: readonly Link[], grid: Grid): number {
  return links.reduce((sum, { a, b, offset }) => {
    const from = grid.cellOf(a)!
    const to = grid.cellOf(b)!
    const dx = to.x - from.x
    const dy = to.y - from.y
    const length = Math.hypot(dx, dy)
    const astray = offset === null ? 0 : 1 - (dx * offset[0] + dy * offset[1]) / (length * Math.hypot(...offset))
    return sum + length + 4 * astray + 6 * roomsBetween(from, dx, dy, grid)
  }, 0)
}

/** How many rooms lie on the straight way between two cells. */
function roomsBetween({ x, y }: Cell, dx: number, dy: number, grid: Grid): number {
  const steps = commonDivisor(Math.abs(dx), Math.abs(dy))
  let count = 0
  for (let step = 1; step < steps; step++)
    if (grid.nameAt({ x: x + (dx / steps) * step, y: y + (dy / steps) * step }) !== undefined) count++
  return count
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

/** The cells at that distance, counted as a king of chess moves, those straight ahead first. */
function square({ x, y }: Cell, radius: number): readonly Cell[] {
  if (radius === 0) return [{ x, y }]
  const side = Array.from({ length: 2 * radius + 1 }, (_, index) => index - radius)
  return side
    .flatMap((dx) => side.map((dy) => ({ dx, dy })))
    .filter(({ dx, dy }) => Math.max(Math.abs(dx), Math.abs(dy)) === radius)
    .sort((p, q) => Math.hypot(p.dx, p.dy) - Math.hypot(q.dx, q.dy))
    .map(({ dx, dy }) => ({ x: x + dx, y: y + dy }))
}

function keyOf({ x, y }: Cell): string {
  return `${x},${y}`
}
