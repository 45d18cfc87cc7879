// How long a report takes and how large it is, beside the least that any reader of the same logs must do: JSON.parse of
// every line, in one thread.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRecordedRun } from '../../../dist/harness/index.js'
import { exportRuns, writeReport } from '../../../dist/reports/index.js'
import { recordComparison } from './recorded-comparison.js'

const LARGEST_PAGE = 5_000_000

export default [reports]

async function reports() {
  const folder = mkdtempSync(join(tmpdir(), 'grue-bench-'))
  try {
    const folders = await recordComparison(folder)
    const parsing = await milliseconds(() => folders.forEach(parseEveryLine))
    const page = join(folder, 'report.html')
    const making = await milliseconds(() => writeReport(folders.map(readRecordedRun), { out: page, command: 'bench' }))
    const exporting = await milliseconds(() =>
      exportRuns(folders.map(readRecordedRun), 'parquet', join(folder, 'export')),
    )
    const peer = 'JSON.parse of every line'
    const size = statSync(page).size
    return [
      { name: 'report-5x5x50', value: rounded(making), unit: 'ms', peer, ratio: rounded(parsing / making) },
      { name: 'report-size', value: size, unit: 'bytes', peer: 'five megabytes', ratio: rounded(LARGEST_PAGE / size) },
      { name: 'export-parquet', value: rounded(exporting), unit: 'ms', peer, ratio: rounded(parsing / exporting) },
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function parseEveryLine(directory) {
  for (const line of readFileSync(join(directory, 'events.jsonl'), 'utf8').split('\n'))
    if (line !== '') JSON.parse(line)
}

async function milliseconds(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function rounded(number) {
  return Number(number.toPrecision(3))
}
