import { clip, oneLine, type Part } from './columns.ts'
import { counted, decimal } from './figures.ts'
import { bestOf, meanOf } from './run-summary.ts'
import { averaged, scoreChart } from './score-chart.ts'
import { dim, filled, fitted, type Line, line, type Span, span, widthOf } from './spans.ts'
import type { ViewModel } from './view-model.ts'

export interface ScoresProps {
  readonly view: ViewModel
  /** The mean score of the static policy on the same terms; null where no run of it is known. */
  readonly baseline: number | null
  /** What the chart must have room for beside its own scores: another agent's. */
  readonly beside: readonly number[]
  readonly columns: number
  readonly rows: number
}

/** The learning curve so far, and what it comes to. */
export function scoresPane(props: ScoresProps): readonly Line[] {
  const { view, columns, rows } = props
  if (view.scores.length === 0 && rows < 3) {
    return filled([line(clip('scores: after the first episode', columns), dim)], rows)
  }
  return rows < 3 ? oneRow(props) : severalRows(props)
}

function oneRow({ view, baseline, columns, rows }: ScoresProps): readonly Line[] {
  const label = 'scores '
  const figures: readonly Part[] = figuresOf(view, baseline).map(({ text }, drop) => ({ text, drop }))
  const wish = Math.min(view.scores.length, Math.floor(columns / 2))
  const text = oneLine(figures, columns - label.length - wish - 3, '   ')
  const width = Math.max(0, columns - label.length - 3 - widthOf(line(text)))
  const chart = scoreChart({ scores: view.scores, baseline: null, beside: [], columns: width, rows })
  return chart.map((cells, row) => {
    const last = row === chart.length - 1
    const head = span(last ? label : ' '.repeat(label.length), dim)
    const curve = fitted([head, ...cells], columns - widthOf(line(text)))
    return last ? [...curve, span(text)] : fitted(curve, columns)
  })
}

function severalRows({ view, baseline, beside, columns, rows }: ScoresProps): readonly Line[] {
  const figures = figuresOf(view, baseline)
  const textWidth = Math.min(Math.floor(columns * 0.45), Math.max(...figures.map(({ text }) => text.length)) + 2)
  const width = columns - textWidth - 2
  if (view.scores.length === 0) {
    return filled([...filled([], rows - 1), line(clip('scores: after the first episode', columns), dim)], rows)
  }
  const chart = scoreChart({ scores: view.scores, baseline, beside, columns: width, rows })
  const shown = figures.slice(0, rows)
  const lead = rows - shown.length
  return chart.map((cells, row) => {
    const figure = shown[row - lead]
    const text: readonly Span[] = figure
      ? [span(figure.sign, figure.style), span(clip(figure.text, textWidth - 2))]
      : []
    return fitted([...fitted(cells, width), span('  '), ...text], columns)
  })
}

interface Figure extends Pick<Span, 'text'> {
  /** Two columns: the chart's sign for it. */
  readonly sign: string
  readonly style: Omit<Span, 'text'>
}

/** Most important first. */
function figuresOf(view: ViewModel, baseline: number | null): readonly Figure[] {
  const best = bestOf(view.scores)
  const plain = { sign: '  ', style: {} }
  if (!best) return [{ ...plain, text: 'after the first episode' }]
  const average = meanOf(view.scores.slice(-averaged))
  const { count, points } = view.flips
  const earned = points > 0 ? `, earned +${points}` : points < 0 ? `, lost ${points}` : ''
  return [
    { sign: '█ ', style: { colour: 'green' }, text: `best ${best.score} (episode ${best.episode})` },
    {
      sign: '━ ',
      style: { colour: 'yellow' },
      text: `average of ${Math.min(averaged, view.scores.length)}: ${decimal(average, 7)}`,
    },
    ...(baseline === null
      ? []
      : [{ sign: '┄ ', style: { colour: 'magenta' as const }, text: `static ${decimal(baseline, 7)}` }]),
    { ...plain, text: `${counted(count, 'flip')} in this episode${earned}` },
    { ...plain, text: `last ${view.scores.at(-1)}, mean ${decimal(meanOf(view.scores), 7)}` },
  ]
}
