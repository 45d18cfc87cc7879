import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { ReactElement } from 'react'
import type { AcrossStories, Aggregate } from './across-stories.ts'
import type { Series } from './series.ts'

const SIZE = { width: 520, height: 300, left: 54, right: 12, top: 12, bottom: 44 }

export interface ProfileChartProps {
  readonly across: AcrossStories
  readonly series: readonly Series[]
  readonly description: string
}

/** Performance profiles: the share of runs above each share of the highest score, with 95 % bands. */
export function ProfileChart({ across, series, description }: ProfileChartProps): ReactElement {
  const { thresholds, policies } = across
  const x = scaleLinear([0, 1], [SIZE.left, SIZE.width - SIZE.right])
  const y = scaleLinear([0, 1], [SIZE.height - SIZE.bottom, SIZE.top])
  const drawLine = line<Aggregate>(
    (_, index) => x(thresholds[index]!),
    ({ value }) => y(value),
  ).digits(1)
  const drawBand = area<Aggregate>()
    .x((_, index) => x(thresholds[index]!))
    .y0(({ value, interval }) => y(interval?.[0] ?? value))
    .y1(({ value, interval }) => y(interval?.[1] ?? value))
    .digits(1)
  const drawn = policies.map((policy) => ({ ...policy, ...series.find((one) => one.policy === policy.policy)! }))
  return (
    <svg className="chart profile" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={description}>
      {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
        <g key={tick} className="tick">
          <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} className={tick === 0 ? 'axis' : 'grid'} />
          <text x={x(0) - 8} y={y(tick)} dy="0.34em" textAnchor="end">
            {tick}
          </text>
          <text x={x(tick)} y={y(0) + 19} textAnchor="middle">
            {tick}
          </text>
        </g>
      ))}
      <text className="axis-title" x={(x(0) + x(1)) / 2} y={SIZE.height - 6} textAnchor="middle">
        Share of the highest score
      </text>
      <text className="axis-title" transform={`translate(11 ${(y(0) + y(1)) / 2}) rotate(-90)`} textAnchor="middle">
        Share of runs above it
      </text>
      {drawn.map(({ policy, colour, profile }) => (
        <path key={policy} className="band" fill={colour} d={drawBand(profile) ?? ''} />
      ))}
      {drawn.map(({ policy, colour, dashes, profile }) => (
        <path key={policy} className="curve" stroke={colour} strokeDasharray={dashes} d={drawLine(profile) ?? ''} />
      ))}
    </svg>
  )
}
