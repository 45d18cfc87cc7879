import { line } from 'd3-shape'
import type { ReactElement } from 'react'
import type { PolicyScores, ScoreIntervals } from './comparison.ts'
import { ranges } from './format.ts'
import { NumberCell, NumberHeads } from './number-cell.tsx'
import type { Series } from './series.ts'
import { type ScoreSummary, summarizeScores } from './statistics.ts'

export interface ScoredSeries extends Series {
  readonly scores: PolicyScores
}

export interface PolicyTableProps {
  readonly policies: readonly ScoredSeries[]
  /** Of means, in points. */
  readonly decimals: number
}

/** One row per policy. */
export function PolicyTable({ policies, decimals }: PolicyTableProps): ReactElement {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <NumberHeads names={[...SUMMARY, 'IQM']} />
          <th scope="col" className="seeds">
            Seeds
          </th>
        </tr>
      </thead>
      <tbody>
        {policies.map((series) => (
          <tr key={series.policy}>
            <PolicyHead series={series} />
            <SummaryCells
              summary={series.scores}
              intervals={series.scores.intervals}
              decimals={decimals}
              wholeDecimals={series.scores.seeds.length === 1 ? 0 : decimals}
            />
            <NumberCell value={series.scores.iqm} interval={series.scores.intervals?.iqm ?? null} decimals={decimals} />
            <td className="seeds">{ranges(series.scores.seeds.map(({ seed }) => seed))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export interface RunTableProps extends PolicyTableProps {
  readonly maxScore: number | null
}

/** One row per run, with its scores as a small curve; all curves on one scale. */
export function RunTable({ policies, decimals, maxScore }: RunTableProps): ReactElement {
  const all = policies.flatMap(({ scores }) => scores.seeds.flatMap((seed) => seed.scores))
  const range = [Math.min(0, ...all), Math.max(1, ...all)] as const
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <NumberHeads names={['Seed', ...SUMMARY]} />
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
              <SummaryCells
                summary={summarizeScores(scores, maxScore)}
                intervals={null}
                decimals={decimals}
                wholeDecimals={0}
              />
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

export function PolicyHead({ series, rows }: { readonly series: Series; readonly rows?: number }): ReactElement {
  return (
    <th scope={rows === undefined ? 'row' : 'rowgroup'} rowSpan={rows} className="policy">
      <Swatch series={series} /> <span className="name">{series.policy}</span>
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

const SUMMARY = ['Mean', 'Last five', 'Final', 'Best', 'AUC']

interface SummaryCellsProps {
  readonly summary: ScoreSummary
  readonly intervals: ScoreIntervals | null
  readonly decimals: number
  /** Of what a single run has as a whole number, its final and best score. */
  readonly wholeDecimals: number
}

function SummaryCells({ summary, intervals, decimals, wholeDecimals }: SummaryCellsProps): ReactElement {
  return (
    <>
      <NumberCell value={summary.mean} interval={intervals?.mean ?? null} decimals={decimals} />
      <NumberCell value={summary.lastFive} interval={intervals?.lastFive ?? null} decimals={decimals} />
      <NumberCell value={summary.final} interval={intervals?.final ?? null} decimals={wholeDecimals} />
      <NumberCell value={summary.best} interval={intervals?.best ?? null} decimals={wholeDecimals} />
      {summary.auc === null ? (
        <td className="number">–</td>
      ) : (
        <NumberCell value={summary.auc} interval={intervals?.auc ?? null} decimals={3} />
      )}
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
