import { dirname, join } from 'node:path'
import type { RecordedRun } from '../harness/index.ts'
import { type Ceiling, publishedCeilings } from './ceilings.ts'
import { runsByStory } from './comparison.ts'
import { episodesCsv } from './csv.ts'
import { namedApart } from './named-apart.ts'
import type { PriceList } from './price-list.ts'
import { protocolOf } from './protocol.ts'
import { type DigestedRuns, gatherRuns, readRuns } from './read-runs.ts'
import { type ReportChart, reportCharts } from './report-charts.tsx'
import { reportPage } from './report-page.tsx'
import { printableRun } from './reported-run.ts'
import { standaloneSvg } from './standalone-svg.ts'
import { makeFolder, writeWhole } from './whole-file.ts'

export interface ReportOptions {
  /** Where the page goes; the CSV takes its name, ending apart. */
  readonly out: string
  /** The command line that makes the report, as it is to be printed there. */
  readonly command: string
  /** Numbers to hold the curves against, besides the published ones. */
  readonly ceilings?: readonly Ceiling[]
  /** What tokens cost; a run whose model has no price is shown without a cost. */
  readonly prices?: PriceList
  /** A folder for every chart as SVG and PNG, and its numbers as CSV; none by default. */
  readonly assets?: string
}

/** Paths of what was written. */
export interface ReportFiles {
  readonly html: string
  readonly csv: string
  /** Those of the folder of charts. */
  readonly assets: readonly string[]
}

/**
 * Writes the page and its numbers; each file appears whole or not at all. A policy that was played with several sets of
 * parameters is shown as so many.
 *
 * Throws `EmptyRunError` and `IncomparableRunsError` before anything is written, and `UnwritableError`.
 */
export async function writeReport(runs: readonly RecordedRun[], options: ReportOptions): Promise<ReportFiles> {
  // Before the long reading: what cannot be compared is known at once.
  for (const story of runsByStory(namedApart(runs))) protocolOf(story)
  const read = gatherRuns(await readRuns(runs))
  return writePage({ ...read, runs: namedApart(read.runs) }, options)
}

/** The same of runs that were read already. */
export async function writePage({ runs, texts }: DigestedRuns, options: ReportOptions): Promise<ReportFiles> {
  const { out: html, command, ceilings = [], prices = {} } = options
  const csv = `${html.replace(/\.html?$/i, '')}.csv`
  const shown = [...ceilings, ...publishedCeilings]
  const page = reportPage({ runs, texts, ceilings: shown, prices, command })
  await makeFolder(dirname(html))
  await writeWhole(html, page)
  await writeWhole(csv, episodesCsv(runs.map(printableRun)))
  if (options.assets === undefined) return { html, csv, assets: [] }
  return { html, csv, assets: await writeCharts(reportCharts(runs, shown), options.assets) }
}

async function writeCharts(charts: readonly ReportChart[], folder: string): Promise<readonly string[]> {
  // A native module, loaded only by who wants pictures.
  const { Resvg } = await import('@resvg/resvg-js')
  await makeFolder(folder)
  const written: string[] = []
  for (const { name, drawing, csv } of charts) {
    const svg = standaloneSvg(drawing)
    const png = new Resvg(svg, { fitTo: { mode: 'zoom', value: PNG_ZOOM } }).render().asPng()
    for (const [ending, content] of [
      ['svg', svg],
      ['png', png],
      ['csv', csv],
    ] as const) {
      const path = join(folder, `${name}.${ending}`)
      await writeWhole(path, content)
      written.push(path)
    }
  }
  return written
}

/** Pixels of a PNG for one of the drawing: sharp in print. */
const PNG_ZOOM = 2
