import type { ReactElement, ReactNode } from 'react'
import { bootstrapRng, FEWEST_SEEDS } from './bootstrap.ts'
import type { Comparison } from './comparison.ts'
import { CurveChart } from './curve-chart.tsx'
import { DifferenceTable, differenceNote, Finding } from './difference-table.tsx'
import { counted, listed, ranges } from './format.ts'
import { learningCurve, smoothingWindow } from './learning-curve.ts'
import type { Protocol } from './protocol.ts'
import { PolicyTable, RunTable, type ScoredSeries, Swatch } from './score-tables.tsx'
import { seriesOf } from './series.ts'

export interface StorySectionProps {
  readonly comparison: Comparison
  /** Level below the story's own heading. */
  readonly heading: 'h2' | 'h3'
}

/** Everything about one story: curves, scores, differences, runs, parameters and protocol. */
export function StorySection({ comparison, heading }: StorySectionProps): ReactElement {
  const { protocol, paired } = comparison
  const policies = seriesOf(Object.keys(comparison.policies)).map((series) => ({
    ...series,
    scores: comparison.policies[series.policy]!,
  }))
  const findings = paired.filter(({ b }) => b === 'static')
  const single = policies.every(({ scores }) => scores.seeds.length === 1)
  return (
    <>
      {(findings.length > 0 ? findings : paired.slice(0, 1)).map((pair) => (
        <Finding key={pair.a} pair={pair} episodes={protocol.finished} />
      ))}
      <Curves policies={policies} protocol={protocol} />
      <Part heading={heading} title="Scores">
        <div className="scroll">
          <PolicyTable policies={policies} />
        </div>
        <p className="note">{scoresNote(protocol, single)}</p>
      </Part>
      {paired.length > 0 && (
        <Part heading={heading} title="Paired differences">
          <div className="scroll">
            <DifferenceTable paired={paired} episodes={protocol.finished} />
          </div>
          <p className="note">{differenceNote(paired)}</p>
        </Part>
      )}
      {!single && (
        <Part heading={heading} title="Every run">
          <div className="scroll">
            <RunTable policies={policies} maxScore={protocol.maxScore} />
          </div>
        </Part>
      )}
      <Part heading={heading} title="Parameters">
        <dl className="parameters">
          {Object.entries(protocol.policies).map(([name, parameters]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {Object.entries(parameters).map(([parameter, value]) => (
                  <code key={parameter}>
                    {parameter} = {String(value)}
                  </code>
                ))}
                {Object.keys(parameters).length === 0 && 'no parameters'}
              </dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part heading={heading} title="Protocol">
        <ProtocolTable protocol={protocol} />
      </Part>
    </>
  )
}

/** The line that has to stand beside every number taken from the page. */
export function protocolLine(protocol: Protocol): string {
  return [
    `${protocol.story} (sha256 ${protocol.sha256.slice(0, 12)}…)`,
    protocol.seeds.length === 1 ? `seed ${protocol.seeds[0]}` : `seeds ${ranges(protocol.seeds)}`,
    `${counted(protocol.episodes, 'episode')} × ${counted(protocol.stepLimit, 'step')}`,
    ...(protocol.finished < protocol.episodes ? [`broken off after ${protocol.finished}`] : []),
    `prior ${protocol.prior.name}`,
    ...(protocol.handicaps.length > 0 ? [`${listed(protocol.handicaps)} given`] : []),
  ].join(' · ')
}

interface CurvesProps {
  readonly policies: readonly ScoredSeries[]
  readonly protocol: Protocol
}

function Curves({ policies, protocol }: CurvesProps): ReactElement {
  const window = smoothingWindow(protocol.finished)
  const curves = policies.map((series) => ({
    series,
    ...learningCurve(
      series.scores.seeds.map(({ scores }) => scores),
      window,
      bootstrapRng(),
    ),
  }))
  const names = listed(policies.map(({ policy }) => policy))
  return (
    <figure>
      <ul className="legend narrow">
        {policies.map((series) => (
          <li key={series.policy}>
            <Swatch series={series} /> {series.policy}
          </li>
        ))}
      </ul>
      <CurveChart
        curves={curves}
        maxScore={protocol.maxScore}
        description={`Learning curves on ${protocol.title}: score by episode of ${names}.`}
      />
      <figcaption>{curvesNote(policies, window)}</figcaption>
    </figure>
  )
}

function curvesNote(policies: readonly ScoredSeries[], window: number): string {
  const seeds = policies.map(({ scores }) => scores.seeds.length)
  const averaged = window > 1 ? `, averaged over ${window} episodes up to it (fewer at the start)` : ''
  if (Math.max(...seeds) === 1) {
    const raw = window > 1 && policies.length === 1 ? ' Faint: the scores as they were.' : ''
    return `Line: score at the end of each episode${averaged}.${raw} One seed, so no band can be drawn.`
  }
  const rough = Math.min(...seeds) < FEWEST_SEEDS ? `, rough under ${FEWEST_SEEDS} seeds` : ''
  return `Line: mean over seeds of the score at the end of each episode${averaged}. Band: 95 % bootstrap interval of that mean over seeds${rough}.`
}

function scoresNote({ maxScore, finished }: Protocol, single: boolean): string {
  const over = single ? '' : 'Each number is the mean over seeds of that number of each run. '
  const auc =
    maxScore === null
      ? 'No AUC: the story names no highest score.'
      : `AUC: sum of scores / (${counted(finished, 'episode')} × ${counted(maxScore, 'point')}).`
  return `${over}Scores are the game’s points at the end of an episode; last five: mean of the last five episodes. ${auc}`
}

function ProtocolTable({ protocol }: { readonly protocol: Protocol }): ReactElement {
  const { gameSeed } = protocol
  const highest = protocol.maxScore === null ? 'names no highest score' : counted(protocol.maxScore, 'point')
  return (
    <dl className="protocol">
      <dt>Story</dt>
      <dd>
        {protocol.title} ({protocol.story}), release {protocol.release}, {highest}
      </dd>
      <dt>SHA-256</dt>
      <dd>
        <code>{protocol.sha256}</code>
      </dd>
      <dt>Length</dt>
      <dd>
        {counted(protocol.episodes, 'episode')} of at most {counted(protocol.stepLimit, 'step')}
        {protocol.finished < protocol.episodes && `, broken off after ${protocol.finished}`}
      </dd>
      <dt>Seeds</dt>
      <dd>
        {ranges(protocol.seeds)};{' '}
        {gameSeed.type === 'fixed'
          ? `the game’s own seed fixed at ${gameSeed.seed}`
          : gameSeed.type === 'story'
            ? 'one game seed, the one that follows from the story file'
            : 'a game seed of its own for every episode'}
      </dd>
      <dt>Prior</dt>
      <dd>
        {protocol.prior.name} ({protocol.prior.rung}), temperature {protocol.temperature}
      </dd>
      <dt>Given</dt>
      <dd>{protocol.handicaps.length === 0 ? 'nothing beyond the text' : listed(protocol.handicaps)}</dd>
    </dl>
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
