import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeReport } from '../../reports/index.ts'
import { runOf, STORY } from './made-up-runs.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grue-series-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const command = 'grue report runs'
const CAVE = { ...STORY, id: 'cave', title: 'Cave', sha256: 'cd'.repeat(32) }

/** Only jitrl played both stories, cbr the first alone, before it. */
const runs = [
  runOf([1], { policy: 'cbr' }),
  runOf([2], { policy: 'jitrl' }),
  runOf([3], { policy: 'jitrl', story: CAVE }),
  runOf([4], { policy: 'tips', story: CAVE }),
]

test('a policy has one colour on the whole page, whichever others played a story', async () => {
  const { html } = await writeReport(runs, { out: join(folder, 'report.html'), command })
  const swatches = (await readFile(html, 'utf8')).matchAll(
    /<path class="curve" stroke="([^"]*)"[^>]*><\/path><\/svg> (?:<span class="name">)?([^<]+)</g,
  )
  expect(new Set([...swatches].map(([, colour, policy]) => `${policy} ${colour}`))).toEqual(
    new Set(['cbr var(--learner-0)', 'jitrl var(--learner-1)', 'tips var(--learner-2)']),
  )
})

test('a policy has the same colour in the files of charts', async () => {
  const assets = join(folder, 'charts')
  await writeReport(runs, { out: join(folder, 'report.html'), command, assets })
  const coloursIn = async (name: string) => {
    const svg = await readFile(join(assets, `${name}.svg`), 'utf8')
    return [...svg.matchAll(/class="curve" stroke="([^"]*)"/g)].map(([, colour]) => colour)
  }
  const [, jitrl] = await coloursIn('lighthouse-curves')
  expect(await coloursIn('cave-curves')).toEqual([jitrl, expect.any(String)])
  expect(await coloursIn('all-stories-profile')).toEqual([jitrl])
})
