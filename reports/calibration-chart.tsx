import { scaleLinear } from 'd3-scale'
import type { ReactElement } from 'react'
import type { Calibration } from './calibration.ts'
import { counted, points } from './format.ts'
import { ShareAxes } from './share-axes.tsx'

const SIZE = { width: 340, height: 300, left: 54, right: 12, top: 12, bottom: 44 }

export interface CalibrationChartProps {
  readonly calibration: Calibration
  readonly description: string
}

/** A reliability diagram: on the diagonal, the base policy is as often right as it is sure. */
export function CalibrationChart({ calibration: { bins }, description }: CalibrationChartProps): ReactElement {
  const x = scaleLinear([0, 1], [SIZE.left, SIZE.width - SIZE.right])
  const y = scaleLinear([0, 1], [SIZE.height - SIZE.bottom, SIZE.top])
  const most = Math.max(...bins.map(({ count }) => count))
  return (
    <svg
      className="chart reliability"
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      width={SIZE.width}
      height={SIZE.height}
      role="img"
      aria-label={description}
    >
      <ShareAxes x={x} y={y} height={SIZE.height} across="Prior probability" up="Share that was best" />
      <path className="ideal" d={`M${x(0)},${y(0)}L${x(1)},${y(1)}`} />
      {bins.map((bin) => (
        <circle
          key={bin.from}
          className="bin"
          cx={x(bin.predicted).toFixed(1)}
          cy={y(bin.observed).toFixed(1)}
          r={(3 + 7 * Math.sqrt(bin.count / most)).toFixed(1)}
        >
          <title>{`${counted(bin.count, 'command')} given ${points(bin.predicted, 2)}, of which ${points(bin.observed, 2)} ${bin.count === 1 ? 'was' : 'were'} best`}</title>
        </circle>
      ))}
    </svg>
  )
}
