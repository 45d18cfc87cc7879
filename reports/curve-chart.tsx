import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { ReactElement } from 'react'
import type { Interval } from './bootstrap.ts'
import type { Ceiling } from './ceilings.ts'
import { counted, points } from './format.ts'
import type { LearningCurve } from './learning-curve.ts'
import type { Series } from './series.ts'
import { spreadLabels } from './spread-labels.ts'

export interface ChartCurve extends LearningCurve {
  readonly series: Series
}

/** In CSS pixels at full size. `labels`: the curves' names at their ends; without, they are left to the legend. */
interface Frame {
  readonly className: string
  readonly width: number
  readonly height: number
  readonly labels: boolean
}

// Two drawings, of which the style sheet shows one: text in a drawing that is scaled down to a phone cannot be read.
const WIDE: Frame = { className: 'chart wide', width: 760, height: 400, labels: true }
const NARROW: Frame = { className: 'chart narrow', width: 360, height: 280, labels: false }
const SMALL: Frame = { className: 'chart small', width: 250, height: 190, labels: false }

const MARGIN = { top: 12, bottom: 44, right: 12 }
// Beside the longest number of the scale: the axis's title and what keeps it apart.
const BESIDE_TICKS = 30
const LABEL_HEIGHT = 17
const LONGEST_LABEL = 16
// Widths of a bold letter and of a digit of 13 pixels, generously: the page's font is the reader's.
const LETTER = 8.2
const DIGIT = 8

export interface CurveChartProps {
  readonly curves: readonly ChartCurve[]
  readonly maxScore: number | null
  /** Numbers from elsewhere that may be compared with the curves. */
  readonly ceilings: readonly Ceiling[]
  readonly description: string
}

export function CurveChart(props: CurveChartProps): ReactElement {
  return (
    <>
      <Drawing {...props} frame={WIDE} />
      <Drawing {...props} frame={NARROW} />
    </>
  )
}

/** The chart as it stands alone, in a file of its own. */
export function CurveDrawing(props: CurveChartProps): ReactElement {
  return <Drawing {...props} frame={WIDE} />
}

/** One of many, side by side. */
export function SmallCurveDrawing(props: CurveChartProps): ReactElement {
  return <Drawing {...props} frame={SMALL} />
}

function Drawing(props: CurveChartProps & { readonly frame: Frame }): ReactElement {
  const { curves, maxScore, ceilings, description, frame } = props
  const names = curves.map(({ series }) => shortened(series.policy))
  const right =
    frame.width - MARGIN.right - (frame.labels ? 18 + LETTER * Math.max(...names.map((name) => name.length)) : 0)
  const bottom = frame.height - MARGIN.bottom
  const episodes = Math.max(...curves.map((curve) => curve.line.length))
  const y = scaleLinear(scoreRange(curves, ceilings), [bottom, MARGIN.top]).nice(5)
  const scores = y.ticks(5).map((tick) => ({ tick, label: String(tick).replace('-', '−') }))
  const left = BESIDE_TICKS + DIGIT * Math.max(...scores.map(({ label }) => label.length))
  // A single episode lies at the right end, beside the names.
  const x = scaleLinear([Math.min(1, episodes - 1), episodes], [left, right])
  const drawLine = line<number>((_, index) => x(index + 1), y).digits(1)
  const drawBand = area<Interval>()
    .x((_, index) => x(index + 1))
    .y0(([low]) => y(low))
    .y1(([, high]) => y(high))
    .digits(1)
  const ends = curves.map(({ line }) => y(line.at(-1) ?? 0))
  const labels = spreadLabels(ends, LABEL_HEIGHT, MARGIN.top + 6, bottom - 6)
  return (
    <svg className={frame.className} viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={description}>
      {scores.map(({ tick, label }) => (
        <g key={tick} className="tick" transform={`translate(0 ${y(tick)})`}>
          <line x1={left} x2={right} className={tick === 0 ? 'axis' : 'grid'} />
          <text x={left - 8} dy="0.34em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {episodeTicks(episodes).map((tick) => (
        <g key={tick} className="tick" transform={`translate(${x(tick)} ${bottom})`}>
          <line y2={5} className="axis" />
          <text y={19} textAnchor="middle">
            {tick}
          </text>
        </g>
      ))}
      <text className="axis-title" x={(left + right) / 2} y={frame.height - 6} textAnchor="middle">
        Episode
      </text>
      <text
        className="axis-title"
        transform={`translate(11 ${(MARGIN.top + bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {maxScore === null ? 'Score (points)' : `Score (of ${counted(maxScore, 'point')})`}
      </text>
      {ceilings.map((ceiling) => (
        <g key={ceiling.label} className="ceiling" transform={`translate(0 ${y(ceiling.score).toFixed(1)})`}>
          <line x1={left} x2={right} />
          <text x={left + 6} y={-5}>
            {`${ceiling.label}: ${points(ceiling.score)}`}
          </text>
        </g>
      ))}
      {curves.map(({ series, band }) => (
        <path key={series.policy} className="band" fill={series.colour} d={(band && drawBand(band)) ?? ''} />
      ))}
      {curves.length === 1 &&
        curves.map(({ series, raw }) => (
          <path key={series.policy} className="raw" stroke={series.colour} d={drawLine(raw) ?? ''} />
        ))}
      {curves.map(({ series, line }) => (
        <path
          key={series.policy}
          className="curve"
          stroke={series.colour}
          strokeDasharray={series.dashes}
          d={drawLine(line) ?? ''}
        />
      ))}
      {episodes === 1 &&
        curves.map(({ series, line, band }) => (
          <SingleEpisode
            key={series.policy}
            x={x(1)}
            y={y}
            score={line[0]!}
            interval={band?.[0]}
            colour={series.colour}
          />
        ))}
      {frame.labels &&
        curves.map(({ series }, index) => (
          <g key={series.policy}>
            <path
              className="leader"
              stroke={series.colour}
              d={`M${right + 3},${ends[index]!.toFixed(1)}L${right + 14},${labels[index]!.toFixed(1)}`}
            />
            <text className="label" x={right + 18} y={labels[index]} dy="0.34em" fill={series.colour}>
              {names[index]}
            </text>
          </g>
        ))}
    </svg>
  )
}

interface SingleEpisodeProps {
  readonly x: number
  readonly y: (score: number) => number
  readonly score: number
  readonly interval: Interval | undefined
  readonly colour: string
}

/** What a line and a band would be were there a second episode. */
function SingleEpisode({ x, y, score, interval, colour }: SingleEpisodeProps): ReactElement {
  const [low, high] = interval ?? [score, score]
  return (
    <g fill={colour} stroke={colour}>
      <path className="spread" d={`M${x.toFixed(1)},${y(low).toFixed(1)}V${y(high).toFixed(1)}`} />
      <circle cx={x.toFixed(1)} cy={y(score).toFixed(1)} r={4} />
    </g>
  )
}

/** From zero, or from below it where a game takes points away. */
function scoreRange(curves: readonly ChartCurve[], ceilings: readonly Ceiling[]): Interval {
  const drawn = curves.flatMap(({ line, band, raw }) => [
    ...line,
    ...(band ?? []).flat(),
    ...(curves.length === 1 ? raw : []),
  ])
  const shown = [...drawn, ...ceilings.map(({ score }) => score)]
  const low = Math.min(0, ...shown)
  const high = Math.max(0, ...shown)
  return low === high ? [0, 1] : [low, high]
}

/** The first episode, round numbers, and no fractions. */
function episodeTicks(episodes: number): readonly number[] {
  const round = scaleLinear([0, episodes], [0, 1]).ticks(6)
  return [1, ...round.filter((tick) => tick > 1 && Number.isInteger(tick))]
}

export function isLabelCut(name: string): boolean {
  return name.length > LONGEST_LABEL
}

function shortened(name: string): string {
  return isLabelCut(name) ? `${name.slice(0, LONGEST_LABEL - 1)}…` : name
}
