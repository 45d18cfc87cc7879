import { scaleLinear } from 'd3-scale'
import type { ReactElement } from 'react'
import type { Interval } from './bootstrap.ts'
import type { PolicyDifference } from './comparison.ts'
import { points, ranges, roughNote, signedPoints } from './format.ts'
import { type Difference, excludesZero } from './paired-difference.ts'

const PLOT = { width: 180, height: 16, margin: 6 }

export interface DifferenceTableProps {
  readonly paired: readonly PolicyDifference[]
  /** Finished episodes of every run. */
  readonly episodes: number
  /** Of points. */
  readonly decimals: number
}

/** Every pair, over all episodes and over the last ten, with its interval in numbers, as a drawing and in a word. */
export function DifferenceTable({ paired, episodes, decimals }: DifferenceTableProps): ReactElement {
  const seeds = new Set(paired.map((pair) => ranges(pair.seeds)))
  const shown = paired.flatMap((pair) =>
    [pair, pair.lastTen].flatMap(({ difference, interval }) => [difference, ...(interval ?? [])]),
  )
  const x = scaleLinear([Math.min(0, ...shown), Math.max(0, ...shown)], [PLOT.margin, PLOT.width - PLOT.margin])
  return (
    <table className="differences">
      <thead>
        <tr>
          <th scope="col">Episodes</th>
          <th scope="col" className="number">
            Difference
          </th>
          <th scope="col" className="number">
            95 % interval
          </th>
          <th scope="col" className="plot" aria-label="Interval around zero" />
          <th scope="col">Zero is</th>
        </tr>
      </thead>
      {paired.map((pair) => (
        <tbody key={`${pair.a}\n${pair.b}`}>
          <tr>
            <th scope="rowgroup" colSpan={5} className="pair">
              {pair.a} <span className="versus">minus</span> {pair.b}
              {seeds.size > 1 && <span className="versus"> on seeds {ranges(pair.seeds)}</span>}
              <span className="versus besides">{besides(pair)}</span>
            </th>
          </tr>
          <Row label={`all ${episodes}`} estimate={pair} x={x} decimals={decimals} />
          {episodes > 10 && <Row label="last ten" estimate={pair.lastTen} x={x} decimals={decimals} />}
        </tbody>
      ))}
    </table>
  )
}

/** Area between the curves, and how likely a run of the one beats a run of the other. */
function besides({ area, improvement, a, b }: PolicyDifference): string {
  const over = (interval: Interval | null, decimals: number) =>
    interval === null ? '' : ` (${points(interval[0], decimals)} to ${points(interval[1], decimals)})`
  const more = `P(${a} > ${b}) ${points(improvement.probability, 2)}${over(improvement.interval, 2)}`
  return `Area between the curves ${signedPoints(area.difference)}${over(area.interval, 1)} · ${more}`
}

interface RowProps {
  readonly label: string
  readonly estimate: Difference
  readonly decimals: number
  /** From points to pixels of the drawing; one scale for the whole table. */
  readonly x: (points: number) => number
}

function Row({ label, estimate, x, decimals }: RowProps): ReactElement {
  const { difference, interval } = estimate
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="number">{signedPoints(difference, decimals)}</td>
      <td className="number">
        {interval === null ? 'unknown' : `${points(interval[0], decimals)} to ${points(interval[1], decimals)}`}
      </td>
      <td className="plot">
        <IntervalPlot estimate={estimate} x={x} />
      </td>
      <Verdict interval={interval} />
    </tr>
  )
}

function Verdict({ interval }: Pick<Difference, 'interval'>): ReactElement {
  if (interval === null) return <td className="included">unknown</td>
  return excludesZero(interval) ? <td className="excluded">excluded</td> : <td className="included">not excluded</td>
}

function IntervalPlot({ estimate: { difference, interval }, x }: Pick<RowProps, 'estimate' | 'x'>): ReactElement {
  const middle = PLOT.height / 2
  const [low, high] = interval ?? [difference, difference]
  return (
    <svg viewBox={`0 0 ${PLOT.width} ${PLOT.height}`} width={PLOT.width} height={PLOT.height} aria-hidden="true">
      <line className="axis" x1={x(0)} x2={x(0)} y1={0} y2={PLOT.height} />
      <line className="whisker" x1={x(low).toFixed(1)} x2={x(high).toFixed(1)} y1={middle} y2={middle} />
      <circle className="estimate" cx={x(difference).toFixed(1)} cy={middle} r={3.5} />
    </svg>
  )
}

export interface FindingProps {
  readonly pair: PolicyDifference
  /** Finished episodes of every run. */
  readonly episodes: number
  /** Of points. */
  readonly decimals: number
}

/** The difference in plain words. */
export function Finding({ pair, episodes, decimals }: FindingProps): ReactElement {
  const moreOrLess = ({ difference }: Difference, equal: string, than: string) => {
    const shown = points(Math.abs(difference), decimals)
    return Number(shown) === 0 ? equal : `${shown} points ${difference < 0 ? 'less' : 'more'}${than}`
  }
  const evidence = ({ interval }: Difference) => {
    if (interval === null) return 'one seed, so no interval can be given'
    const zero = excludesZero(interval) ? 'zero is excluded' : 'zero is not excluded'
    return `${pair.rough ? 'rough ' : ''}95 % interval ${points(interval[0], decimals)} to ${points(interval[1], decimals)}: ${zero}`
  }
  return (
    <p className="finding">
      <strong>{pair.a}</strong> scores {moreOrLess(pair, 'as many points as', ' than')} <strong>{pair.b}</strong>,
      averaged over {episodes === 1 ? 'the one episode' : `all ${episodes} episodes`} ({evidence(pair)})
      {episodes > 10 &&
        `, and ${moreOrLess(pair.lastTen, 'as many', '')} over the last ten (${evidence(pair.lastTen)})`}
      .
    </p>
  )
}

/** What the differences are and how far they may be trusted. */
export function differenceNote(paired: readonly PolicyDifference[]): string {
  const counts = paired.map((pair) => pair.seeds.length)
  const single = counts.includes(1) ? ' With a single seed no interval can be given.' : ''
  const rough = roughNote(Math.min(...counts.filter((seeds) => seeds > 1)))
  const method =
    'Differences of mean score, in points per episode, between runs with the same seed. ' +
    'Intervals: 95 % percentile bootstrap over paired seeds, whole curves, 10,000 resamples, not corrected for the number of comparisons.'
  return `${method}${single}${rough}`
}
