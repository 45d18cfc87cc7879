import { meanOf } from './run-summary.ts'
import { type Line, type Span, span } from './spans.ts'

export interface ChartProps {
  readonly scores: readonly number[]
  /** A level drawn across the chart. */
  readonly baseline: number | null
  /** Scores of another chart that stands beside this one, so that both have one scale. */
  readonly beside: readonly number[]
  readonly columns: number
  readonly rows: number
}

const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
const widestBar = 3
/** Episodes that the moving average looks back on. */
export const averaged = 10

/**
 * Bars, one an episode, the best in another colour; across them the moving average and the baseline's level, where
 * there are rows enough. When there are more episodes than columns, a bar is the mean of several.
 */
export function scoreChart({ scores, baseline, beside, columns, rows }: ChartProps): readonly Line[] {
  const all = [...scores, ...beside, ...(baseline === null ? [] : [baseline])]
  const low = Math.min(0, ...all)
  const high = Math.max(low + 1, ...all)
  const labels = rows >= 3 ? [`${Math.round(high)}`, `${Math.round(low)}`] : []
  const labelWidth = labels.length > 0 ? Math.max(...labels.map((label) => label.length)) + 1 : 0
  const room = Math.max(1, columns - labelWidth)
  const perBar = Math.max(1, Math.ceil(scores.length / room))
  const bars = grouped(scores, perBar)
  const averages = grouped(movingAverage(scores), perBar)
  const width = Math.max(1, Math.min(widestBar, Math.floor(room / Math.max(1, bars.length))))
  const gap = width > 1 ? 1 : 0
  const best = bars.indexOf(Math.max(...bars))
  const height = (value: number) => 1 + Math.round(((value - low) / (high - low)) * (rows * 8 - 1))
  const rowOf = (value: number) => rows - Math.ceil(height(value) / 8)

  return Array.from({ length: rows }, (_, row): Line => {
    const below = (rows - 1 - row) * 8
    const cells = bars.flatMap((value, index): readonly Span[] => {
      const average = averages[index] ?? 0
      if (rows >= 3 && scores.length >= 3 && rowOf(average) === row) {
        return [span('━'.repeat(width), { colour: 'yellow', bold: true })]
      }
      const filled = Math.max(0, Math.min(8, height(value) - below))
      const drawsLevel = filled === 0 && baseline !== null && rowOf(baseline) === row
      const inner = drawsLevel ? '┄' : (eighths[filled] ?? ' ')
      const style = drawsLevel
        ? ({ colour: 'magenta' } as const)
        : ({ colour: index === best && value > low ? 'green' : 'cyan' } as const)
      return [span(inner.repeat(width - gap), style), span((drawsLevel ? '┄' : ' ').repeat(gap), style)]
    })
    const used = bars.length * width
    const rest = baseline !== null && rows >= 3 && rowOf(baseline) === row ? '┄'.repeat(Math.max(0, room - used)) : ''
    const label = row === 0 ? labels[0] : row === rows - 1 ? labels[1] : ''
    const axis = labelWidth > 0 ? [span(`${(label ?? '').padStart(labelWidth - 1)} `, { dim: true })] : []
    return [...axis, ...joined(cells), span(rest, { colour: 'magenta', dim: true })]
  })
}

/** Neighbours of one style become one piece. */
function joined(cells: readonly Span[]): readonly Span[] {
  const pieces: Span[] = []
  for (const cell of cells) {
    const last = pieces.at(-1)
    if (last && last.colour === cell.colour && last.bold === cell.bold) {
      pieces[pieces.length - 1] = { ...last, text: last.text + cell.text }
    } else pieces.push(cell)
  }
  return pieces
}

function grouped(values: readonly number[], size: number): readonly number[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    meanOf(values.slice(index * size, (index + 1) * size)),
  )
}

/** For each episode the mean of it and those before it, as far as the window reaches. */
function movingAverage(scores: readonly number[]): readonly number[] {
  return scores.map((_, index) => meanOf(scores.slice(Math.max(0, index + 1 - averaged), index + 1)))
}
