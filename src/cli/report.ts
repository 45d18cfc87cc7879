import { existsSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { z } from 'zod'
import { type RecordedRun, readRecordedRun } from '../../harness/index.ts'
import { writeReport } from '../../reports/index.ts'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { json } from './flags.ts'
import { print, printJson } from './output.ts'

export const report = defineCommand({
  schema: z.object({
    directories: z
      .array(z.string())
      .meta({ operand: 'DIR...', description: 'Folders of runs, or of comparisons, which hold runs' }),
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

/** The folder's own run, or else the runs below it. */
function runsIn(directory: string): readonly RecordedRun[] {
  const isRun = (folder: string) => existsSync(join(folder, 'run.json'))
  const runs = isRun(directory) ? [directory] : foldersBelow(directory).filter(isRun)
  // Without any, the reader says what the folder lacks.
  return (runs.length > 0 ? runs : [directory]).map(readRecordedRun)
}

function foldersBelow(directory: string): readonly string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(byFolders)
}

/** `jitrl/seed-1` before `jitrl-paper/seed-1`, and `seed-2` before `seed-10`. */
function byFolders(a: string, b: string): number {
  const [ours, theirs] = [a.split(sep), b.split(sep)]
  const differing = ours.findIndex((folder, depth) => folder !== theirs[depth])
  return (ours[differing] ?? '').localeCompare(theirs[differing] ?? '', 'en', { numeric: true })
}
