import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Observed, RecordedRun } from '../harness/index.ts'
import { type Columns, writeParquet } from './parquet.ts'
import { type TurnRow, turnRows } from './turn-rows.ts'
import { makeFolder, writeWhole } from './whole-file.ts'

/** One row per observation: there is one more of them than of actions, as Minari has it. */
interface Step {
  readonly observation: Observed['observation']
  /** Null in the last row. */
  readonly taken: TurnRow | null
}

const COLUMNS: Columns<Step> = [
  { name: 'observations', type: 'STRING', of: ({ observation }) => observation.text },
  { name: 'actions', type: 'STRING', of: ({ taken }) => taken?.action ?? null },
  { name: 'rewards', type: 'DOUBLE', of: ({ taken }) => taken?.reward ?? null },
  { name: 'terminations', type: 'BOOLEAN', of: ({ taken }) => taken?.terminated ?? null },
  { name: 'truncations', type: 'BOOLEAN', of: ({ taken }) => taken?.truncated ?? null },
  { name: 'infos/location', type: 'STRING', of: ({ observation }) => observation.location },
  { name: 'infos/inventory', type: 'JSON', of: ({ observation }) => observation.inventory },
  { name: 'infos/score', type: 'INT32', of: ({ observation }) => observation.score },
  { name: 'infos/valid_actions', type: 'JSON', of: ({ taken }) => taken?.validActions ?? null },
]

/**
 * One data set per story file and policy with its parameters and step limit, its runs' episodes numbered from 0:
 * `grue/STORY/POLICY-v0/data/`, and `-v1` for the next that would have the same name, in the order of the runs. The
 * directory, names and metadata are those of Minari's dataset standards; the data are Parquet, which Minari itself does
 * not read.
 */
export async function writeMinari(runs: readonly RecordedRun[], out: string): Promise<readonly string[]> {
  const versions = new Map<string, number>()
  const written: string[] = []
  for (const own of alike(runs)) {
    const name = datasetName(own[0]!)
    const version = versions.get(name) ?? 0
    versions.set(name, version + 1)
    const id = `${name}-v${version}`
    written.push(await writeDataset(id, own, join(out, ...id.split('/'), 'data')))
  }
  return written
}

/** The runs, those together of which a data set's metadata say the same. */
function alike(runs: readonly RecordedRun[]): readonly (readonly RecordedRun[])[] {
  const described = ({ config: { story, policy, stepLimit } }: RecordedRun) => {
    return { id: story.id, sha256: story.sha256, policy, stepLimit }
  }
  const groups: RecordedRun[][] = []
  for (const run of runs) {
    const group = groups.find(([first]) => isDeepStrictEqual(described(first!), described(run)))
    if (group) group.push(run)
    else groups.push([run])
  }
  return groups
}

/** Returns the folder of its data. */
async function writeDataset(id: string, runs: readonly RecordedRun[], folder: string): Promise<string> {
  const about = join(folder, 'metadata.json')
  // First, so that what is left of an earlier data set, should this be broken off, is not taken for a whole one.
  await rm(about, { force: true })
  await rm(folder, { recursive: true, force: true })
  let episodes = 0
  let steps = 0
  for (const run of runs)
    for await (const turns of turnRows(run)) {
      await writeEpisode(episodes, run, turns, join(folder, String(episodes)))
      episodes++
      steps += turns.length
    }
  const { config, provenance } = runs[0]!
  const metadata = {
    dataset_id: id,
    total_episodes: episodes,
    total_steps: steps,
    data_format: 'parquet',
    observation_space: TEXT_SPACE,
    action_space: TEXT_SPACE,
    env_spec: null,
    algorithm_name: config.policy.name,
    algorithm_parameters: config.policy.parameters,
    description: `${config.policy.name} on ${config.story.title} (sha256 ${config.story.sha256}), ${config.stepLimit} steps an episode at most; ${provenance.command}`,
    author: [`grue ${provenance.version}`],
    requirements: [],
  }
  await makeFolder(folder)
  // Last, so that a data set without it is known to be unfinished.
  await writeWhole(about, `${JSON.stringify(metadata, null, 2)}\n`)
  return folder
}

const TEXT_SPACE = { type: 'Text' }

async function writeEpisode(
  number: number,
  run: RecordedRun,
  turns: readonly TurnRow[],
  folder: string,
): Promise<void> {
  await makeFolder(folder)
  const last = turns.at(-1)
  const steps = turns.map((taken): Step => ({ observation: taken.observation, taken }))
  const rows = last === undefined ? steps : [...steps, { observation: last.next, taken: null }]
  await writeParquet(join(folder, 'data.parquet'), COLUMNS, groups(rows))
  const played = run.episodes.find(({ episode }) => episode === last?.episode)
  const about = {
    id: number,
    total_steps: turns.length,
    seed: played?.gameSeed ?? null,
    options: {
      run: run.run,
      agent_seed: run.config.seed,
      episode: last?.episode ?? null,
      score: played?.score ?? null,
    },
  }
  await writeWhole(join(folder, 'metadata.json'), `${JSON.stringify(about)}\n`)
}

async function* groups<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows
}

/** A data set's id but its version: a path of namespaces and a name of letters, digits and dashes. */
function datasetName({ config }: RecordedRun): string {
  const named = (text: string) => text.replace(/[^A-Za-z0-9_-]+/g, '-')
  return `grue/${named(config.story.id)}/${named(config.policy.name)}`
}
