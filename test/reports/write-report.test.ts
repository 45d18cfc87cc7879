import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { IncomparableRunsError, writeReport } from '../../reports/index.ts'
import { runOf } from './made-up-runs.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grue-report-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const command = 'grue report runs/one --out report.html'

test('a report is a page and a CSV beside it, and nothing else', async () => {
  const files = await writeReport([runOf([1, 2])], { out: join(folder, 'new', 'report.html'), command })
  expect(files).toEqual({ html: join(folder, 'new', 'report.html'), csv: join(folder, 'new', 'report.csv') })
  expect(await readFile(files.html, 'utf8')).toMatch(/^<!doctype html>/)
  expect((await readFile(files.csv, 'utf8')).split('\r\n')).toHaveLength(4)
  expect((await readdir(join(folder, 'new'))).sort()).toEqual(['report.csv', 'report.html'])
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
