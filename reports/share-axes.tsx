import type { ScaleLinear } from 'd3-scale'
import type { ReactElement } from 'react'

export interface ShareAxesProps {
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
  /** Of the whole chart, in pixels. */
  readonly height: number
  /** What the axes say. */
  readonly across: string
  readonly up: string
}

/** Axes and grid of a chart whose two axes are shares, from 0 to 1. */
export function ShareAxes({ x, y, height, across, up }: ShareAxesProps): ReactElement {
  return (
    <>
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
      <text className="axis-title" x={(x(0) + x(1)) / 2} y={height - 6} textAnchor="middle">
        {across}
      </text>
      <text className="axis-title" transform={`translate(11 ${(y(0) + y(1)) / 2}) rotate(-90)`} textAnchor="middle">
        {up}
      </text>
    </>
  )
}
