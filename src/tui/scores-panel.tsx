import { Box, Text } from 'ink'
import { useContext } from 'react'
import stringWidth from 'string-width'
import { clip, oneLine } from './columns.ts'
import { decimal, sparkline } from './figures.ts'
import { PaletteContext } from './palette.ts'
import { bestOf, meanOf } from './run-summary.ts'
import type { ViewModel } from './view-model.ts'

/** The learning curve so far: a column an episode, the latest that fit, and what they come to. */
export function ScoresPanel(props: { readonly view: ViewModel; readonly columns: number; readonly rows: number }) {
  const { view, columns, rows } = props
  const palette = useContext(PaletteContext)
  const best = bestOf(view.scores)
  if (!best)
    return (
      <Box height={rows}>
        <Text dimColor>{clip('scores: after the first episode', columns)}</Text>
      </Box>
    )
  const figures = [
    { text: `last ${view.scores.at(-1)}`, drop: 2 },
    { text: `best ${best.score} (episode ${best.episode})`, drop: 0 },
    { text: `mean ${decimal(meanOf(view.scores), 7)}`, drop: 1 },
    { text: view.memory === null ? '' : `memory ${view.memory} turns`, drop: 3 },
  ]
  const label = 'scores '
  const gap = 3
  const curveWish = Math.min(view.scores.length, Math.floor(columns / 2))
  const text = oneLine(figures, columns - label.length - curveWish - gap, '   ')
  const room = Math.max(0, columns - label.length - gap - stringWidth(text))
  const curve = sparkline(view.scores.slice(Math.max(0, view.scores.length - room)), rows)
  return (
    <Box justifyContent="space-between" height={rows} alignItems="flex-end">
      <Box alignItems="flex-end">
        <Text dimColor>{label}</Text>
        {room > 0 && <Text {...palette.command}>{curve.join('\n')}</Text>}
      </Box>
      <Text>{text}</Text>
    </Box>
  )
}
