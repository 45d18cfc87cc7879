import type { ReactElement } from 'react'
import { measured, measuresOf } from './conduct-measures.ts'
import { NumberCell, NumberHeads } from './number-cell.tsx'
import type { PriceList } from './price-list.ts'
import type { Protocol } from './protocol.ts'
import type { DigestedRun } from './run-digest.ts'
import { PolicyHead } from './score-tables.tsx'
import type { Series } from './series.ts'

export interface ConductTableProps {
  readonly policies: readonly Series[]
  readonly runs: readonly DigestedRun[]
  readonly prices: PriceList
}

/** What the policies did beside scoring: a measure a column, mean over seeds with its interval. */
export function ConductTable({ policies, runs, prices }: ConductTableProps): ReactElement {
  const measures = measuresOf(runs)
  return (
    <table className="conduct">
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <NumberHeads names={measures.map(({ name }) => name)} />
        </tr>
      </thead>
      <tbody>
        {policies.map((series) => (
          <tr key={series.policy}>
            <PolicyHead series={series} />
            {measures.map((measure) => {
              const own = runs.filter(({ config }) => config.policy.name === series.policy)
              const result = measured(measure, own, prices)
              return result === null ? (
                <td key={measure.name} className="number">
                  –
                </td>
              ) : (
                <NumberCell
                  key={measure.name}
                  value={result.mean}
                  interval={result.interval}
                  decimals={measure.decimals}
                />
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function conductNote({ stepLimit, finished }: Protocol): string {
  const hundred = stepLimit >= 100 ? '' : finished === 1 ? ', here of all its steps' : ', here over several episodes'
  return (
    `Best in 100 steps: highest score within the first 100 steps of a run, as TALES measures${hundred}. ` +
    'Flip: a turn on which the policy chose otherwise than its base policy would have with the same draw; the points are those of the very turn. ' +
    'Seconds by the clock of the machine, whatever else it did.'
  )
}
