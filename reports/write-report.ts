import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { RecordedRun } from '../harness/index.ts'
import { type Ceiling, publishedCeilings } from './ceilings.ts'
import { runsByStory } from './comparison.ts'
import { episodesCsv } from './csv.ts'
import { protocolOf } from './protocol.ts'
import { reportPage } from './report-page.tsx'
import { printableRun } from './reported-run.ts'
import { type DigestedRun, digestRun } from './run-digest.ts'
import { TextTable } from './turn-archive.ts'

export interface ReportOptions {
  /** Where the page goes; the CSV takes its name, ending apart. */
  readonly out: string
  /** The command line that makes the report, as it is to be printed there. */
  readonly command: string
  /** Numbers to hold the curves against, besides the published ones. */
  readonly ceilings?: readonly Ceiling[]
}

/** Paths of what was written. */
export interface ReportFiles {
  readonly html: string
  readonly csv: string
}

/**
 * Writes the page and its numbers; each file appears whole or not at all.
 *
 * Throws `EmptyRunError` and `IncomparableRunsError` before anything is written, and the file system's own errors.
 */
export async function writeReport(runs: readonly RecordedRun[], options: ReportOptions): Promise<ReportFiles> {
  const { out: html, command, ceilings = [] } = options
  const csv = `${html.replace(/\.html?$/i, '')}.csv`
  // Before the long reading: what cannot be compared is known at once.
  for (const story of runsByStory(runs)) protocolOf(story)
  const texts = new TextTable()
  const digested: DigestedRun[] = []
  for (const run of runs) digested.push({ ...run, digest: await digestRun(run.events(), texts) })
  const page = reportPage({
    runs: digested,
    texts: texts.pack(),
    ceilings: [...ceilings, ...publishedCeilings],
    command,
  })
  await mkdir(dirname(html), { recursive: true })
  await writeWhole(html, page)
  await writeWhole(csv, episodesCsv(runs.map(printableRun)))
  return { html, csv }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    await writeFile(draft, text, { flag: 'wx' })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
