import { costOf } from '../harness/index.ts'
import { bootstrapIntervals, bootstrapRng, type Interval } from './bootstrap.ts'
import type { PriceList } from './price-list.ts'
import type { RunConduct } from './run-conduct.ts'
import type { DigestedRun } from './run-digest.ts'
import { mean } from './statistics.ts'

/** Of what a run did beside scoring: one number per run; null where the run has none. */
export interface Measure {
  /** In the table of a page. */
  readonly name: string
  /** In JSON; null for one that two equal runs differ in. */
  readonly key: string | null
  readonly of: (run: Pick<DigestedRun, 'digest' | 'episodes'>, prices: PriceList) => number | null
  readonly decimals: number
}

const usual: readonly Measure[] = [
  { name: 'Rooms found', key: 'rooms', of: ({ digest }) => digest.conduct.rooms, decimals: 1 },
  { name: 'Best in 100 steps', key: 'bestIn100', of: ({ digest }) => digest.conduct.bestIn100, decimals: 1 },
  {
    ...{ name: 'Invalid commands, %', key: 'invalidPercent', decimals: 1 },
    of: ({ digest: { conduct } }) => share(conduct.invalid, ownSteps(conduct)),
  },
  {
    ...{ name: 'Flips, % of turns', key: 'flipPercent', decimals: 1 },
    of: ({ digest: { conduct } }) => share(conduct.flips, ownSteps(conduct)),
  },
  {
    ...{ name: 'Points per 100 flips', key: 'pointsPer100Flips', decimals: 1 },
    of: ({ digest: { conduct } }) => share(conduct.flipPoints, conduct.flips),
  },
  {
    ...{ name: 'Points per 100 other turns', key: 'pointsPer100OtherTurns', decimals: 1 },
    of: ({ digest: { conduct } }) => share(conduct.otherPoints, ownSteps(conduct) - conduct.flips),
  },
  { name: 'Seconds an episode', key: null, of: secondsAnEpisode, decimals: 1 },
]

const ofModels: readonly Measure[] = [
  { name: 'Model calls', key: 'modelCalls', of: ({ digest }) => digest.conduct.modelCalls, decimals: 0 },
  { name: 'Prompt tokens', key: 'promptTokens', of: ({ digest }) => digest.conduct.promptTokens, decimals: 0 },
  {
    ...{ name: 'Completion tokens', key: 'completionTokens', decimals: 0 },
    of: ({ digest }) => digest.conduct.completionTokens,
  },
  { name: 'Cost, $', key: 'cost', of: costOfRun, decimals: 4 },
]

/** What can be said of these runs: of a model only where one was asked. */
export function measuresOf(runs: readonly DigestedRun[]): readonly Measure[] {
  const asked = runs.some(({ digest }) => digest.conduct.modelCalls > 0)
  return asked ? [...usual, ...ofModels] : usual
}

/** A measure of several runs: of those that have the number. */
export interface MeasuredRuns {
  readonly mean: number
  /** 95 % bootstrap; null with a single one. */
  readonly interval: Interval | null
  /** In the order of the runs. */
  readonly each: readonly (number | null)[]
}

/** Null where no run has the number. */
export function measured({ of }: Measure, runs: readonly DigestedRun[], prices: PriceList): MeasuredRuns | null {
  const each = runs.map((run) => of(run, prices))
  const known = each.filter((value) => value !== null)
  if (known.length === 0) return null
  const rows = known.map((value) => [value])
  const [interval] = known.length > 1 ? bootstrapIntervals(rows, bootstrapRng()) : []
  return { mean: mean(known), interval: interval ?? null, each }
}

/** A person's are none of the policy's. */
function ownSteps({ steps, personSteps }: RunConduct): number {
  return steps - personSteps
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole
}

/** Null where a model has no price: an unknown cost is no cost of nothing. */
export function costOfRun({ digest }: Pick<DigestedRun, 'digest'>, prices: PriceList): number | null {
  const costs = Object.entries(digest.conduct.paid).map(([model, tokens]) => {
    const price = prices[model]
    return price === undefined ? null : costOf(tokens, price)
  })
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0)
}

function secondsAnEpisode({ episodes }: Pick<DigestedRun, 'episodes'>): number | null {
  const known = episodes.map(({ seconds }) => seconds).filter((seconds) => seconds !== null)
  return known.length === 0 ? null : mean(known)
}
