import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { View } from '../../harness/contracts.ts'
import { needsModel, policyNames } from '../../harness/create-policy.ts'
import type { RunConfig, RunEvent } from '../../harness/events.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { MeteredPrior } from '../../harness/metered-prior.ts'
import { Recorder, RunMismatchError } from '../../harness/recorder.ts'
import { RecordingError } from '../../harness/recording-error.ts'
import type { ExperienceStore } from '../../memory/index.ts'
import { ArrayStore } from './array-store.ts'
import { collect, toyConfig, toyRun } from './toy-run.ts'

const provenance = { command: 'grue learn lighthouse', version: '0.0.0', node: 'v20', machine: 'test' }
const config = toyConfig('jitrl')

let directory: string
let log: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'grue-recorder-'))
  log = join(directory, 'events.jsonl')
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('a recorded run', () => {
  it('has one event per line, and lines that differ from an equal run only in their time', async () => {
    await record(config, new ArrayStore())
    const first = lines()
    rmSync(log)
    await record(config, new ArrayStore(), () => new Date(0))
    expect(first[0]).toMatch(/^\{"time":"\d{4}-/)
    expect(lines()[0]).toMatch(/^\{"time":"1970-01-01T00:00:00.000Z","type":"run-started"/)
    expect(timeless()).toEqual(first.map(withoutTime))
  })

  it('never mentions its directory in the log', async () => {
    await record(config, new ArrayStore())
    expect(readFileSync(log, 'utf8')).not.toContain(directory)
  })

  it('is left as it is once it has ended', async () => {
    const store = new ArrayStore()
    await record(config, store)
    const before = readFileSync(log)
    const recorder = open(config, store)
    expect(recorder.finished).toBe(true)
    recorder.write({ type: 'failed', message: 'late' })
    recorder.close()
    expect(readFileSync(log)).toEqual(before)
  })

  it('refuses another configuration, and names each difference', async () => {
    await record(config, new ArrayStore())
    const other = toyConfig('jitrl', { seed: 2, stepLimit: 13 })
    expect(() => open(other, new ArrayStore())).toThrow(RunMismatchError)
    expect(() => open(other, new ArrayStore())).toThrow(
      /seed: 1 recorded, 2 asked for; stepLimit: 12 recorded, 13 asked for/,
    )
  })

  it('refuses a memory that knows more episodes than the log', async () => {
    const store = new ArrayStore()
    await record(config, store)
    writeFileSync(log, '')
    expect(() => open(config, store)).toThrow(RecordingError)
  })

  it.each([
    [0, /has 3 finished episodes of this run, its memory has 0\. Put the memory back, or, .* again, remove the log\.$/],
    [2, /its memory has 2\. .* again, remove what follows "memory-stored" of episode 2 from the log\.$/],
  ])('is left as it is where the memory has but %i of its finished episodes, and says so', async (kept, message) => {
    const store = new ArrayStore()
    await record(config, store)
    cutLogAfter((event) => event.type === 'observed' && event.episode === 4 && event.turn === 2)
    const before = readFileSync(log)
    const rest = new ArrayStore(store.episodes().slice(0, kept))
    expect(() => open(config, rest)).toThrow(RecordingError)
    expect(() => open(config, rest)).toThrow(message)
    expect(readFileSync(log)).toEqual(before)
  })
})

describe('a recorder that dies', () => {
  /** A whole run to compare with: its log without times, and its store. */
  let whole: readonly string[]
  let store: ArrayStore
  beforeEach(async () => {
    store = new ArrayStore()
    await record(config, store)
    whole = timeless()
  })

  it.each([
    ['in the middle of an episode', (event: RunEvent) => event.type === 'stepped' && event.episode === 3, 2],
    ['before the store has the episode', (event: RunEvent) => event.type === 'episode-ended' && event.episode === 3, 2],
    ['before memory-stored is written', (event: RunEvent) => event.type === 'episode-ended' && event.episode === 3, 3],
    ['between two episodes', (event: RunEvent) => event.type === 'memory-stored' && event.episode === 2, 2],
    ['in the first episode', (event: RunEvent) => event.type === 'stepped', 0],
    ['before its first episode', (event: RunEvent) => event.type === 'run-started', 0],
    ['before run-ended', (event: RunEvent) => event.type === 'memory-stored' && event.episode === 4, 4],
  ])('%s: the resumed log equals that of a run that never stopped', async (_when, isLast, stored) => {
    cutLogAfter(isLast)
    await record(config, new ArrayStore(store.episodes().slice(0, stored)))
    expect(timeless()).toEqual(whole)
  })

  it('in the middle of a line: the half line is dropped', async () => {
    cutLogAfter((event) => event.type === 'memory-stored' && event.episode === 2)
    appendFileSync(log, '{"time":"2026-11-21T00:00:00.000Z","type":"epis')
    await record(config, new ArrayStore(store.episodes().slice(0, 2)))
    expect(timeless()).toEqual(whole)
  })

  it('at any byte of the log whatsoever', async () => {
    const bytes = readFileSync(log)
    for (let length = 0; length < bytes.length; length += 997) {
      writeFileSync(log, bytes.subarray(0, length))
      const ended = [
        ...bytes
          .subarray(0, length)
          .toString()
          .matchAll(/"type":"episode-ended".*\n/g),
      ].length
      await record(config, new ArrayStore(store.episodes().slice(0, ended)))
      expect(timeless()).toEqual(whole)
    }
  })

  it('with the latest episodes of the memory lost: a log that is cut to what it still has goes on from there', async () => {
    cutLogAfter((event) => event.type === 'memory-stored' && event.episode === 1)
    await record(config, new ArrayStore(store.episodes().slice(0, 1)))
    expect(timeless()).toEqual(whole)
  })
})

describe('a run that is broken off by its consumer', () => {
  it('keeps its finished episodes and can be resumed', async () => {
    const store = new ArrayStore()
    for await (const event of open(config, store).record(toyRun(config, store))) {
      if (event.type === 'decided' && event.episode === 2) break
    }
    const before = timeless()
    expect(before.at(-1)).toContain('"type":"decided","episode":2')
    await record(config, store)
    const resumed = timeless()
    rmSync(log)
    await record(config, new ArrayStore())
    expect(resumed).toEqual(timeless())
    expect(resumed.slice(0, before.length)).toEqual(before)
  })

  // The rivals that ask a model, a script or a person are taken up again in policies.test.ts.
  const alone = policyNames.filter((spec) => !needsModel(spec) && !['walkthrough', 'human'].includes(spec))

  it.each(alone)('%s: is asked again for no turn that is in the log', async (spec) => {
    const asked: string[] = []
    const prior = () => {
      const lexical = new LexicalPrior()
      const score = (view: View) => {
        asked.push(`${view.episode}.${view.turn}`)
        return lexical.score(view)
      }
      return new MeteredPrior({ name: 'lexical', rung: 'lexical features', score })
    }
    const of = toyConfig(spec)
    const start = async (stopAt: (event: RunEvent) => boolean) => {
      const recorder = open(of, store)
      for await (const event of recorder.record(toyRun(of, store, recorder, prior()))) if (stopAt(event)) break
    }
    const store = new ArrayStore()
    await start((event) => event.type === 'observed' && event.episode === 2 && event.turn === 3)
    await start((event) => event.type === 'observed' && event.episode === 2 && event.turn === 5)
    await start(() => false)
    expect(asked).toEqual([...new Set(asked)])
    const resumed = timeless()
    rmSync(log)
    await record(of, new ArrayStore())
    expect(resumed).toEqual(timeless())
  })

  it('refuses to go on where the story takes another way than recorded, and names the turn', async () => {
    const store = new ArrayStore()
    for await (const event of open(config, store).record(toyRun(config, store)))
      if (event.type === 'decided' && event.episode === 2 && event.turn === 5) break
    const changed = lines().map((line) =>
      line.includes('"type":"observed","episode":2,"turn":3') ? line.replace(/("worldHash":")./, '$1x') : line,
    )
    writeFileSync(log, `${changed.join('\n')}\n`)
    await expect(record(config, store)).rejects.toThrow(/^Episode 2, turn 3 does not come out as it was recorded/)
  })
})

function open(of: RunConfig, store: ExperienceStore, now = () => new Date()): Recorder {
  return Recorder.open({ directory, config: of, provenance, store, now })
}

async function record(of: RunConfig, store: ExperienceStore, now?: () => Date): Promise<void> {
  const recorder = open(of, store, now)
  await collect(recorder.record(toyRun(of, store, recorder)))
}

function cutLogAfter(isLast: (event: RunEvent) => boolean): void {
  let length = 0
  for (const line of lines()) {
    length += Buffer.byteLength(line) + 1
    if (isLast(JSON.parse(line))) break
  }
  truncateSync(log, length)
}

function lines(): readonly string[] {
  return readFileSync(log, 'utf8').split('\n').slice(0, -1)
}

function timeless(): readonly string[] {
  return lines().map(withoutTime)
}

function withoutTime(line: string): string {
  return line.replace(/^\{"time":"[^"]*",/, '{')
}
