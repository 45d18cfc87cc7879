import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunEvent } from '../../../harness/index.ts'
import { type RunCommand, TurnGate, turns } from '../../../src/tui/turn-gate.ts'
import { syntheticRun } from './synthetic-run.ts'

describe('the gate between turns', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Counts passes in the background. */
  function passing(gate: TurnGate) {
    const seen = { passed: 0, ended: false }
    void (async () => {
      while (await gate.pass()) seen.passed += 1
      seen.ended = true
    })()
    return seen
  }

  test('lets as many turns pass as the speed says', async () => {
    const seen = passing(new TurnGate(2))
    await vi.advanceTimersByTimeAsync(3100)
    expect(seen.passed).toBe(6)
  })

  test('changes speed in the middle of a wait', async () => {
    const gate = new TurnGate(0.5)
    const seen = passing(gate)
    await vi.advanceTimersByTimeAsync(500)
    gate.accept({ type: 'speed', turnsPerSecond: 10 })
    await vi.advanceTimersByTimeAsync(50)
    expect(seen.passed).toBe(1)
  })

  test('lets nothing pass while paused, but for single steps', async () => {
    const gate = new TurnGate(10)
    gate.accept({ type: 'pause' })
    const seen = passing(gate)
    await vi.advanceTimersByTimeAsync(5000)
    expect(seen.passed).toBe(0)
    for (const command of [{ type: 'step' }, { type: 'step' }] satisfies RunCommand[]) gate.accept(command)
    await vi.advanceTimersByTimeAsync(5000)
    expect(seen.passed).toBe(2)
    gate.accept({ type: 'resume' })
    await vi.advanceTimersByTimeAsync(350)
    expect(seen.passed).toBeGreaterThan(2)
  })

  test('ends when stopped, paused or not', async () => {
    const gate = new TurnGate(1)
    gate.accept({ type: 'pause' })
    const seen = passing(gate)
    await vi.advanceTimersByTimeAsync(10)
    gate.accept({ type: 'stop' })
    await vi.advanceTimersByTimeAsync(10)
    expect(seen).toEqual({ passed: 0, ended: true })
  })
})

describe('turns', () => {
  const open = () => new TurnGate(Infinity)
  const typesOf = (group: readonly RunEvent[]) => group.map((event) => event.type)

  test('end with what the story answers, and a finished episode with its being remembered', async () => {
    const groups: string[][] = []
    for await (const group of turns(syntheticRun(1, 2), open())) groups.push(typesOf(group))
    expect(groups).toEqual([
      ['run-started', 'episode-started', 'observed'],
      ['decided', 'stepped', 'observed'],
      ['decided', 'stepped', 'observed', 'episode-ended', 'memory-stored'],
      ['run-ended'],
    ])
  })

  test('are not played beyond a stop, and the run is closed', async () => {
    const gate = open()
    let closed = false
    async function* run() {
      try {
        yield* syntheticRun()
      } finally {
        closed = true
      }
    }
    let groups = 0
    for await (const _ of turns(run(), gate)) {
      groups += 1
      if (groups === 3) gate.accept({ type: 'stop' })
    }
    expect({ groups, closed }).toEqual({ groups: 3, closed: true })
  })

  test('end with a failure when the run throws, with what had happened before it', async () => {
    async function* run(): AsyncGenerator<RunEvent> {
      yield { type: 'episode-started', episode: 1, gameSeed: 1 }
      throw new Error('The story file is truncated.')
    }
    const groups: (readonly RunEvent[])[] = []
    for await (const group of turns(run(), open())) groups.push(group)
    expect(groups).toEqual([
      [
        { type: 'episode-started', episode: 1, gameSeed: 1 },
        { type: 'failed', message: 'The story file is truncated.' },
      ],
    ])
  })
})
