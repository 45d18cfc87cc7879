import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CellGivenUpError, type PlayCellsOptions, playCells } from '../../../src/cells/play-cells.ts'
import type { RunRequest } from '../../../src/run.ts'

vi.setConfig({ testTimeout: 180_000 })

const built = resolve(import.meta.dirname, '../../../dist/src/cells/cell-worker.js')
const worker = pathToFileURL(built)

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'grue-cells-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('cells on a pool', () => {
  it('come out the same however many are played at a time, and though a worker hangs and another one dies', async () => {
    await play([cell('alone/1'), cell('alone/2', { seed: 2 })])
    const troubledCell = cell('together/1')
    mkdirSync(troubledCell.out, { recursive: true })
    writeFileSync(join(troubledCell.out, 'trouble'), 'hd')
    const untroubled = cell('together/2', { seed: 2 })
    mkdirSync(untroubled.out, { recursive: true })
    writeFileSync(join(untroubled.out, 'trouble'), '')

    const restarts: [number, string][] = []
    await play([troubledCell, untroubled], {
      jobs: 2,
      worker: new URL('./troubled-worker.mjs', import.meta.url),
      patience: 20_000,
      restarted: (index, why) => restarts.push([index, why]),
    })
    expect(restarts).toEqual([
      [0, 'hung'],
      [0, 'died (worker exited with code: 3)'],
    ])
    expect(log('together/1')).toEqual(log('alone/1'))
    expect(log('together/2')).toEqual(log('alone/2'))
    expect(log('alone/1')).not.toEqual(log('alone/2'))
  })

  it('are told to stop, those that wait not being begun', async () => {
    const stop = new AbortController()
    const begun: number[] = []
    await play([cell('a', { policy: 'last' }), cell('b', { policy: 'last' }), cell('c', { policy: 'play' })], {
      ...puppet,
      jobs: 2,
      signal: stop.signal,
      take: (index) => {
        begun.push(index)
        if (begun.length === 2) stop.abort()
      },
    })
    expect(begun.toSorted()).toEqual([0, 1])
  })

  it('are not begun anew once they are told to stop, though a worker dies of it', async () => {
    const stop = new AbortController()
    const begun: number[] = []
    const restarted: number[] = []
    await play([cell('a', { policy: 'die' })], {
      ...puppet,
      signal: stop.signal,
      take: (index) => {
        begun.push(index)
        stop.abort()
      },
      restarted: (index) => restarted.push(index),
    })
    expect([begun, restarted]).toEqual([[0], []])
  })

  it('all stop when one has an error, which is thrown', async () => {
    const cells = [cell('a', { policy: 'last' }), cell('b', { policy: 'fail' }), cell('c', { policy: 'play' })]
    await expect(play(cells, { ...puppet, jobs: 2 })).rejects.toThrow(/^No model\.$/)
    expect(existsSync(join(directory, 'c'))).toBe(false)
  })

  it('are followed to their last event, though a worker says no more once it has told that', async () => {
    const cells = Array.from({ length: 40 }, (_, index) => cell(`${index}`, { policy: 'play' }))
    const finished: number[] = []
    await play(cells, { ...puppet, jobs: 2, take: (index, { type }) => type === 'run-ended' && finished.push(index) })
    expect(finished.toSorted((a, b) => a - b)).toEqual(cells.map((_, index) => index))
  })

  it('go on without one whose workers die again and again', async () => {
    const finished: number[] = []
    const played = play([cell('a', { policy: 'die' }), cell('b', { policy: 'play' })], {
      ...puppet,
      take: (index, { type }) => {
        if (type === 'run-ended') finished.push(index)
      },
    })
    await expect(played).rejects.toThrow(/a: its worker died \(worker exited with code: 3\) 4 times in a row/)
    await expect(played).rejects.toThrow(CellGivenUpError)
    expect(finished).toEqual([1])
  })
})

const puppet = { worker: new URL('./puppet-worker.mjs', import.meta.url) }

function cell(folder: string, changes: Partial<RunRequest> = {}): RunRequest {
  return {
    story: 'minizork',
    policy: 'random',
    parameters: {},
    model: null,
    memory: null,
    seed: 1,
    gameSeed: { type: 'per-episode' },
    episodes: 2,
    stepLimit: 5,
    temperature: 1,
    out: join(directory, folder),
    command: 'grue learn tide',
    ...changes,
  }
}

function play(cells: readonly RunRequest[], options: Partial<PlayCellsOptions> = {}): Promise<void> {
  const signal = new AbortController().signal
  return playCells(cells, { jobs: 1, take: () => {}, restarted: () => {}, signal, worker, ...options })
}

/** The lines of a run's log, times aside. */
function log(folder: string): readonly string[] {
  const lines = readFileSync(join(directory, folder, 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => line.replace(/^\{"time":"[^"]*",/, '{'))
}
