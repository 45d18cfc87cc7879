import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RecordedRunError, readRecordedRun } from '../../harness/recorded-run.ts'
import { Recorder, RunMismatchError } from '../../harness/recorder.ts'
import { runName } from '../../harness/run-config.ts'
import { type Verification, verifyRun } from '../../harness/verify.ts'
import { ArrayStore } from './array-store.ts'
import { ToyEnvironment, toyStory } from './toy-environment.ts'
import { collect, toyConfig, toyRun } from './toy-run.ts'

const provenance = { command: 'grue learn lighthouse', version: '0.0.0', node: 'v20', machine: 'test' }
const config = toyConfig('jitrl:paper')

let directory: string
let log: string
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'grue-recorded-'))
  log = join(directory, 'events.jsonl')
  const store = new ArrayStore()
  const recorder = Recorder.open({ directory, config, provenance, store })
  await collect(recorder.record(toyRun(config, store)))
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('reading a recorded run', () => {
  it('gives back what was asked and every event as it happened', async () => {
    const run = readRecordedRun(directory)
    expect(run).toMatchObject({ directory, run: runName(config), config, provenance })
    expect(await collect(run.events())).toEqual(await collect(toyRun(config, new ArrayStore())))
  })

  it('lists the finished episodes', async () => {
    const ended = (await collect(toyRun(config, new ArrayStore()))).filter((event) => event.type === 'episode-ended')
    const { episodes } = readRecordedRun(directory)
    expect(episodes.map(({ episode }) => episode)).toEqual([1, 2, 3, 4])
    expect(episodes.map(({ score, steps }) => ({ score, steps }))).toEqual(
      ended.map(({ score, steps }) => ({ score, steps })),
    )
    expect(episodes[0]!.gameSeed).toBeGreaterThan(0)
  })

  it('tells how long each episode took by the log', async () => {
    const lines = readFileSync(log, 'utf8').split('\n')
    const start = lines.findIndex((line) => line.includes('"type":"episode-started"'))
    const end = lines.findIndex((line) => line.includes('"type":"episode-ended"'))
    const at = (line: string, time: string) => line.replace(/"time":"[^"]*"/, `"time":"${time}"`)
    const timed = lines
      .with(start, at(lines[start]!, '2026-11-24T10:00:00.500Z'))
      .with(end, at(lines[end]!, '2026-11-24T10:01:02.000Z'))
    writeFileSync(log, timed.join('\n'))
    expect(readRecordedRun(directory).episodes[0]?.seconds).toBe(61.5)
  })

  it('reads a run that was broken off as far as it goes', async () => {
    const text = readFileSync(log, 'utf8')
    writeFileSync(log, text.slice(0, text.lastIndexOf('"type":"episode-ended"') + 40))
    expect(readRecordedRun(directory).episodes).toHaveLength(3)
    await collect(readRecordedRun(directory).events())
  })

  it('says what is missing, and what to do', () => {
    expect(() => readRecordedRun(join(directory, 'nowhere'))).toThrow(RecordedRunError)
    expect(() => readRecordedRun(join(directory, 'nowhere'))).toThrow(/no run\.json.*--out/)
    rmSync(log)
    expect(() => readRecordedRun(directory)).toThrow(/no events\.jsonl/)
  })

  it('says why what is there cannot be read, rather than that it is missing', () => {
    truncateSync(log, 2 ** 31)
    expect(() => readRecordedRun(directory)).toThrow(/events\.jsonl cannot be read \(.*2 GiB.*remove the cause/)
    for (const file of ['events.jsonl', 'run.json']) {
      rmSync(join(directory, file))
      mkdirSync(join(directory, file))
      expect(() => readRecordedRun(directory)).toThrow(new RegExp(`${file} cannot be read \\(EISDIR`))
      expect(() => readRecordedRun(directory)).toThrow(RecordedRunError)
    }
  })

  it('names the damaged line', async () => {
    const lines = readFileSync(log, 'utf8').split('\n')
    writeFileSync(log, lines.with(4, '{"type":"stepped"}').join('\n'))
    await expect(collect(readRecordedRun(directory).events())).rejects.toThrow(/damaged at line 5/)
  })

  it('refuses a header that is none', () => {
    writeFileSync(join(directory, 'run.json'), '{"format":2}')
    expect(() => readRecordedRun(directory)).toThrow(RecordedRunError)
  })
})

describe('verifying a recorded run', () => {
  const verify = async () => collect(verifyRun(readRecordedRun(directory), new ToyEnvironment()))

  it('confirms every turn, the openings included', async () => {
    const observed = (await collect(readRecordedRun(directory).events())).filter(({ type }) => type === 'observed')
    const verified = await verify()
    expect(verified).toHaveLength(observed.length)
    expect(verified.every(({ type }) => type === 'same')).toBe(true)
  })

  it.each([
    ['world hash', /("turn":3,"observation".*"worldHash":")./, '$1x'],
    ['score', /("turn":3,"observation".*"score":)-?\d+/, '$199'],
  ] as const)('names the first turn whose %s was changed', async (what, pattern, replacement) => {
    const lines = readFileSync(log, 'utf8').split('\n')
    const changed = lines.findLastIndex((line) => pattern.test(line))
    const { episode } = JSON.parse(lines[changed]!)
    writeFileSync(log, lines.with(changed, lines[changed]!.replace(pattern, replacement)).join('\n'))
    const last: Verification | undefined = (await verify()).at(-1)
    expect(last).toMatchObject({ type: 'different', episode, turn: 3, what })
  })

  it('refuses another story', async () => {
    const environment = Object.assign(new ToyEnvironment(), { story: { ...toyStory, sha256: '1'.repeat(64) } })
    await expect(collect(verifyRun(readRecordedRun(directory), environment))).rejects.toThrow(RunMismatchError)
  })
})
