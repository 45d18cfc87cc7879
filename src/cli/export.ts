import { z } from 'zod'
import { exportFormats, exportRuns } from '../../reports/index.ts'
import { defineCommand } from './command.ts'
import { folder, json } from './flags.ts'
import { print, printJson } from './output.ts'
import { runFolders, runsIn } from './runs-in.ts'

export const exportCommand = defineCommand({
  details: [
    'jsonl, parquet: runs.jsonl, a run a line, and turns.jsonl or turns.parquet.',
    'minari: a data set for each story and policy with its parameters, laid out as Minari has it.',
    'docs/export.md describes the files.',
  ].join('\n'),
  schema: z.object({
    directories: runFolders,
    format: z
      .enum(exportFormats, { error: `must be one of ${exportFormats.join(', ')}` })
      .prefault('jsonl')
      .meta({ value: 'FORMAT', description: 'jsonl, parquet or minari' }),
    out: folder().prefault('export').meta({ value: 'FOLDER', description: 'Where the files go' }),
    json,
  }),
  async run({ directories, format, out, json }) {
    const written = await exportRuns(directories.flatMap(runsIn), format, out)
    if (json) printJson({ written })
    else for (const path of written) print(`Wrote ${path}.`)
    return 0
  },
})
