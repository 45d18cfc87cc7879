import type { ReactElement } from 'react'
import { type AcrossStories, acrossStories } from './across-stories.ts'
import { CalibrationChart } from './calibration-chart.tsx'
import { type Ceiling, ceilingsFor } from './ceilings.ts'
import { type Comparison, compareRuns, runsByStory } from './comparison.ts'
import { csvOf } from './csv.ts'
import { type CurveChartProps, CurveDrawing } from './curve-chart.tsx'
import { curveChartOf, scoredSeries } from './curves-figure.tsx'
import { DifferenceChart } from './difference-chart.tsx'
import { type PolicyMap, policyMaps } from './found-map.tsx'
import { ProfileChart } from './profile-chart.tsx'
import { printableRun } from './reported-run.ts'
import { RoomMapChart } from './room-map-chart.tsx'
import type { DigestedRun } from './run-digest.ts'
import { type Series, seriesOf } from './series.ts'
import { calibrationOf } from './story-section.tsx'

/** One drawing of the report and the numbers in it. */
export interface ReportChart {
  /** Fit for a file's name. */
  readonly name: string
  readonly drawing: ReactElement
  readonly csv: string
}

/** Every chart of the page, to stand alone. Throws what `compareRuns` throws. */
export function reportCharts(runs: readonly DigestedRun[], ceilings: readonly Ceiling[]): readonly ReportChart[] {
  const shown = runs.map((run) => ({ ...run, ...printableRun(run) }))
  const stories = runsByStory(shown).map((own) => ({ own, comparison: compareRuns(own) }))
  const comparisons = stories.map(({ comparison }) => comparison)
  const series = seriesOf(comparisons)
  const across = acrossStories(comparisons)
  return underOwnNames([
    ...(across === null ? [] : [profileOf(across, series)]),
    ...stories.flatMap(({ own, comparison }) => chartsOfStory(own, comparison, series, ceilings)),
  ])
}

/** `jitrl:paper` and `jitrl-paper` would be one file. */
function underOwnNames(charts: readonly ReportChart[]): readonly ReportChart[] {
  const taken = new Set<string>()
  return charts.map((chart) => {
    let name = chart.name
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${chart.name}-${number}`
    taken.add(name.toLowerCase())
    return { ...chart, name }
  })
}

function chartsOfStory(
  runs: readonly DigestedRun[],
  comparison: Comparison,
  series: readonly Series[],
  ceilings: readonly Ceiling[],
): readonly ReportChart[] {
  const { protocol, paired } = comparison
  const curves = curveChartOf(comparison, series, ceilingsFor(protocol, ceilings).drawn)
  const calibration = calibrationOf(runs)
  const named = (what: string) => fileName(`${protocol.story}-${what}`)
  return [
    { name: named('curves'), drawing: <CurveDrawing {...curves} />, csv: curvesCsv(curves) },
    ...(paired.length === 0
      ? []
      : [
          {
            name: named('differences'),
            drawing: (
              <DifferenceChart paired={paired} description={`Differences of mean score on ${protocol.title}.`} />
            ),
            csv: differencesCsv(comparison),
          },
        ]),
    ...policyMaps(scoredSeries(comparison, series), runs, protocol.title).map((map) => ({
      name: named(`map-${map.policy}`),
      drawing: <RoomMapChart {...map} />,
      csv: mapCsv(map),
    })),
    ...(calibration === null
      ? []
      : [
          {
            name: named('calibration'),
            drawing: (
              <CalibrationChart
                calibration={calibration}
                description={`Reliability of the prior on ${protocol.title}.`}
              />
            ),
            csv: csvOf(
              ['from', 'to', 'commands', 'predicted', 'observed'],
              calibration.bins.map(({ from, to, count, predicted, observed }) => [
                from,
                to,
                count,
                predicted,
                observed,
              ]),
            ),
          },
        ]),
  ]
}

function profileOf(across: AcrossStories, series: readonly Series[]): ReportChart {
  const rows = across.policies.flatMap(({ policy, profile }) =>
    profile.map(({ value, interval }, index) => [
      policy,
      across.thresholds[index]!,
      value,
      ...(interval ?? [null, null]),
    ]),
  )
  return {
    name: 'all-stories-profile',
    drawing: <ProfileChart across={across} series={series} description="Performance profiles over all stories." />,
    csv: csvOf(['policy', 'share_of_highest_score', 'share_of_runs_above', 'low', 'high'], rows),
  }
}

function curvesCsv({ curves }: CurveChartProps): string {
  const rows = curves.flatMap(({ series, line, band, raw }) =>
    line.map((mean, index) => [series.policy, index + 1, raw[index]!, mean, ...(band?.[index] ?? [null, null])]),
  )
  return csvOf(['policy', 'episode', 'mean', 'smoothed_mean', 'smoothed_low', 'smoothed_high'], rows)
}

function differencesCsv({ paired }: Comparison): string {
  const rows = paired.map(({ a, b, seeds, difference, interval, area, lastTen, improvement }) => [
    a,
    b,
    seeds.length,
    difference,
    ...(interval ?? [null, null]),
    lastTen.difference,
    ...(lastTen.interval ?? [null, null]),
    area.difference,
    ...(area.interval ?? [null, null]),
    improvement.probability,
    ...(improvement.interval ?? [null, null]),
  ])
  const ranged = (name: string) => [name, `${name}_low`, `${name}_high`]
  return csvOf(
    [
      'a',
      'b',
      'seeds',
      ...ranged('difference'),
      ...ranged('last_ten'),
      ...ranged('area'),
      ...ranged('probability_of_improvement'),
    ],
    rows,
  )
}

/** Rooms, then the ways between them: a way's `to` and `command` are empty for a room. */
function mapCsv({ map, layout }: PolicyMap): string {
  const rooms = map.rooms.map(({ name, visits, points }) => {
    const { x, y } = layout.get(name)!
    return ['room', name, null, null, x, y, visits, points]
  })
  const ways = map.moves.map(({ from, to, command, count }) => ['way', from, to, command, null, null, count, null])
  return csvOf(['kind', 'room', 'to', 'command', 'x', 'y', 'turns_or_moves', 'points'], [...rooms, ...ways])
}

/** Letters, digits, dots and dashes, not too many: what every file system takes, and no path. */
function fileName(text: string): string {
  return text
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 120)
}
