import { costOf, type Prices } from '../../harness/index.ts'
import { oneLine, type Part } from './columns.ts'
import type { Pace } from './keys.ts'
import { bold, justified, type Line, line, span } from './spans.ts'
import { textWidth } from './text-width.ts'
import { scoreOf, type ViewModel } from './view-model.ts'

/** How the run moves on, and where in it the view is. */
export interface Motion {
  readonly pace: Pace
  readonly kind: 'live' | 'recorded'
  /** Turns a second, as measured; null before there is anything to measure. */
  readonly rate: number | null
  /** Turns between the one that is looked at and the newest. */
  readonly behind: number
  /** Whether a recording is still being read. */
  readonly reading: boolean
  /** Of the model's tokens, where they are known. */
  readonly prices: Prices | null
}

/** Who plays what, and how fast; below it, where the episode stands. */
export function statusLines(view: ViewModel, motion: Motion, columns: number): readonly Line[] {
  const state = stateOf(view, motion)
  const run = oneLine(runParts(view, motion), columns - textWidth(state) - 3, '   ')
  return [
    justified([span(run)], [span(state, stateStyle(motion))], columns),
    [span(oneLine(episodeParts(view), columns, '   '), bold)],
  ]
}

/** The same on one line, for small terminals. */
export function statusLine(view: ViewModel, motion: Motion, columns: number): Line {
  const state = stateOf(view, motion)
  const episode = oneLine(episodeParts(view), columns - textWidth(state) - 2, '  ')
  return justified([span(episode, bold)], [span(state, stateStyle(motion))], columns)
}

/** One of several agents: who it is, and where its episode stands. */
export function agentLines(view: ViewModel, columns: number, focused: boolean): readonly Line[] {
  const { header } = view
  const name = `${focused ? '▸ ' : '  '}${header?.policy ?? 'starting'}`
  const scored = [span(scoreOf(view.score, view.maxScore), bold)]
  return [
    justified([span(name, focused ? { bold: true, colour: 'cyan' } : bold)], scored, columns),
    line(oneLine(episodeParts(view), columns, '   ')),
  ]
}

/** All there is room for when there is room for nothing. */
export function plainStatus(view: ViewModel, motion: Motion, columns: number): Line {
  const best = view.scores.length > 0 ? `best ${Math.max(...view.scores)}` : ''
  const parts = [...episodeParts(view), { text: best, drop: 1 }, { text: stateOf(view, motion), drop: 2 }]
  return line(oneLine(parts, columns, '  '))
}

function runParts({ header, memory, calls }: ViewModel, { prices }: Motion): readonly Part[] {
  if (!header) return [{ text: 'grue', drop: 0 }]
  return [
    { text: header.story, drop: 0 },
    { text: header.policy, drop: 1 },
    { text: `prior ${header.prior} (${header.rung})`, drop: 3 },
    { text: memory === null ? 'no memory yet' : `memory ${memory}`, drop: 2 },
    { text: costText(calls, prices), drop: 4 },
    { text: `seed ${header.seed}`, drop: 5 },
  ]
}

function costText(calls: ViewModel['calls'], prices: Prices | null): string {
  if (calls.count === 0) return 'no cost'
  const tokens = thousands(calls.promptTokens + calls.completionTokens)
  const cost = prices === null ? '' : `, $${costOf(calls, prices).toFixed(4)}`
  return `${calls.count} ${calls.count === 1 ? 'call' : 'calls'}, ${tokens} tokens${cost}`
}

function thousands(count: number): string {
  return count < 10_000 ? `${count}` : `${Math.round(count / 1000)}k`
}

function episodeParts(view: ViewModel): readonly Part[] {
  if (!view.header || view.episode === 0) return [{ text: 'starting', drop: 0 }]
  const { count, points } = view.flips
  const earned = points > 0 ? `, earned +${points}` : points < 0 ? `, lost ${points}` : ''
  return [
    { text: view.room, drop: 0 },
    { text: scoreOf(view.score, view.maxScore), drop: 1 },
    { text: `turn ${view.turn}/${view.header.stepLimit}`, drop: 2 },
    { text: `episode ${view.episode}/${view.header.episodes}`, drop: 3 },
    { text: `${count} ${count === 1 ? 'flip' : 'flips'}${earned}`, drop: 4 },
  ]
}

function stateStyle({ pace, behind }: Motion) {
  return behind > 0 || pace.paused ? ({ bold: true, colour: 'yellow' } as const) : bold
}

function stateOf(view: ViewModel, { pace, kind, rate, behind, reading }: Motion): string {
  if (view.phase === 'failed') return 'failed'
  if (pace.stopping) return 'stopping'
  const end = view.phase === 'ended' && behind === 0
  if (kind === 'recorded') {
    const what = reading ? 'replay, reading' : 'replay'
    return end ? 'replay, end' : pace.paused ? `${what}, paused` : `${what}, ${speedOf(pace, rate)}`
  }
  if (behind > 0) return `${behind} ${behind === 1 ? 'turn' : 'turns'} back`
  if (end) return 'finished'
  if (pace.rushing) return `to the end, ${speedOf({ ...pace, turnsPerSecond: Infinity }, rate)}`
  return pace.paused ? 'paused' : speedOf(pace, rate)
}

function speedOf({ turnsPerSecond }: Pace, rate: number | null): string {
  if (turnsPerSecond === Infinity) return rate === null ? 'full speed' : `full speed, ${perSecond(rate)} turns/s`
  const asked = turnsPerSecond < 1 ? 'a turn in 2 s' : `${turnsPerSecond} ${turnsPerSecond === 1 ? 'turn' : 'turns'}/s`
  // What cannot be kept up is not claimed.
  return rate !== null && turnsPerSecond >= 5 && rate < turnsPerSecond * 0.7 ? `${perSecond(rate)} of ${asked}` : asked
}

function perSecond(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : rate.toFixed(0)
}
