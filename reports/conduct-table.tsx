import type { ReactElement } from 'react'
import { costOf } from '../harness/index.ts'
import { bootstrapIntervals, bootstrapRng } from './bootstrap.ts'
import { NumberCell } from './number-cell.tsx'
import type { PriceList } from './price-list.ts'
import type { Protocol } from './protocol.ts'
import type { DigestedRun } from './run-digest.ts'
import { PolicyHead } from './score-tables.tsx'
import type { Series } from './series.ts'
import { mean } from './statistics.ts'

/** One number per run; null where the run has none. */
interface Measure {
  readonly name: string
  readonly of: (run: DigestedRun) => number | null
  readonly decimals: number
}

const MEASURES: readonly Measure[] = [
  { name: 'Rooms found', of: ({ digest }) => digest.conduct.rooms, decimals: 1 },
  { name: 'Best in 100 steps', of: ({ digest }) => digest.conduct.bestIn100, decimals: 1 },
  { name: 'Invalid commands, %', of: ({ digest: { conduct } }) => share(conduct.invalid, conduct.steps), decimals: 1 },
  { name: 'Flips, % of turns', of: ({ digest: { conduct } }) => share(conduct.flips, conduct.steps), decimals: 1 },
  {
    name: 'Points per 100 flips',
    of: ({ digest: { conduct } }) => share(conduct.flipPoints, conduct.flips),
    decimals: 1,
  },
  {
    name: 'Points per 100 other turns',
    of: ({ digest: { conduct } }) => share(conduct.otherPoints, conduct.steps - conduct.flips),
    decimals: 1,
  },
  { name: 'Seconds an episode', of: secondsAnEpisode, decimals: 1 },
]

const MODEL_MEASURES: readonly Measure[] = [
  { name: 'Model calls', of: ({ digest }) => digest.conduct.modelCalls, decimals: 0 },
  { name: 'Prompt tokens', of: ({ digest }) => digest.conduct.promptTokens, decimals: 0 },
  { name: 'Completion tokens', of: ({ digest }) => digest.conduct.completionTokens, decimals: 0 },
]

export interface ConductTableProps {
  readonly policies: readonly Series[]
  readonly runs: readonly DigestedRun[]
  readonly prices: PriceList
}

/** What the policies did beside scoring: a measure a column, mean over seeds with its interval. */
export function ConductTable({ policies, runs, prices }: ConductTableProps): ReactElement {
  const asked = runs.some(({ digest }) => digest.conduct.modelCalls > 0)
  const cost: Measure = { name: 'Cost, $', of: (run) => costOfRun(run, prices), decimals: 2 }
  const measures = asked ? [...MEASURES, ...MODEL_MEASURES, cost] : MEASURES
  return (
    <table className="conduct">
      <thead>
        <tr>
          <th scope="col">Policy</th>
          {measures.map(({ name }) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {policies.map((series) => (
          <tr key={series.policy}>
            <PolicyHead series={series} />
            {measures.map((measure) => (
              <MeasureCell
                key={measure.name}
                values={runs.filter(({ config }) => config.policy.name === series.policy).map(measure.of)}
                decimals={measure.decimals}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function MeasureCell({
  values,
  decimals,
}: {
  readonly values: readonly (number | null)[]
  readonly decimals: number
}): ReactElement {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return <td className="number">–</td>
  const [interval] =
    known.length > 1
      ? bootstrapIntervals(
          known.map((value) => [value]),
          bootstrapRng(),
        )
      : []
  return <NumberCell value={mean(known)} interval={interval ?? null} decimals={decimals} />
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole
}

/** Null where a model has no price: an unknown cost is no cost of nothing. */
function costOfRun({ digest }: DigestedRun, prices: PriceList): number | null {
  const costs = Object.entries(digest.conduct.paid).map(([model, tokens]) => {
    const price = prices[model]
    return price === undefined ? null : costOf(tokens, price)
  })
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0)
}

function secondsAnEpisode({ episodes }: DigestedRun): number | null {
  const known = episodes.map(({ seconds }) => seconds).filter((seconds) => seconds !== null)
  return known.length === 0 ? null : mean(known)
}

export function conductNote({ stepLimit }: Protocol): string {
  const hundred = stepLimit < 100 ? ', here over several episodes' : ''
  return (
    `Best in 100 steps: highest score within the first 100 steps of a run, as TALES measures${hundred}. ` +
    'Flip: a turn on which the policy chose otherwise than its base policy would have with the same draw; the points are those of the very turn. ' +
    'Seconds by the clock of the machine, whatever else it did.'
  )
}
