import { costOf, inDollars } from '../../harness/index.ts'
import type { CellPace } from '../cells/cell-pace.ts'
import type { RunRequest } from '../run.ts'
import { counted } from '../tui/figures.ts'
import { duration } from './progress.ts'

/** What the cells will take at most, by the turns that were played. */
interface SweepEstimate {
  readonly cells: number
  readonly turns: number
  /** Null where no turn was left to be played. */
  readonly seconds: number | null
  readonly promptTokens: number
  readonly completionTokens: number
  /** US dollars; null where no model is asked, or its price is not known. */
  readonly cost: number | null
  readonly playedTurns: number
}

export function estimateSweep(requests: readonly RunRequest[], pace: CellPace, jobs: number): SweepEstimate {
  const turns = requests.reduce((sum, { episodes, stepLimit }) => sum + episodes * stepLimit, 0)
  const ofAll = (played: number) => (pace.turns === 0 ? 0 : (turns * played) / pace.turns)
  const tokens = {
    promptTokens: Math.round(ofAll(pace.promptTokens)),
    completionTokens: Math.round(ofAll(pace.completionTokens)),
  }
  const prices = requests[0]?.model?.prices
  return {
    cells: requests.length,
    turns,
    seconds: pace.turns === 0 ? null : ofAll(pace.milliseconds) / 1000 / Math.min(jobs, requests.length),
    ...tokens,
    cost: prices && pace.turns > 0 ? costOf(tokens, prices) : null,
    playedTurns: pace.turns,
  }
}

export function estimateInWords({
  cells,
  turns,
  seconds,
  promptTokens,
  completionTokens,
  cost,
  playedTurns,
}: SweepEstimate): string {
  const most = `${counted(cells, 'cell')}, at most ${counted(turns, 'turn')}`
  if (seconds === null) return cells === 0 ? 'Nothing is left to play.' : `${most}.`
  const parts = [most, `about ${duration(1000 * seconds)}`]
  if (promptTokens > 0) parts.push(`${promptTokens} tokens of prompts and ${completionTokens} of answers`)
  if (promptTokens > 0 && cost !== null) parts.push(inDollars(cost))
  return `${parts.join(', ')}, by ${counted(playedTurns, 'turn')} played so far.`
}
