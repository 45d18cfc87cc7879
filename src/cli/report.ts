import { z } from 'zod'
import { writeReport } from '../../reports/index.ts'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { json } from './flags.ts'
import { print, printJson } from './output.ts'
import { runFolders, runsIn } from './runs-in.ts'

export const report = defineCommand({
  schema: z.object({
    directories: runFolders,
    out: z.string().prefault('report.html').meta({ value: 'FILE.html', description: 'The page' }),
    assets: z
      .string()
      .optional()
      .meta({ value: 'FOLDER', description: 'Every chart as SVG and PNG in there, and its numbers as CSV' }),
    json,
  }),
  async run({ directories, out, assets, json }) {
    const written = await writeReport(directories.flatMap(runsIn), {
      out,
      command: commandLine(),
      ...(assets === undefined ? {} : { assets }),
    })
    if (json) printJson(written)
    else {
      print(`Wrote ${written.html} and ${written.csv}.`)
      if (assets !== undefined) print(`Wrote ${written.assets.length} files of charts into ${assets}.`)
    }
    return 0
  },
})
