import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { readRecordedRun } from '../../harness/index.ts'
import { staticLevel } from '../../src/static-level.ts'
import { playToy, toyRequest } from './toy-request.ts'

vi.mock('node:fs', { spy: true })

let directory: string
beforeAll(async () => {
  vi.stubEnv('GRUE_ACTION_CACHE', '')
  directory = mkdtempSync(join(tmpdir(), 'grue-beside-'))
  for (const policy of ['static', 'jitrl'])
    await playToy(toyRequest(join(directory, 'compared', policy), { policy, episodes: 2 }))
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

const terms = { story: 'lighthouse', prior: 'lexical', stepLimit: 8, temperature: 0.8 }
const level = (changes = {}) => staticLevel(join(directory, 'run'), { ...terms, ...changes })
const mean = () => {
  const { episodes } = readRecordedRun(join(directory, 'compared', 'static'))
  return episodes.reduce((sum, { score }) => sum + score, 0) / episodes.length
}

it('is the mean score of the static runs beside a run, on the same terms', () => {
  expect(level()).toBe(mean())
  expect(level({ stepLimit: 9 })).toBeNull()
})

it('stands though something beside it leads nowhere or is no run', () => {
  for (const folder of [directory, join(directory, 'compared')]) {
    symlinkSync(join(directory, 'nowhere'), join(folder, 'dangling'))
    writeFileSync(join(folder, 'notes.txt'), 'no run')
  }
  expect(level()).toBe(mean())
})

it('reads no log but those that count', async () => {
  const { readFileSync } = await import('node:fs')
  const reads = vi.mocked(readFileSync)
  reads.mockClear()
  level()
  const logs = reads.mock.calls.flatMap(([path]) => (String(path).endsWith('events.jsonl') ? [path] : []))
  expect(logs).toEqual([join(directory, 'compared', 'static', 'events.jsonl')])
})
