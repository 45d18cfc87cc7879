import { setTimeout as sleep } from 'node:timers/promises'
import { MessageChannel, Worker } from 'node:worker_threads'
import { describe, expect, test, vi } from 'vitest'
import type { RunEvent } from '../../../harness/index.ts'
import { Person } from '../../../src/person.ts'
import { serveRun } from '../../../src/serve-run.ts'
import { type FromWorker, runOf } from '../../../src/watched-run.ts'
import { syntheticRun } from './synthetic-run.ts'

async function eventsOf(source: string): Promise<RunEvent[]> {
  const run = runOf(new Worker(source, { eval: true, stderr: true }))
  const events: RunEvent[] = []
  for await (const turn of run.turns) events.push(...turn)
  return events
}

const posting = (messages: readonly FromWorker[]) =>
  `const { parentPort } = require('node:worker_threads')
   for (const message of ${JSON.stringify(messages)}) parentPort.postMessage(message)`
const started: RunEvent = { type: 'episode-started', episode: 1, gameSeed: 1 }
const oneTurn: FromWorker = { type: 'turn', events: JSON.stringify([started]) }

describe('a run in a thread', () => {
  test('hands on its events and ends', async () => {
    expect(await eventsOf(posting([oneTurn, oneTurn, { type: 'done' }]))).toEqual([started, started])
  })

  test('that throws ends with one failure', async () => {
    expect(await eventsOf(`${posting([oneTurn])}; throw new Error('out of paper')`)).toEqual([
      started,
      { type: 'failed', message: 'The thread that plays the run died: out of paper' },
    ])
  })

  test('that just ends, ends with one failure', async () => {
    expect(await eventsOf('process.exit(3)')).toEqual([
      { type: 'failed', message: 'The thread that plays the run ended before the run did.' },
    ])
  })

  test('that never ends its turn can be given up', async () => {
    const run = runOf(new Worker('for (;;);', { eval: true }))
    setTimeout(run.abandon, 50)
    const events: RunEvent[] = []
    for await (const turn of run.turns) events.push(...turn)
    expect(events).toEqual([])
  })
})

describe('the thread', () => {
  function serve(turnsPerSecond: number) {
    const { port1, port2 } = new MessageChannel()
    const received: FromWorker[] = []
    let produced = 0
    async function* counted() {
      for await (const event of syntheticRun(20, 20)) {
        produced += 1
        yield event
      }
    }
    port2.on('message', (message: FromWorker) => received.push(message))
    const served = serveRun(port1, counted(), turnsPerSecond, new Person())
    return { port2, received, served, produced: () => produced }
  }

  test('plays no further than the screen has followed', async () => {
    const { port2, received, served, produced } = serve(Infinity)
    await vi.waitFor(() => expect(received).toHaveLength(64), 10_000)
    const before = produced()
    await sleep(50)
    expect(produced()).toBe(before)
    port2.on('message', () => port2.postMessage({ type: 'taken' }))
    for (let taken = 0; taken < 64; taken += 1) port2.postMessage({ type: 'taken' })
    await served
    await vi.waitFor(() => expect(received.at(-1)).toEqual({ type: 'done' }), 10_000)
  })

  test('heeds pause, step and stop', async () => {
    const { port2, received, served } = serve(Infinity)
    port2.postMessage({ type: 'pause' })
    await sleep(50)
    const paused = received.length
    port2.postMessage({ type: 'step' })
    await vi.waitFor(() => expect(received).toHaveLength(paused + 1), 10_000)
    port2.postMessage({ type: 'stop' })
    await served
    await vi.waitFor(() => expect(received.at(-1)).toEqual({ type: 'done' }), 10_000)
  })
})
