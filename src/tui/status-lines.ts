import { costOf, defaultPreset, inDollars, type Prices, policyNames, rungNames } from '../../harness/index.ts'
import { clip, oneLine, type Part } from './columns.ts'
import { counted } from './figures.ts'
import type { Pace } from './keys.ts'
import { bold, justified, type Line, line, span } from './spans.ts'
import { textWidth } from './text-width.ts'
import { pointsOf, scoreOf, type ViewModel } from './view-model.ts'

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

/** Who plays what, and how fast; below it, where the episode stands, what is remembered and what it has cost. */
export function statusLines(view: ViewModel, motion: Motion, columns: number): readonly Line[] {
  const state = stateOf(view, motion)
  const run = oneLine(runParts(view), columns - textWidth(state) - 3, gapOf(columns))
  return [justified([span(run)], [span(state, stateStyle(motion))], columns), episodeLine(view, motion, columns)]
}

/** The essentials stand on a terminal of 80 columns, closer together. */
function gapOf(columns: number): string {
  return columns < 100 ? '  ' : '   '
}

function episodeLine(view: ViewModel, motion: Motion, columns: number): Line {
  return line(oneLine([...episodeParts(view), ...knownParts(view, motion)], columns, gapOf(columns)), bold)
}

/** The same on one line, for small terminals. */
export function statusLine(view: ViewModel, motion: Motion, columns: number): Line {
  const state = stateOf(view, motion)
  const episode = oneLine(episodeParts(view), columns - textWidth(state) - 2, '  ')
  return justified([span(episode, bold)], [span(state, stateStyle(motion))], columns)
}

/** One of several agents: who it is, and where its episode stands. */
export function agentLines(view: ViewModel, motion: Motion, columns: number, focused: boolean): readonly Line[] {
  const { header } = view
  const name = `${focused ? '▸ ' : '  '}${header ? withPreset(header.policy) : 'starting'}`
  const scored = [span(scoreOf(view.score, view.maxScore), bold)]
  return [
    justified([span(name, focused ? { bold: true, colour: 'cyan' } : bold)], scored, columns),
    episodeLine(view, motion, columns),
  ]
}

/** All there is room for when there is room for nothing. */
export function plainStatus(view: ViewModel, motion: Motion, columns: number): Line {
  const best = view.scores.length > 0 ? `best ${Math.max(...view.scores)}` : ''
  const parts = [...episodeParts(view), { text: best, drop: 4 }, { text: stateOf(view, motion), drop: 2 }]
  return line(oneLine(parts, columns, '  '))
}

function runParts({ header }: ViewModel): readonly Part[] {
  if (!header) return [{ text: 'grue', drop: 0 }]
  return [
    { text: header.story, short: clip(header.story, shortestName), drop: 0 },
    { text: withPreset(header.policy), drop: 1 },
    { text: `prior ${header.prior} (${header.rung})`, short: shortPrior(header), drop: 2 },
    { text: `seed ${header.seed}`, drop: 3 },
  ]
}

const shortestName = 20

/** A preset goes unsaid on the command line where it is the default; whoever looks over a shoulder cannot know. */
function withPreset(policy: string): string {
  const whole = `${policy}:${defaultPreset}`
  return policyNames.includes(whole) ? whole : policy
}

/** `lexical`, `gpt-4.1-mini by labels`. */
function shortPrior({ prior, rung }: NonNullable<ViewModel['header']>): string {
  if (rung.startsWith(prior)) return `prior ${prior}`
  const way = rungNames.find((name) => rung.includes(name)) ?? rung.replace(/ \(.*/, '')
  return `${prior.replace(/^\w+:/, '')} by ${way}`
}

/** What is remembered, and what the model has cost. */
function knownParts({ header, memory, calls }: ViewModel, { prices }: Motion): readonly Part[] {
  if (!header) return []
  const remembered = memory === null ? { text: 'no memory yet' } : { text: `memory ${memory}`, short: `mem ${memory}` }
  return [
    { ...remembered, drop: 4 },
    { ...costOfCalls(calls, prices), drop: 5 },
  ]
}

function costOfCalls(calls: ViewModel['calls'], prices: Prices | null): Pick<Part, 'text' | 'short'> {
  if (calls.count === 0) return { text: 'no cost' }
  const tokens = thousands(calls.promptTokens + calls.completionTokens)
  const dollars = prices === null ? null : inDollars(costOf(calls, prices))
  const parts = [
    counted(calls.count, 'call'),
    ...(calls.faults === 0 ? [] : [`${calls.faults} of no use`]),
    `${tokens} tokens`,
    ...(dollars === null ? [] : [dollars]),
  ]
  return { text: parts.join(', '), short: dollars ?? `${tokens} tokens` }
}

function thousands(count: number): string {
  return count < 10_000 ? `${count}` : `${Math.round(count / 1000)}k`
}

function episodeParts(view: ViewModel): readonly Part[] {
  if (!view.header || view.episode === 0) return [{ text: 'starting', drop: 0 }]
  const { count, points } = view.flips
  const flips = counted(count, 'flip')
  const earned = points > 0 ? `, earned +${points}` : points < 0 ? `, lost ${points}` : ''
  return [
    { text: view.room, short: clip(view.room, shortestName), drop: 0 },
    { text: scoreOf(view.score, view.maxScore), drop: 1 },
    { text: `turn ${view.turn}/${view.header.stepLimit}`, drop: 2 },
    {
      text: `episode ${view.episode}/${view.header.episodes}`,
      short: `ep ${view.episode}/${view.header.episodes}`,
      drop: 3,
    },
    { text: `${flips}${earned}`, short: `${flips}${points === 0 ? '' : ` ${pointsOf(points)}`}`, drop: 6 },
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
  if (behind > 0) return `${counted(behind, 'turn')} back`
  if (end) return 'finished'
  if (pace.rushing) return `to the end, ${speedOf({ ...pace, turnsPerSecond: Infinity }, rate)}`
  return pace.paused ? 'paused' : speedOf(pace, rate)
}

function speedOf({ turnsPerSecond }: Pace, rate: number | null): string {
  if (turnsPerSecond === Infinity) return rate === null ? 'full speed' : `max, ${perSecond(rate)} turns/s`
  const asked = turnsPerSecond < 1 ? 'a turn in 2 s' : `${turnsPerSecond} ${turnsPerSecond === 1 ? 'turn' : 'turns'}/s`
  // What cannot be kept up is not claimed.
  return rate !== null && turnsPerSecond >= 5 && rate < turnsPerSecond * 0.7 ? `${perSecond(rate)} of ${asked}` : asked
}

function perSecond(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : rate.toFixed(0)
}
