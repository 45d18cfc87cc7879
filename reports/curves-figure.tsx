import type { ReactElement } from 'react'
import { bootstrapRng, FEWEST_SEEDS } from './bootstrap.ts'
import type { Ceiling, SortedCeilings } from './ceilings.ts'
import type { Comparison } from './comparison.ts'
import { type ChartCurve, CurveChart, type CurveChartProps, isLabelCut } from './curve-chart.tsx'
import { listed, points } from './format.ts'
import { learningCurve, smoothingWindow } from './learning-curve.ts'
import { type ScoredSeries, Swatch } from './score-tables.tsx'
import type { Series } from './series.ts'

export interface CurvesFigureProps {
  readonly comparison: Comparison
  /** Of the whole page. */
  readonly series: readonly Series[]
  readonly ceilings: SortedCeilings
}

export function CurvesFigure({ comparison, series, ceilings }: CurvesFigureProps): ReactElement {
  const policies = scoredSeries(comparison, series)
  const cut = policies.some(({ policy }) => isLabelCut(policy))
  return (
    <figure>
      <Legend policies={policies} className={cut ? 'legend' : 'legend narrow'} />
      <CurveChart {...curveChartOf(comparison, series, ceilings.drawn)} />
      <figcaption>{curvesNote(policies, smoothingWindow(comparison.protocol.finished))}</figcaption>
      <Ceilings {...ceilings} />
    </figure>
  )
}

export function Legend({
  policies,
  className,
}: {
  readonly policies: readonly ScoredSeries[]
  readonly className: string
}): ReactElement {
  return (
    <ul className={className}>
      {policies.map((series) => (
        <li key={series.policy}>
          <Swatch series={series} /> {series.policy}
        </li>
      ))}
    </ul>
  )
}

/** The policies of a story, each as it is drawn on the whole page. */
export function scoredSeries({ policies }: Comparison, series: readonly Series[]): readonly ScoredSeries[] {
  return Object.entries(policies).map(([name, scores]) => ({
    ...series.find(({ policy }) => policy === name)!,
    scores,
  }))
}

/** What the learning curves of a story are drawn from. */
export function curveChartOf(
  comparison: Comparison,
  series: readonly Series[],
  ceilings: readonly Ceiling[],
): CurveChartProps {
  const { protocol } = comparison
  const policies = scoredSeries(comparison, series)
  const window = smoothingWindow(protocol.finished)
  const curves = policies.map(
    (series): ChartCurve => ({
      series,
      ...learningCurve(
        series.scores.seeds.map(({ scores }) => scores),
        window,
        bootstrapRng(),
      ),
    }),
  )
  const names = listed(policies.map(({ policy }) => policy))
  return {
    curves,
    ceilings,
    maxScore: protocol.maxScore,
    description: `Learning curves on ${protocol.title}: score by episode of ${names}.`,
  }
}

function curvesNote(policies: readonly ScoredSeries[], window: number): string {
  const seeds = policies.map(({ scores }) => scores.seeds.length)
  const averaged = window > 1 ? `, averaged over ${window} episodes up to it (fewer at the start)` : ''
  const raw = window > 1 && policies.length === 1 ? ' Faint: the same, not averaged over episodes.' : ''
  if (Math.max(...seeds) === 1)
    return `Line: score at the end of each episode${averaged}.${raw} One seed, so no band can be drawn.`
  const single = Math.min(...seeds) === 1 ? ', none where there is a single seed' : ''
  const rough = seeds.some((count) => count > 1 && count < FEWEST_SEEDS) ? `, rough under ${FEWEST_SEEDS} seeds` : ''
  return `Line: mean over seeds of the score at the end of each episode${averaged}.${raw} Band: 95 % bootstrap interval of that mean over seeds${single}${rough}.`
}

function Ceilings({ drawn, left }: SortedCeilings): ReactElement | null {
  if (drawn.length + left.length === 0) return null
  return (
    <ul className="ceilings">
      {drawn.map((ceiling) => (
        <li key={ceiling.label}>
          Dashed line: {ceiling.label}, {points(ceiling.score)}: {ceiling.protocol}.
        </li>
      ))}
      {left.map((ceiling) => (
        <li key={ceiling.label}>
          Not drawn, for its protocol differs ({ceiling.reason}): {ceiling.label}, {points(ceiling.score)}:{' '}
          {ceiling.protocol}.
        </li>
      ))}
    </ul>
  )
}
