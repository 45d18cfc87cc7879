import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { fileWriter, parquetWriteRows } from 'hyparquet-writer'
import { z } from 'zod'
import type { EpisodeRecord, StateRecord } from './experience-store.ts'

/**
 * One row a step, and one more, without an action, for the state in which an episode ended. Tokens are a JSON list, as
 * few tools that read Parquet are at ease with nested columns.
 */
const columns = [
  { name: 'run', type: 'STRING', nullable: false },
  { name: 'episode', type: 'INT32', nullable: false },
  { name: 'game_seed', type: 'INT64', nullable: false },
  { name: 'score', type: 'DOUBLE', nullable: false },
  { name: 'episode_terminated', type: 'BOOLEAN', nullable: false },
  { name: 'victory', type: 'BOOLEAN', nullable: false },
  { name: 'turn', type: 'INT32', nullable: false },
  { name: 'key', type: 'STRING', nullable: false },
  { name: 'situation', type: 'STRING', nullable: false },
  { name: 'tokens', type: 'STRING', nullable: false },
  { name: 'action', type: 'STRING', nullable: true },
  { name: 'reward', type: 'DOUBLE', nullable: true },
  { name: 'terminated', type: 'BOOLEAN', nullable: true },
] as const

const row = z.object({
  run: z.string(),
  episode: z.number(),
  game_seed: z.bigint().transform(Number),
  score: z.number(),
  episode_terminated: z.boolean(),
  victory: z.boolean(),
  key: z.string(),
  situation: z.string(),
  tokens: z.string(),
  action: z.string().nullish(),
  reward: z.number().nullish(),
  terminated: z.boolean().nullish(),
})

const BATCH = 10_000

export function writeParquet(path: string, episodes: Iterable<EpisodeRecord>): void {
  parquetWriteRows({ writer: fileWriter(path), columns: [...columns], rows: rowsOf(episodes), rowGroupSize: 100_000 })
}

/** What was written by `writeParquet`, not yet checked for being episodes. Throws for what is none of its rows. */
export async function* readParquet(path: string): AsyncIterable<unknown> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  const end = Number(metadata.num_rows)
  let steps: object[] = []
  for (let rowStart = 0; rowStart < end; rowStart += BATCH) {
    const rowEnd = Math.min(end, rowStart + BATCH)
    for (const raw of await parquetReadObjects({ file, metadata, rowStart, rowEnd })) {
      const { action, reward, terminated, ...rest } = row.parse(raw)
      const state = { key: rest.key, situation: rest.situation, tokens: JSON.parse(rest.tokens) }
      if (action !== null && action !== undefined) steps.push({ state, action, reward, terminated })
      else {
        const { run, episode, game_seed: gameSeed, score, episode_terminated, victory } = rest
        yield { run, episode, gameSeed, score, terminated: episode_terminated, victory, steps, finalState: state }
        steps = []
      }
    }
  }
}

function* rowsOf(episodes: Iterable<EpisodeRecord>): Iterable<Record<string, unknown>> {
  for (const { run, episode, gameSeed, score, terminated, victory, steps, finalState } of episodes) {
    const shared = { run, episode, game_seed: BigInt(gameSeed), score, episode_terminated: terminated, victory }
    for (const [at, step] of steps.entries()) {
      const { action, reward, terminated } = step
      yield { ...shared, turn: at + 1, ...stateColumns(step.state), action, reward, terminated }
    }
    yield {
      ...shared,
      turn: steps.length + 1,
      ...stateColumns(finalState),
      action: null,
      reward: null,
      terminated: null,
    }
  }
}

function stateColumns({ key, situation, tokens }: StateRecord) {
  return { key, situation, tokens: JSON.stringify(tokens) }
}
