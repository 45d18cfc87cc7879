import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { ReactElement } from 'react'
import type { AcrossStories, Aggregate } from './across-stories.ts'
import type { Series } from './series.ts'
import { ShareAxes } from './share-axes.tsx'

const SIZE = { width: 400, height: 280, left: 54, right: 12, top: 12, bottom: 44 }

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
      <ShareAxes x={x} y={y} height={SIZE.height} across="Share of the highest score" up="Share of runs above it" />
      {drawn.map(({ policy, colour, profile }) => (
        <path key={policy} className="band" fill={colour} d={drawBand(profile) ?? ''} />
      ))}
      {drawn.map(({ policy, colour, dashes, profile }) => (
        <path key={policy} className="curve" stroke={colour} strokeDasharray={dashes} d={drawLine(profile) ?? ''} />
      ))}
    </svg>
  )
}
