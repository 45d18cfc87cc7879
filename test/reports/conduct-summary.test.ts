import { expect, test } from 'vitest'
import { compareRuns, comparisonSummary, gatherRuns, readRuns, runSummary } from '../../reports/index.ts'
import { called, episode, turn } from './made-up-events.ts'
import { runOf } from './made-up-runs.ts'

const events = episode(1, [
  turn({ chosen: 'north', staticChoice: 'south', to: 'Yard', reward: 5, score: 5 }),
  turn({ chosen: 'wait', staticChoice: 'wait', reward: 0, score: 5 }),
])

test('a run is summed up with what it did beside scoring, and with what its model cost', async () => {
  const asked = episode(1, [turn({ calls: [called({ promptTokens: 1e6, completionTokens: 1e5 })] })])
  const [run] = gatherRuns(await readRuns([runOf([5], { events: [...events, ...asked] })])).runs
  // The Hall and the Yard; one turn of three left the static choice, and earned five points.
  expect(runSummary(run!, { tiny: { input: 2, output: 10 } })).toMatchObject({
    scores: [5],
    conduct: { steps: 3, rooms: 2, flips: 1, flipPoints: 5, bestIn100: 5, modelCalls: 1, cost: 3 },
  })
})

test('a comparison has every measure as mean, interval and number of each seed, and the deviations from the preset', async () => {
  const elsewhere = episode(1, [turn({ to: null, score: 1 })])
  const runs = [
    runOf([1], { seed: 2, events: elsewhere, parameters: { beta: 5 } }),
    runOf([5], { seed: 1, events, parameters: { beta: 5 } }),
    runOf([5], { seed: 1, events, policy: 'static' }),
  ]
  const digested = gatherRuns(await readRuns(runs)).runs
  const { jitrl, static: baseline } = comparisonSummary(compareRuns(digested), digested, {}).policies
  expect(jitrl?.conduct).toMatchObject({
    rooms: { mean: 1.5, interval: [1, 2], each: [2, 1] },
    pointsPer100Flips: { mean: 500, interval: null, each: [500, null] },
  })
  expect(jitrl?.deviations).toContainEqual({ what: 'beta', value: 5, usual: 150 })
  expect(baseline?.conduct).toMatchObject({ flipPercent: { mean: 50, interval: null, each: [50] } })
  expect(baseline?.deviations).toEqual([])
})

test('nothing in it hangs on the clock: equal runs are summed up the same', async () => {
  const digested = gatherRuns(await readRuns([runOf([1, 2], { events })])).runs
  const later = digested.map((run) => ({ ...run, episodes: run.episodes.map((each) => ({ ...each, seconds: 9 })) }))
  expect(runSummary(later[0]!, {})).toEqual(runSummary(digested[0]!, {}))
  expect(comparisonSummary(compareRuns(later), later, {})).toEqual(
    comparisonSummary(compareRuns(digested), digested, {}),
  )
})
