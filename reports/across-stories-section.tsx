import type { ReactElement } from 'react'
import type { AcrossStories } from './across-stories.ts'
import type { Comparison } from './comparison.ts'
import { SmallCurveDrawing } from './curve-chart.tsx'
import { curveChartOf, Legend, scoredSeries } from './curves-figure.tsx'
import { counted, listed, roughNote } from './format.ts'
import { NumberCell, NumberHeads } from './number-cell.tsx'
import { ProfileChart } from './profile-chart.tsx'
import { PolicyHead } from './score-tables.tsx'
import type { Series } from './series.ts'

/** The curves of every story, side by side. */
export function StoryMultiples({
  comparisons,
  series,
}: {
  readonly comparisons: readonly Comparison[]
  readonly series: readonly Series[]
}): ReactElement {
  return (
    <section>
      <h2 className="part">Learning curves, story by story</h2>
      <div className="multiples">
        {comparisons.map((comparison) => (
          <figure key={comparison.protocol.story}>
            <p className="map-title">{comparison.protocol.title}</p>
            <SmallCurveDrawing {...curveChartOf(comparison, series, [])} />
            <Legend policies={scoredSeries(comparison, series)} className="legend" />
          </figure>
        ))}
      </div>
    </section>
  )
}

/** All stories taken together. */
export function AcrossStoriesSection({
  across,
  series,
}: {
  readonly across: AcrossStories
  readonly series: readonly Series[]
}): ReactElement {
  return (
    <section>
      <h2 className="part">All stories together</h2>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Policy</th>
              <NumberHeads names={['Mean share', 'IQM share', 'P(improves on static)']} />
            </tr>
          </thead>
          <tbody>
            {across.policies.map(({ policy, mean, iqm, improvement }) => (
              <tr key={policy}>
                <PolicyHead series={series.find((one) => one.policy === policy)!} />
                <NumberCell {...mean} decimals={3} />
                <NumberCell {...iqm} decimals={3} />
                {improvement === null ? <td className="number">–</td> : <NumberCell {...improvement} decimals={2} />}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figure>
        <ProfileChart
          across={across}
          series={series}
          description={`Performance profiles of ${listed(across.policies.map(({ policy }) => policy))} over ${counted(across.stories.length, 'story', 'stories')}.`}
        />
        <figcaption>
          Scores as shares of each story’s highest score, one a run: its mean over the episodes. IQM: interquartile mean
          over all runs of {listed(across.stories)}. P(improves): probability that a run scores more than one of static
          on the same story, ties counted half. Curves: share of runs above each share of the highest score.{' '}
          {intervalsNote(across)}
          {exceptions(across)}
        </figcaption>
      </figure>
    </section>
  )
}

function intervalsNote({ fewestSeeds }: AcrossStories): string {
  if (fewestSeeds === 1) return 'A story has a single seed, so no interval can be given.'
  return `Intervals and bands: 95 % stratified bootstrap over the seeds of each story, 2,000 resamples (Agarwal et al. 2021).${roughNote(fewestSeeds)}`
}

/** What a reader would otherwise take for included, or for the same on every story. */
function exceptions({ left, differing }: AcrossStories): string {
  return [
    left.stories.length === 0 ? '' : ` Left out for want of a highest score: ${listed(left.stories)}.`,
    left.policies.length === 0 ? '' : ` Left out as they did not play every story: ${listed(left.policies)}.`,
    differing.length === 0 ? '' : ` Not the same on every story: ${listed(differing)}.`,
  ].join('')
}
