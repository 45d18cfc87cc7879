import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { episodesCsv } from './csv.ts'
import { reportPage } from './report-page.tsx'
import { printableRun, type ReportedRun } from './reported-run.ts'

export interface ReportOptions {
  /** Where the page goes; the CSV takes its name, ending apart. */
  readonly out: string
  /** The command line that makes the report, as it is to be printed there. */
  readonly command: string
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
export async function writeReport(runs: readonly ReportedRun[], options: ReportOptions): Promise<ReportFiles> {
  const html = options.out
  const csv = `${options.out.replace(/\.html?$/i, '')}.csv`
  const page = reportPage(runs, options.command)
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
