import { Box, Text } from 'ink'
import stringWidth from 'string-width'
import { oneLine, type Part } from './columns.ts'
import type { Pace } from './keys.ts'
import { scoreOf, type ViewModel } from './view-model.ts'

/** Who plays what, and how fast; below it, where the episode stands. */
export function StatusLines({ view, pace, columns }: StatusProps) {
  const state = stateOf(view, pace)
  return (
    <Box flexDirection="column">
      <Box justifyContent="space-between">
        <Text>{oneLine(runParts(view), columns - stringWidth(state) - 3, '   ')}</Text>
        <Text bold>{state}</Text>
      </Box>
      <Text bold>{oneLine(episodeParts(view), columns, '   ')}</Text>
    </Box>
  )
}

/** The same on one line, for small terminals. */
export function StatusLine({ view, pace, columns }: StatusProps) {
  const state = stateOf(view, pace)
  return (
    <Box justifyContent="space-between">
      <Text bold>{oneLine(episodeParts(view), columns - stringWidth(state) - 2, '  ')}</Text>
      <Text>{state}</Text>
    </Box>
  )
}

/** All there is room for when there is room for nothing. */
export function PlainLine({ view, pace, columns }: StatusProps) {
  const best = view.scores.length > 0 ? `best ${Math.max(...view.scores)}` : ''
  const parts = [...episodeParts(view), { text: best, drop: 1 }, { text: stateOf(view, pace), drop: 2 }]
  return <Text>{oneLine(parts, columns, '  ')}</Text>
}

export interface StatusProps {
  readonly view: ViewModel
  readonly pace: Pace
  readonly columns: number
}

function runParts({ header }: ViewModel): readonly Part[] {
  if (!header) return [{ text: 'grue', drop: 0 }]
  return [
    { text: header.story, drop: 0 },
    { text: header.policy, drop: 1 },
    { text: `prior ${header.prior} (${header.rung})`, drop: 2 },
    { text: `seed ${header.seed}`, drop: 3 },
    { text: header.release, drop: 4 },
  ]
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

function stateOf(view: ViewModel, pace: Pace): string {
  if (view.phase === 'failed') return 'failed'
  if (view.phase === 'ended') return 'finished'
  if (pace.stopping) return 'stopping'
  if (pace.paused) return 'paused'
  if (pace.turnsPerSecond === Infinity) return 'full speed'
  return pace.turnsPerSecond < 1
    ? 'a turn in 2 s'
    : `${pace.turnsPerSecond} ${pace.turnsPerSecond === 1 ? 'turn' : 'turns'}/s`
}
