import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Candidate, RecordedRun } from '../harness/index.ts'
import { writeMinari } from './minari.ts'
import { type Columns, writeParquet } from './parquet.ts'
import { type TurnRow, turnRows } from './turn-rows.ts'
import { makeFolder, writeInto, writeWhole } from './whole-file.ts'

export const exportFormats = ['jsonl', 'parquet', 'minari'] as const
export type ExportFormat = (typeof exportFormats)[number]

/**
 * Writes the turns of finished episodes for other programs, as docs/export.md describes; throws `UnwritableError`.
 * Returns the paths of what was written.
 */
export async function exportRuns(
  runs: readonly RecordedRun[],
  format: ExportFormat,
  out: string,
): Promise<readonly string[]> {
  await makeFolder(out)
  if (format === 'minari') return writeMinari(runs, out)
  const about = join(out, 'runs.jsonl')
  await writeWhole(about, runs.map(aboutRun).join(''))
  const turns = join(out, `turns.${format}`)
  if (format === 'jsonl') await writeJsonLines(turns, everyTurn(runs))
  else await writeParquet(turns, COLUMNS, everyTurn(runs))
  return [about, turns]
}

/** An episode at a time, run after run. */
async function* everyTurn(runs: readonly RecordedRun[]): AsyncGenerator<readonly TurnRow[]> {
  for (const run of runs) yield* turnRows(run)
}

function aboutRun({ run, config, provenance, episodes }: RecordedRun): string {
  return `${JSON.stringify({ run, config, provenance, episodes })}\n`
}

async function writeJsonLines(path: string, groups: AsyncIterable<readonly TurnRow[]>): Promise<void> {
  await writeInto(path, async (draft) => {
    await writeFile(draft, '', { flag: 'wx' })
    for await (const rows of groups)
      await appendFile(draft, rows.map((row) => `${JSON.stringify(asLine(row))}\n`).join(''))
  })
}

function asLine(row: TurnRow): Readonly<Record<string, unknown>> {
  return Object.fromEntries(COLUMNS.map(({ name, of }) => [name, of(row)]))
}

/** In Parquet, lists and tables are JSON texts. */
const COLUMNS: Columns<TurnRow> = [
  { name: 'run', type: 'STRING', of: ({ run }) => run },
  { name: 'story', type: 'STRING', of: ({ story }) => story },
  { name: 'policy', type: 'STRING', of: ({ policy }) => policy },
  { name: 'seed', type: 'DOUBLE', of: ({ seed }) => seed },
  { name: 'episode', type: 'INT32', of: ({ episode }) => episode },
  { name: 'turn', type: 'INT32', of: ({ turn }) => turn },
  { name: 'text', type: 'STRING', of: ({ observation }) => observation.text },
  { name: 'location', type: 'STRING', of: ({ observation }) => observation.location },
  { name: 'inventory', type: 'JSON', of: ({ observation }) => observation.inventory },
  { name: 'score', type: 'INT32', of: ({ observation }) => observation.score },
  { name: 'valid_actions', type: 'JSON', of: ({ validActions }) => validActions },
  { name: 'world_hash', type: 'STRING', of: ({ worldHash }) => worldHash },
  { name: 'state', type: 'STRING', of: ({ decision }) => decision?.state.summary ?? null },
  { name: 'candidates', type: 'JSON', of: ({ decision }) => decision?.candidates.map(asRecord) ?? null },
  { name: 'value', type: 'DOUBLE', of: ({ decision }) => decision?.value ?? null },
  { name: 'static_choice', type: 'STRING', of: ({ decision }) => decision?.staticChoice ?? null },
  { name: 'action', type: 'STRING', of: ({ action }) => action },
  { name: 'reward', type: 'INT32', of: ({ reward }) => reward },
  { name: 'terminated', type: 'BOOLEAN', of: ({ terminated }) => terminated },
  { name: 'truncated', type: 'BOOLEAN', of: ({ truncated }) => truncated },
  { name: 'next_text', type: 'STRING', of: ({ next }) => next.text },
  { name: 'next_score', type: 'INT32', of: ({ next }) => next.score },
]

function asRecord({ action, prior, q, advantage, probability, visits }: Candidate): Readonly<Record<string, unknown>> {
  return { action, prior, q, advantage, probability, visits }
}
