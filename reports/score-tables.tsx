import { line } from 'd3-shape'
import type { ReactElement } from 'react'
import type { PolicyScores } from './comparison.ts'
import { points, ranges } from './format.ts'
import type { Series } from './series.ts'
import { type ScoreSummary, summarizeScores } from './statistics.ts'

export interface ScoredSeries extends Series {
  readonly scores: PolicyScores
}

/** One row per policy. */
export function PolicyTable({ policies }: { readonly policies: readonly ScoredSeries[] }): ReactElement {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <SummaryHeads />
          <th scope="col" className="seeds">
            Seeds
          </th>
        </tr>
      </thead>
      <tbody>
        {policies.map((series) => (
          <tr key={series.policy}>
            <PolicyHead series={series} />
            <SummaryCells summary={series.scores} decimals={series.scores.seeds.length === 1 ? 0 : 1} />
            <td className="seeds">{ranges(series.scores.seeds.map(({ seed }) => seed))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export interface RunTableProps {
  readonly policies: readonly ScoredSeries[]
  readonly maxScore: number | null
}

/** One row per run, with its scores as a small curve; all curves on one scale. */
export function RunTable({ policies, maxScore }: RunTableProps): ReactElement {
  const all = policies.flatMap(({ scores }) => scores.seeds.flatMap((seed) => seed.scores))
  const range = [Math.min(0, ...all), Math.max(1, ...all)] as const
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <th scope="col" className="number">
            Seed
          </th>
          <SummaryHeads />
          <th scope="col" className="plot">
            Scores
          </th>
        </tr>
      </thead>
      {policies.map((series) => (
        <tbody key={series.policy}>
          {series.scores.seeds.map(({ seed, scores }, index) => (
            <tr key={seed}>
              {index === 0 && <PolicyHead series={series} rows={series.scores.seeds.length} />}
              <td className="number">{seed}</td>
              <SummaryCells summary={summarizeScores(scores, maxScore)} decimals={0} />
              <td className="plot">
                <Sparkline scores={scores} range={range} colour={series.colour} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

function PolicyHead({ series, rows }: { readonly series: Series; readonly rows?: number }): ReactElement {
  return (
    <th scope={rows === undefined ? 'row' : 'rowgroup'} rowSpan={rows} className="policy">
      <Swatch series={series} /> {series.policy}
    </th>
  )
}

export function Swatch({ series }: { readonly series: Series }): ReactElement {
  return (
    <svg className="swatch" viewBox="0 0 18 8" width={18} height={8} aria-hidden="true">
      <path className="curve" stroke={series.colour} strokeDasharray={series.dashes} d="M2,4H16" />
    </svg>
  )
}

function SummaryHeads(): ReactElement {
  return (
    <>
      {['Mean', 'Last five', 'Final', 'Best', 'AUC'].map((name) => (
        <th key={name} scope="col" className="number">
          {name}
        </th>
      ))}
    </>
  )
}

/** `decimals`: of what a single run has as a whole number, its final and best score. */
function SummaryCells({
  summary,
  decimals,
}: {
  readonly summary: ScoreSummary
  readonly decimals: number
}): ReactElement {
  return (
    <>
      <td className="number">{points(summary.mean)}</td>
      <td className="number">{points(summary.lastFive)}</td>
      <td className="number">{points(summary.final, decimals)}</td>
      <td className="number">{points(summary.best, decimals)}</td>
      <td className="number">{summary.auc === null ? '–' : points(summary.auc, 3)}</td>
    </>
  )
}

const SPARK = { width: 120, height: 22 }

interface SparklineProps {
  readonly scores: readonly number[]
  readonly range: readonly [low: number, high: number]
  readonly colour: string
}

function Sparkline({ scores, range: [low, high], colour }: SparklineProps): ReactElement {
  const draw = line<number>(
    (_, index) => 2 + (index / Math.max(1, scores.length - 1)) * (SPARK.width - 4),
    (score) => SPARK.height - 2 - ((score - low) / (high - low)) * (SPARK.height - 4),
  ).digits(1)
  return (
    <svg viewBox={`0 0 ${SPARK.width} ${SPARK.height}`} width={SPARK.width} height={SPARK.height} aria-hidden="true">
      <path className="spark" stroke={colour} d={draw(scores) ?? ''} />
    </svg>
  )
}
