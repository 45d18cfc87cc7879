import { z } from 'zod'
import { writeReport } from '../../reports/index.ts'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { json } from './flags.ts'
import { print, printJson } from './output.ts'
import { readPrices } from './price-file.ts'
import { runFolders, runsIn } from './runs-in.ts'
import { walkthroughCeilings } from './walkthrough.ts'

export const report = defineCommand({
  schema: z.object({
    directories: runFolders,
    out: z.string().prefault('report.html').meta({ value: 'FILE.html', description: 'The page' }),
    assets: z
      .string()
      .optional()
      .meta({ value: 'FOLDER', description: 'Every chart as SVG and PNG in there, and its numbers as CSV' }),
    walkthrough: z.string().optional().meta({
      value: 'FILE',
      description: 'Commands to play, as for grue play: what they score is a ceiling in the curves',
    }),
    prices: z.string().optional().meta({
      value: 'FILE',
      description: 'What tokens cost: {"MODEL": {"input": 0.15, "output": 0.6}}, $ per million',
    }),
    json,
  }),
  async run({ directories, out, assets, walkthrough, prices, json }) {
    const runs = directories.flatMap(runsIn)
    const written = await writeReport(runs, {
      out,
      command: commandLine(),
      ceilings: walkthrough === undefined ? [] : walkthroughCeilings(walkthrough, runs),
      prices: prices === undefined ? {} : readPrices(prices),
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
