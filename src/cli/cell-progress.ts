import type { RunEvent } from '../../harness/index.ts'

/** How far a cell has come. */
export interface CellProgress {
  readonly label: string
  readonly episodes: number
  readonly stepLimit: number
  readonly state: 'waiting' | 'playing' | 'finished'
  /** When it began to be played here. */
  readonly since: number
  /** Episodes that an earlier start has played: they say nothing about the time that is left. */
  readonly skipped: number
  /** The episode being played; 0 before the first. */
  readonly episode: number
  readonly turn: number
  /** Of the episodes finished here. */
  readonly scores: readonly number[]
}

export function waitingCell(label: string, episodes: number, stepLimit: number): CellProgress {
  return { label, episodes, stepLimit, state: 'waiting', since: 0, skipped: 0, episode: 0, turn: 0, scores: [] }
}

export function progressed(cell: CellProgress, event: RunEvent, now: number): CellProgress {
  switch (event.type) {
    case 'run-started':
      // A cell that is taken over by another worker starts anew.
      return { ...cell, state: 'playing', since: now, episode: 0, turn: 0, scores: [] }
    case 'episode-started': {
      const skipped = cell.episode === 0 ? event.episode - 1 : cell.skipped
      return { ...cell, skipped, episode: event.episode, turn: 0 }
    }
    case 'stepped':
      return { ...cell, turn: event.turn }
    case 'episode-ended':
      return { ...cell, turn: cell.stepLimit, scores: [...cell.scores, event.score] }
    case 'run-ended':
      return {
        ...cell,
        state: 'finished',
        skipped: cell.episode === 0 ? cell.episodes : cell.skipped,
        scores: event.scores,
      }
    default:
      return cell
  }
}

/** Episodes behind the cell, the present one in part. */
export function position({ state, episodes, episode, turn, stepLimit }: CellProgress): number {
  return state === 'finished' ? episodes : Math.max(0, episode - 1) + Math.min(1, turn / stepLimit)
}

/** Milliseconds that the cells will still take at the pace so far; null where there is none yet. */
export function timeLeft(cells: readonly CellProgress[], since: number, now: number): number | null {
  const sum = (of: (cell: CellProgress) => number) => cells.reduce((total, cell) => total + of(cell), 0)
  const done = sum(position)
  const played = done - sum(({ skipped }) => skipped)
  return played > 0 ? ((now - since) / played) * (sum(({ episodes }) => episodes) - done) : null
}
