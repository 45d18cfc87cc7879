import type { ReactElement, ReactNode } from 'react'
import { FEWEST_SEEDS } from './bootstrap.ts'
import { type Calibration, calibrate } from './calibration.ts'
import { CalibrationChart } from './calibration-chart.tsx'
import type { SortedCeilings } from './ceilings.ts'
import type { Comparison } from './comparison.ts'
import { ConductTable, conductNote } from './conduct-table.tsx'
import { CurvesFigure, scoredSeries } from './curves-figure.tsx'
import { DifferenceTable, differenceNote, Finding } from './difference-table.tsx'
import { counted, listed, meanDecimals, points, ranges } from './format.ts'
import { FoundMaps, policyMaps } from './found-map.tsx'
import { bestLessons, Lessons } from './lessons-section.tsx'
import { ModelTable } from './model-table.tsx'
import type { PriceList } from './price-list.ts'
import type { Protocol } from './protocol.ts'
import type { DigestedRun } from './run-digest.ts'
import { PolicyTable, RunTable, type ScoredSeries } from './score-tables.tsx'
import type { Series } from './series.ts'
import { WhatWasRun } from './what-was-run.tsx'

export interface StorySectionProps {
  readonly comparison: Comparison
  /** Of the whole page. */
  readonly series: readonly Series[]
  readonly runs: readonly NumberedRun[]
  readonly ceilings: SortedCeilings
  readonly prices: PriceList
  /** Level below the story's own heading. */
  readonly heading: 'h2' | 'h3'
  /** The turn browser where it belongs to this story alone; null where it stands behind all stories. */
  readonly browser: ReactNode
}

/** A run and its place among all runs of the page, by which the turn browser knows it. */
interface NumberedRun {
  readonly run: DigestedRun
  readonly place: number
}

const LESSONS = 8

/** Everything about one story. */
export function StorySection({
  comparison,
  series,
  runs,
  ceilings,
  prices,
  heading,
  browser,
}: StorySectionProps): ReactElement {
  const { protocol, paired } = comparison
  const policies = scoredSeries(comparison, series)
  const single = policies.every(({ scores }) => scores.seeds.length === 1)
  const decimals = decimalsOf(comparison)
  const first = mainPairs(paired)
  const others = paired.filter((pair) => !first.includes(pair))
  const digested = runs.map(({ run }) => run)
  const lessons = bestLessons(
    runs.flatMap(({ run, place }) =>
      run.digest.lessons.map((lesson) => ({
        ...lesson,
        run: place,
        policy: run.config.policy.name,
        seed: run.config.seed,
      })),
    ),
    LESSONS,
  )
  return (
    <>
      <Part heading={heading} title="What was run">
        <WhatWasRun protocol={protocol} runs={digested} />
      </Part>
      <Part heading={heading} title="Learning curves">
        <CurvesFigure comparison={comparison} series={series} ceilings={ceilings} />
      </Part>
      <Part heading={heading} title="Comparison">
        <div className="scroll">
          <PolicyTable policies={policies} decimals={decimals} />
        </div>
        <p className="note">{scoresNote(protocol, policies)}</p>
        {paired.length > 0 && (
          <>
            <div className="scroll">
              <DifferenceTable paired={first} episodes={protocol.finished} decimals={decimals} />
            </div>
            <p className="note">{differenceNote(paired)}</p>
            {others.length > 0 && (
              <details>
                <summary>{counted(others.length, 'other pair')}</summary>
                <div className="scroll">
                  <DifferenceTable paired={others} episodes={protocol.finished} decimals={decimals} />
                </div>
              </details>
            )}
          </>
        )}
        <div className="scroll">
          <ConductTable policies={policies} runs={digested} prices={prices} />
        </div>
        <p className="note">{conductNote(protocol)}</p>
        {!single && (
          <details>
            <summary>Every run</summary>
            <div className="scroll">
              <RunTable policies={policies} decimals={decimals} maxScore={protocol.maxScore} />
            </div>
          </details>
        )}
      </Part>
      <Part heading={heading} title="The map that was found">
        <FoundMaps maps={policyMaps(policies, digested, protocol.title)} />
      </Part>
      <Part heading={heading} title="What was learned">
        {lessons.length === 0 ? (
          <p className="note">Nothing: no memory made a command likelier.</p>
        ) : (
          <>
            <p className="note">
              The commands that memories made likelier, each room and command once: of all policies those first whose
              logit rose most. Logit: by how much it rose, for jitrl beta times the advantage, less the average of that
              over the base policy in that situation; return in points.
            </p>
            <Lessons lessons={lessons} />
          </>
        )}
      </Part>
      {browser !== null && (
        <Part heading={heading} title="Turn by turn">
          {browser}
        </Part>
      )}
      <Part heading={heading} title="Calibration of the prior">
        <PriorCalibration calibration={calibrationOf(digested)} title={protocol.title} />
        <ModelTable policies={policies} runs={digested} />
      </Part>
    </>
  )
}

/** The finding in plain words: every policy against static, or the first pair where static did not play. */
export function Findings({ comparison }: { readonly comparison: Comparison }): ReactElement {
  return (
    <>
      {mainPairs(comparison.paired).map((pair) => (
        <Finding key={pair.a} pair={pair} episodes={comparison.protocol.finished} decimals={decimalsOf(comparison)} />
      ))}
    </>
  )
}

function decimalsOf({ policies }: Comparison): number {
  return meanDecimals(Object.values(policies).flatMap(({ seeds }) => seeds.flatMap(({ scores }) => scores)))
}

function mainPairs(paired: Comparison['paired']): Comparison['paired'] {
  const against = paired.filter(({ b }) => b === 'static')
  return against.length > 0 ? against : paired.slice(0, 1)
}

/** The line that has to stand beside every number taken from the page. */
export function protocolLine(protocol: Protocol): string {
  return [
    `${protocol.story} (sha256 ${protocol.sha256.slice(0, 12)}…)`,
    protocol.seeds.length === 1 ? `seed ${protocol.seeds[0]}` : `seeds ${ranges(protocol.seeds)}`,
    `${counted(protocol.episodes, 'episode')} × ${counted(protocol.stepLimit, 'step')}`,
    gameSeedsOf(protocol),
    ...(protocol.finished < protocol.episodes ? [`broken off after ${protocol.finished}`] : []),
    `prior ${protocol.prior.name}`,
    ...(protocol.handicaps.length > 0 ? [`${listed(protocol.handicaps)} given`] : []),
  ].join(' · ')
}

function gameSeedsOf({ gameSeed }: Protocol): string {
  return gameSeed.type === 'fixed' ? `game seed fixed at ${gameSeed.seed}` : `game seed ${gameSeed.type}`
}

/** Over all runs of a story together: they share the prior. */
export function calibrationOf(runs: readonly DigestedRun[]): Calibration | null {
  return calibrate(runs.flatMap(({ digest }) => digest.situations))
}

function scoresNote({ maxScore, finished }: Protocol, policies: readonly ScoredSeries[]): string {
  const seeds = policies.map(({ scores }) => scores.seeds.length)
  const over =
    Math.max(...seeds) === 1
      ? 'One seed, so no interval can be given. '
      : `Each number is the mean over seeds of that number of each run, with its 95 % bootstrap interval${Math.min(...seeds) === 1 ? ', but for a policy with a single seed, which has none' : ''}; IQM: interquartile mean over seeds of the mean score. ${roughness(seeds)}`
  const auc =
    maxScore === null
      ? 'No AUC: the story names no highest score.'
      : `AUC: sum of scores / (${counted(finished, 'episode')} × ${counted(maxScore, 'point')}).`
  return `${over}Scores are the game’s points at the end of an episode; last five: mean of the last five episodes. ${auc}`
}

function roughness(seeds: readonly number[]): string {
  return seeds.some((count) => count > 1 && count < FEWEST_SEEDS)
    ? `Intervals over fewer than ${FEWEST_SEEDS} seeds are rough: too narrow to be trusted. `
    : ''
}

interface PriorCalibrationProps {
  readonly calibration: Calibration | null
  readonly title: string
}

function PriorCalibration({ calibration, title }: PriorCalibrationProps): ReactElement {
  if (calibration === null)
    return (
      <p className="note">
        Nothing says which command would have been best: in no situation had two been tried of which one was estimated
        to return more.
      </p>
    )
  const { situations, error } = calibration
  return (
    <figure className="beside">
      <CalibrationChart
        calibration={calibration}
        description={`Reliability of the prior on ${title}: how often a command was best, by the probability that the prior gave it.`}
      />
      <figcaption>
        Of commands to which the prior gives a probability, the share that was the best of its situation: the one with
        the largest estimated return when a learner last met it. On the diagonal the prior is as often right as it is
        sure. Expected calibration error {points(error, 3)}, over {counted(situations, 'situation')} in which at least
        two commands had been tried and one was estimated to return the most; one that was not tried counts as not the
        best. The larger a dot, the more commands.
      </figcaption>
    </figure>
  )
}

interface PartProps {
  readonly heading: StorySectionProps['heading']
  readonly title: string
  readonly children: ReactNode
}

function Part({ heading: Heading, title, children }: PartProps): ReactElement {
  return (
    <section>
      <Heading className="part">{title}</Heading>
      {children}
    </section>
  )
}
