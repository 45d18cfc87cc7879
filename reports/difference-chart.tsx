import { scaleLinear } from 'd3-scale'
import type { ReactElement } from 'react'
import type { PolicyDifference } from './comparison.ts'

const SIZE = { width: 620, row: 26, top: 10, bottom: 44, right: 16, letter: 7.6 }

export interface DifferenceChartProps {
  readonly paired: readonly PolicyDifference[]
  readonly description: string
}

/** Every pair's difference over all episodes with its interval, one below the other, around zero. */
export function DifferenceChart({ paired, description }: DifferenceChartProps): ReactElement {
  const names = paired.map(({ a, b }) => `${a} − ${b}`)
  const left = 16 + SIZE.letter * Math.max(...names.map((name) => name.length))
  const height = SIZE.top + SIZE.bottom + SIZE.row * paired.length
  const shown = paired.flatMap(({ difference, interval }) => [difference, ...(interval ?? [])])
  const x = scaleLinear([Math.min(0, ...shown), Math.max(0, ...shown)], [left, SIZE.width - SIZE.right]).nice(5)
  const bottom = height - SIZE.bottom
  return (
    <svg className="chart" viewBox={`0 0 ${SIZE.width} ${height}`} role="img" aria-label={description}>
      {x.ticks(6).map((tick) => (
        <g key={tick} className="tick" transform={`translate(${x(tick).toFixed(1)} 0)`}>
          <line y1={SIZE.top} y2={bottom} className={tick === 0 ? 'axis' : 'grid'} />
          <text y={bottom + 17} textAnchor="middle">
            {String(tick).replace('-', '−')}
          </text>
        </g>
      ))}
      <text className="axis-title" x={(left + SIZE.width - SIZE.right) / 2} y={height - 8} textAnchor="middle">
        Difference of mean score (points an episode)
      </text>
      {paired.map(({ a, b, difference, interval }, index) => (
        <g key={`${a}\n${b}`} transform={`translate(0 ${SIZE.top + (index + 0.5) * SIZE.row})`}>
          <text x={left - 12} dy="0.34em" textAnchor="end">
            {names[index]}
          </text>
          {interval !== null && (
            <line className="whisker" x1={x(interval[0]).toFixed(1)} x2={x(interval[1]).toFixed(1)} />
          )}
          <circle className="estimate" cx={x(difference).toFixed(1)} r={4} />
        </g>
      ))}
    </svg>
  )
}
