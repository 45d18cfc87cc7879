import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { IncomparableRunsError, writeReport } from '../../reports/index.ts'
import { episode, turn } from './made-up-events.ts'
import { runOf, STORY } from './made-up-runs.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grue-report-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const command = 'grue report runs/one --out report.html'

test('a report is a page and a CSV beside it, and nothing else', async () => {
  const files = await writeReport([runOf([1, 2])], { out: join(folder, 'new', 'report.html'), command })
  expect(files).toEqual({
    html: join(folder, 'new', 'report.html'),
    csv: join(folder, 'new', 'report.csv'),
    assets: [],
  })
  expect(await readFile(files.html, 'utf8')).toMatch(/^<!doctype html>/)
  expect((await readFile(files.csv, 'utf8')).split('\r\n')).toHaveLength(4)
  expect((await readdir(join(folder, 'new'))).sort()).toEqual(['report.csv', 'report.html'])
})

test('every chart is written as SVG and PNG, with its numbers, under names that are no paths', async () => {
  const events = episode(1, [turn({ chosen: 'north', to: 'Yard', reward: 1 })])
  const story = { ...STORY, id: '../a b' }
  const runs = ['jitrl:paper', 'static'].map((policy) => runOf([1, 2], { policy, story, events }))
  const assets = join(folder, 'charts')
  const written = await writeReport(runs, { out: join(folder, 'report.html'), command, assets })
  const names = ['a-b-curves', 'a-b-differences', 'a-b-map-jitrl-paper', 'a-b-map-static']
  expect((await readdir(assets)).sort()).toEqual(
    names.flatMap((name) => ['csv', 'png', 'svg'].map((end) => `${name}.${end}`)),
  )
  expect(written.assets).toHaveLength(12)
  const png = await readFile(join(assets, 'a-b-map-static.png'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(await readFile(join(assets, 'a-b-map-static.csv'), 'utf8')).toBe(
    [
      'kind,room,to,command,x,y,turns_or_moves,points',
      '"room","Hall",,,0,1,1,1',
      '"room","Yard",,,0,0,0,0',
      '"way","Hall","Yard","north",,,1,',
      '',
    ].join('\r\n'),
  )
  expect(await readFile(join(assets, 'a-b-differences.csv'), 'utf8')).toContain(
    '"jitrl:paper","static",1,0,,,0,,,0,,,0.5,,',
  )
})

test('a policy that was played with several sets of parameters, as in a sweep, is shown as so many', async () => {
  const { config } = runOf([1])
  const swept = (beta: number, seed: number) => ({
    ...runOf([beta], { seed }),
    config: { ...config, seed, policy: { name: 'jitrl', parameters: { beta, curiosity: 0.4 } } },
  })
  const runs = [swept(40, 1), swept(40, 2), swept(150, 1), swept(150, 2), runOf([1], { policy: 'static' })]
  const { html, csv } = await writeReport(runs, { out: join(folder, 'report.html'), command })
  const page = await readFile(html, 'utf8')
  expect(page).toContain('5 runs')
  for (const name of ['jitrl beta=40', 'jitrl beta=150', 'static']) expect(page).toContain(`>${name}<`)
  expect(page).toContain('beta = 40 (preset: 150)')
  expect((await readFile(csv, 'utf8')).split('\r\n').filter((line) => line.includes('"jitrl beta=40"'))).toHaveLength(2)
})

test('charts whose names come to the same do not replace each other', async () => {
  const events = episode(1, [turn({ chosen: 'north', to: 'Yard' })])
  const runs = ['jitrl:paper', 'JitRL-paper'].map((policy) => runOf([1], { policy, events }))
  const assets = join(folder, 'charts')
  await writeReport(runs, { out: join(folder, 'report.html'), command, assets })
  const maps = (await readdir(assets)).filter((name) => name.includes('map') && name.endsWith('.svg'))
  expect(maps.sort()).toEqual(['lighthouse-map-JitRL-paper-2.svg', 'lighthouse-map-jitrl-paper.svg'])
})

test('a name that XML cannot hold, or no file system, stops no chart', async () => {
  const hostile = `a\uffffb\u{1fffe}c\ud800d\u2028${'e'.repeat(300)}`
  const events = episode(1, [turn({ chosen: 'north', to: hostile })])
  const assets = join(folder, 'charts')
  // Its folder has a name that a file system holds, as it must be looked for where there are other runs.
  const run = { ...runOf([1], { policy: hostile, events }), directory: 'runs/hostile-1' }
  const { html } = await writeReport([run], { out: join(folder, 'report.html'), command, assets })
  const [map] = (await readdir(assets)).filter((name) => /map.*svg$/.test(name))
  for (const file of [html, join(assets, map!)]) {
    const text = await readFile(file, 'utf8')
    expect(text).toContain('a b c d e')
    expect(text).not.toMatch(/[\uffff\u2028\p{Cs}]/u)
  }
})

test('a place that cannot be written is named, with no word of a draft, which does not stay', async () => {
  const taken = join(folder, 'taken.html')
  await mkdir(taken)
  await expect(writeReport([runOf([1])], { out: taken, command })).rejects.toThrow(
    `${taken} cannot be written (no regular file): name another.`,
  )
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(writeReport([runOf([1])], { out: join(file, 'report.html'), command })).rejects.toThrow(
    `${file} cannot be written (EEXIST): name another.`,
  )
  expect((await readdir(folder)).sort()).toEqual(['file', 'taken.html'])
})

test('an older report is replaced', async () => {
  const out = join(folder, 'report.html')
  await writeReport([runOf([1, 2])], { out, command })
  const { csv } = await writeReport([runOf([1, 2, 3])], { out, command })
  expect((await readFile(csv, 'utf8')).split('\r\n')).toHaveLength(5)
})

test('the CSV never takes the place of the page', async () => {
  const { html, csv } = await writeReport([runOf([1])], { out: join(folder, 'report.csv'), command })
  expect([html, csv]).toEqual([join(folder, 'report.csv'), join(folder, 'report.csv.csv')])
})

test('runs that cannot be compared leave nothing behind', async () => {
  const runs = [runOf([1]), runOf([1], { policy: 'static', stepLimit: 5 })]
  await expect(writeReport(runs, { out: join(folder, 'report.html'), command })).rejects.toThrow(IncomparableRunsError)
  expect(await readdir(folder)).toEqual([])
})

test('a page that cannot be put in its place leaves no draft behind', async () => {
  await mkdir(join(folder, 'report.html', 'full'), { recursive: true })
  await expect(writeReport([runOf([1])], { out: join(folder, 'report.html'), command })).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['report.html'])
})
