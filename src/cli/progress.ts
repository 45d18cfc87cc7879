import type { RunEvent } from '../../harness/index.ts'
import { clip } from '../tui/columns.ts'
import { sparkline } from '../tui/figures.ts'
import { sizeOf } from '../tui/terminal-size.ts'
import { type CellProgress, position, progressed, timeLeft, waitingCell } from './cell-progress.ts'

/** How far one or more cells have come; told on stderr so that stdout holds results alone. */
export interface Progress {
  /** Something happened in the cell at this place of the list. */
  take(index: number, event: RunEvent): void
  /** A line about the cell that stays. */
  note(index: number, text: string): void
  /** Takes the bars off the terminal. */
  end(): void
}

export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const barWidth = 20
const curveWidth = 30
/** Milliseconds between two pictures of the bars, and between two reports where there is no terminal. */
const paces = { bars: 100, lines: 10_000 }

/** On a terminal a bar over all cells and a line for each that is played, with its curve so far; lines elsewhere. */
export function openProgress(
  stream: ProgressStream,
  cells: readonly { readonly label: string; readonly episodes: number; readonly stepLimit: number }[],
  now: () => number = () => performance.now(),
): Progress {
  const states = cells.map(({ label, episodes, stepLimit }) => waitingCell(label, episodes, stepLimit))
  const since = now()
  const pace = stream.isTTY ? paces.bars : paces.lines
  let shown = since
  let drawn = 0

  const overall = () => {
    const finished = states.filter(({ state }) => state === 'finished').length
    const left = timeLeft(states, since, now())
    return `${finished} of ${states.length} cells${left === null ? '' : `, about ${duration(left)} left`}`
  }
  const playing = () => states.filter(({ state }) => state === 'playing').map((cell) => cellLine(cell, now()))
  const lines = () => {
    const [first = '', ...rest] = states.length === 1 ? playing() : [overall(), ...playing()]
    return stream.isTTY ? [`${bar(states)} ${first}`, ...rest] : [first, ...rest]
  }
  const erase = () => {
    if (drawn === 0) return
    stream.write(`\r${drawn > 1 ? `\u001b[${drawn - 1}A` : ''}\u001b[J`)
    drawn = 0
  }
  const show = () => {
    shown = now()
    if (!stream.isTTY) {
      for (const line of lines()) stream.write(`${line}\n`)
      return
    }
    // A line that reached the edge would wrap, and could not be found again.
    const picture = lines().map((line) => clip(line, sizeOf(stream).columns - 1))
    erase()
    stream.write(picture.join('\n'))
    drawn = picture.length
  }

  return {
    take(index, event) {
      const state = states[index]
      if (state === undefined) return
      states[index] = progressed(state, event, now())
      if (event.type === 'stepped' && now() - shown >= pace) show()
    },
    note(index, text) {
      erase()
      stream.write(`${states[index]?.label ?? ''}: ${text}\n`)
    },
    end: erase,
  }
}

function bar(states: readonly CellProgress[]): string {
  const sum = (of: (cell: CellProgress) => number) => states.reduce((total, cell) => total + of(cell), 0)
  const filled = Math.round((barWidth * sum(position)) / sum(({ episodes }) => episodes))
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`
}

function cellLine(cell: CellProgress, now: number): string {
  const { label, episode, episodes, turn, stepLimit, scores, since } = cell
  const left = timeLeft([cell], since, now)
  const curve = sparkline(scores.slice(-curveWidth), 1)
  return [
    `${label}: episode ${episode} of ${episodes}`,
    `turn ${turn} of ${stepLimit}`,
    ...(scores.length === 0 ? [] : [`scores ${scores.length > 1 ? `${curve} ` : ''}last ${scores.at(-1)}`]),
    ...(left === null ? [] : [`about ${duration(left)} left`]),
  ].join(', ')
}

/** `40 s`, `3 min`, `2 h 5 min`; rounded up. */
export function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
