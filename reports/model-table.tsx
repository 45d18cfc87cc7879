import type { ReactElement } from 'react'
import { bootstrapIntervals, bootstrapRng } from './bootstrap.ts'
import { counted, points } from './format.ts'
import type { ModelAnswers } from './model-answers.ts'
import { NumberCell, NumberHeads } from './number-cell.tsx'
import type { DigestedRun } from './run-digest.ts'
import { PolicyHead } from './score-tables.tsx'
import type { Series } from './series.ts'
import { mean } from './statistics.ts'

const HEADS = [
  ...['Calls', 'Cached', 'Label mass', 'Calls under half'],
  ...['Disagreement', 'Options missing', 'Not offered', 'Unusable'],
]

export interface ModelTableProps {
  readonly policies: readonly Series[]
  readonly runs: readonly DigestedRun[]
}

/** How far a model's answers could be used as probabilities, policy by policy; nothing where no model was asked. */
export function ModelTable({ policies, runs }: ModelTableProps): ReactElement | null {
  const asked = runs.filter(({ digest }) => digest.answers.calls > 0)
  if (asked.length === 0) return null
  const of = (policy: string) =>
    asked.filter(({ config }) => config.policy.name === policy).map(({ digest }) => digest.answers)
  return (
    <>
      <div className="scroll">
        <table className="conduct">
          <thead>
            <tr>
              <th scope="col">Policy</th>
              <NumberHeads names={HEADS} />
            </tr>
          </thead>
          <tbody>
            {policies
              .filter(({ policy }) => of(policy).length > 0)
              .map((series) => (
                <ModelRow key={series.policy} series={series} answers={of(series.policy)} />
              ))}
          </tbody>
        </table>
      </div>
      <p className="note">
        Label mass: probability that the model put on the options it was offered, mean over calls; calls under half:
        share of calls that put less than half of it there. Disagreement: total variation between the distributions that
        two orders of the same options gave, mean over turns; 0 is none. Intervals: 95 % bootstrap over seeds.
        {ways(asked.map(({ digest }) => digest.answers))}
        {faults(asked.map(({ digest }) => digest.answers))}
      </p>
    </>
  )
}

function ModelRow({
  series,
  answers,
}: {
  readonly series: Series
  readonly answers: readonly ModelAnswers[]
}): ReactElement {
  const total = (of: (one: ModelAnswers) => number) => answers.reduce((sum, one) => sum + of(one), 0)
  const unusable = total(({ faults }) => Object.values(faults).reduce((sum, count) => sum + count, 0))
  return (
    <tr>
      <PolicyHead series={series} />
      <td className="number">{total(({ calls }) => calls)}</td>
      <td className="number">{total(({ cached }) => cached)}</td>
      <MeanCell lists={answers.map(({ labelMass }) => labelMass)} />
      <MeanCell lists={answers.map(({ labelMass }) => labelMass.map((mass) => Number(mass < 0.5)))} />
      <MeanCell lists={answers.map(({ disagreement }) => disagreement)} />
      <td className="number">{total(({ missing }) => missing)}</td>
      <td className="number">{total(({ strangers }) => strangers)}</td>
      <td className="number">{unusable}</td>
    </tr>
  )
}

/** Mean over seeds of each run's mean. */
function MeanCell({ lists }: { readonly lists: readonly (readonly number[])[] }): ReactElement {
  const means = lists.filter((list) => list.length > 0).map(mean)
  if (means.length === 0) return <td className="number">–</td>
  const [interval] =
    means.length > 1
      ? bootstrapIntervals(
          means.map((one) => [one]),
          bootstrapRng(),
        )
      : []
  return <NumberCell value={mean(means)} interval={interval ?? null} decimals={3} />
}

function ways(answers: readonly ModelAnswers[]): string {
  const probed = answers.flatMap(({ probed }) => (probed === null ? [] : [probed]))
  const told = new Set(
    probed.map(({ rung, rejected }) =>
      rejected.length === 0
        ? ` Asked by ${rung}.`
        : ` Asked by ${rung}, for better ways would not do (${rejected.join('; ')}).`,
    ),
  )
  return [...told].join('')
}

function faults(answers: readonly ModelAnswers[]): string {
  const counts = new Map<string, number>()
  for (const [fault, count] of answers.flatMap(({ faults }) => Object.entries(faults)))
    counts.set(fault, (counts.get(fault) ?? 0) + count)
  if (counts.size === 0) return ''
  const all = answers.reduce((sum, { calls }) => sum + calls, 0)
  const told = [...counts].map(([fault, count]) => `${fault} ${count} (${points((100 * count) / all)} %)`)
  return ` Unusable of ${counted(all, 'answer')}: ${told.join(', ')}.`
}
