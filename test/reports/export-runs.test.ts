import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordedRun } from '../../harness/index.ts'
import { exportRuns } from '../../reports/index.ts'
import { candidate, episode, turn } from './made-up-events.ts'
import { type RunSettings, runOf, STORY } from './made-up-runs.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grue-export-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Two finished episodes of two turns and of one, and a third that was broken off. */
function run(seed: number, settings: RunSettings = {}): RecordedRun {
  const candidates = [candidate({ action: 'north', q: 2.5 }), candidate({ action: 'wait' })]
  const north = turn({
    chosen: 'north',
    staticChoice: 'wait',
    candidates,
    to: 'Yard',
    text: '"Ça va?" \u0007',
    reward: 5,
    score: 5,
  })
  const byHand = turn({ chosen: 'wait', intervened: 'xyzzy', to: 'Yard', score: 5 })
  return runOf([5, 5], {
    seed,
    ...settings,
    events: [...episode(1, [north, byHand]), ...episode(2, [north]), ...episode(3, [north])],
  })
}

test('JSON lines: a turn a line, with what was seen, weighed, done and seen then', async () => {
  const [about, turns] = await exportRuns([run(1), run(2)], 'jsonl', folder)
  const lines = (await readFile(turns!, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toHaveLength(6)
  expect(lines[0]).toMatchObject({
    policy: 'jitrl',
    seed: 1,
    episode: 1,
    turn: 1,
    text: 'You are in the hall.',
    location: 'Hall',
    static_choice: 'wait',
    action: 'north',
    reward: 5,
    next_text: '"Ça va?" \u0007',
    next_score: 5,
  })
  expect(lines[0].candidates[0]).toMatchObject({ action: 'north', q: 2.5 })
  expect(lines.map(({ seed, episode, turn }) => [seed, episode, turn].join('.'))).toEqual([
    '1.1.1',
    '1.1.2',
    '1.2.1',
    '2.1.1',
    '2.1.2',
    '2.2.1',
  ])
  const runs = (await readFile(about!, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(runs.map(({ config }) => config.seed)).toEqual([1, 2])
})

test('Parquet holds the same turns', async () => {
  const [, lines] = await exportRuns([run(1), run(2)], 'jsonl', folder)
  const [, table] = await exportRuns([run(1), run(2)], 'parquet', folder)
  const expected = (await readFile(lines!, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(await parquetReadObjects({ file: await asyncBufferFromFile(table!) })).toEqual(expected)
})

test('a Minari data set has one more observation than actions, and counts its episodes over all seeds', async () => {
  const [data] = await exportRuns([run(1), run(2)], 'minari', folder)
  expect(data).toBe(join(folder, 'grue', 'lighthouse', 'jitrl-v0', 'data'))
  expect((await readdir(data!)).sort()).toEqual(['0', '1', '2', '3', 'metadata.json'])
  const metadata = JSON.parse(await readFile(join(data!, 'metadata.json'), 'utf8'))
  expect(metadata).toMatchObject({ dataset_id: 'grue/lighthouse/jitrl-v0', total_episodes: 4, total_steps: 6 })
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(data!, '0', 'data.parquet')) })
  expect(rows.map(({ actions, rewards }) => [actions, rewards])).toEqual([
    ['north', 5],
    ['xyzzy', 0],
    [null, null],
  ])
  expect(JSON.parse(await readFile(join(data!, '2', 'metadata.json'), 'utf8'))).toMatchObject({
    id: 2,
    total_steps: 2,
    options: { agent_seed: 2, episode: 1, score: 5 },
  })
})

test('Minari data sets are of one story file and one setting of the policy each, in the order of the runs', async () => {
  const other = { ...STORY, sha256: 'cd'.repeat(32) }
  const runs = [
    run(1, { parameters: { beta: 5, k: 3 } }),
    run(1, { parameters: { beta: 1, k: 3 } }),
    run(2, { parameters: { k: 3, beta: 5 } }),
    run(1, { parameters: { beta: 5, k: 3 }, story: other }),
    run(3, { parameters: { beta: 5, k: 3 }, stepLimit: 9 }),
  ]
  const written = await exportRuns(runs, 'minari', folder)
  const expected = [0, 1, 2, 3].map((version) => join(folder, 'grue', 'lighthouse', `jitrl-v${version}`, 'data'))
  expect(written).toEqual(expected)
  const described = await Promise.all(
    written.map(async (data) => JSON.parse(await readFile(join(data, 'metadata.json'), 'utf8'))),
  )
  expect(described).toMatchObject([
    { dataset_id: 'grue/lighthouse/jitrl-v0', algorithm_parameters: { beta: 5 }, total_episodes: 4 },
    { dataset_id: 'grue/lighthouse/jitrl-v1', algorithm_parameters: { beta: 1 }, total_episodes: 2 },
    { description: expect.stringContaining(other.sha256), total_episodes: 2 },
    { description: expect.stringContaining('9 steps an episode'), total_episodes: 2 },
  ])
})

test('a Minari data set that is written again holds nothing of the one before, and is unfinished until it is whole', async () => {
  const [data] = await exportRuns([run(1), run(2)], 'minari', folder)
  await exportRuns([run(1)], 'minari', folder)
  expect((await readdir(data!)).sort()).toEqual(['0', '1', 'metadata.json'])
  const broken: RecordedRun = {
    ...run(1),
    async *events() {
      yield* episode(1, [turn({})])
      throw new Error('damaged')
    },
  }
  await expect(exportRuns([broken], 'minari', folder)).rejects.toThrow('damaged')
  expect(await readdir(data!)).toEqual(['0'])
})

test('what cannot be written whole leaves nothing', async () => {
  const broken: RecordedRun = {
    ...run(1),
    async *events() {
      yield* episode(1, [turn({})])
      throw new Error('damaged')
    },
  }
  await expect(exportRuns([broken], 'parquet', folder)).rejects.toThrow('damaged')
  expect(await readdir(folder)).toEqual(['runs.jsonl'])
})
