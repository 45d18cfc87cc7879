import type { ReactElement } from 'react'
import type { Interval } from './bootstrap.ts'
import { points } from './format.ts'

/** Heads of columns of numbers. */
export function NumberHeads({ names }: { readonly names: readonly string[] }): ReactElement {
  return (
    <>
      {names.map((name) => (
        <th key={name} scope="col" className="number">
          {name}
        </th>
      ))}
    </>
  )
}

interface NumberCellProps {
  readonly value: number
  readonly interval: Interval | null
  readonly decimals: number
}

/** A number and, below it, its interval: never a bare mean where there is more than one seed. */
export function NumberCell({ value, interval, decimals }: NumberCellProps): ReactElement {
  return (
    <td className="number">
      {points(value, decimals)}
      {interval !== null && (
        <span className="interval">{`${points(interval[0], decimals)} to ${points(interval[1], decimals)}`}</span>
      )}
    </td>
  )
}
