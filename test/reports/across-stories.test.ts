import { expect, test } from 'vitest'
import { acrossStories, compareRuns, type ReportedRun } from '../../reports/index.ts'
import { runOf, STORY } from './made-up-runs.ts'

/** Two seeds of each policy on a story of 50 points, each with one episode. */
function played(id: string, scores: Readonly<Record<string, readonly number[]>>, maxScore: number | null = 50) {
  const runs = Object.entries(scores).flatMap(([policy, perSeed]) =>
    perSeed.map((score, index) =>
      silent(runOf([score], { policy, seed: index + 1, story: { ...STORY, id, maxScore } })),
    ),
  )
  return compareRuns(runs)
}

/** Its episodes name no highest score, so that the story's own counts. */
function silent(run: ReportedRun): ReportedRun {
  return { ...run, episodes: run.episodes.map((episode) => ({ ...episode, maxScore: null })) }
}

test('stories are taken together as shares of their highest scores', () => {
  const across = acrossStories([
    played('one', { jitrl: [10, 20], static: [5, 5] }),
    played('two', { jitrl: [80, 40], static: [40, 40] }, 100),
  ])
  const [jitrl, baseline] = across!.policies
  // Shares .2, .4 and .8, .4: means .3 and .6; of four numbers the middle two are .4 and .4.
  expect(jitrl?.mean.value).toBeCloseTo(0.45)
  expect(jitrl?.iqm.value).toBeCloseTo(0.4)
  // Story one: both above static. Story two: 80 wins twice, 40 ties twice. (1 + .75) / 2.
  expect(jitrl?.improvement?.value).toBeCloseTo(0.875)
  expect(baseline?.improvement).toBeNull()
  expect(across?.stories).toEqual(['one', 'two'])
})

test('an interval keeps to its strata: what never varies within its story has none', () => {
  const across = acrossStories([played('one', { a: [10, 10] }), played('two', { a: [40, 40] })])
  const [a] = across!.policies
  expect(a?.mean.value).toBeCloseTo(0.5)
  expect(a?.mean.interval?.[0]).toBeCloseTo(0.5)
  expect(a?.mean.interval?.[1]).toBeCloseTo(0.5)
})

test('a profile starts with every run that scored and ends with none above the whole', () => {
  const [a] = acrossStories([played('one', { a: [10, 50] }), played('two', { a: [0, 25] })])!.policies
  expect(a?.profile[0]?.value).toBe(0.75)
  expect(a?.profile.at(-1)?.value).toBe(0)
  for (const { value, interval } of a!.profile) {
    expect(interval![0]).toBeLessThanOrEqual(value)
    expect(interval![1]).toBeGreaterThanOrEqual(value)
  }
})

test('one seed on a story gives no interval: it would count as if it could not have come out otherwise', () => {
  const across = acrossStories([played('one', { a: [10] }), played('two', { a: [20, 40, 0] })])
  expect(across?.policies[0]?.iqm.interval).toBeNull()
  expect(across?.fewestSeeds).toBe(1)
})

test('stories without a highest score, and policies that did not play all, are left out', () => {
  expect(acrossStories([played('one', { a: [1] }), played('two', { a: [1] }, null)])).toBeNull()
  const across = acrossStories([played('one', { a: [1], b: [1] }), played('two', { a: [1] })])
  expect(across?.policies.map(({ policy }) => policy)).toEqual(['a'])
  expect(across?.left).toEqual({ stories: [], policies: ['b'] })
  expect(acrossStories([played('one', { a: [1] }), played('two', { b: [1] })])).toBeNull()
})

test('what was otherwise on one story than on another is named, as the numbers mix it', () => {
  const on = (id: string, stepLimit: number, beta: number) =>
    compareRuns([runOf([1], { story: { ...STORY, id }, stepLimit, parameters: { beta } })])
  expect(acrossStories([on('one', 60, 1), on('two', 60, 1)])?.differing).toEqual([])
  expect(acrossStories([on('one', 60, 1), on('two', 20, 5)])?.differing).toEqual(['step limit', 'parameters of jitrl'])
})
