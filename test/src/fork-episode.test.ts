import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { forkRecording, RecordedRunError, RecordingError, readRecordedRun } from '../../harness/index.ts'
import { openExperienceStore } from '../../memory/index.ts'
import { type ForkRequest, forkEpisode } from '../../src/fork-episode.ts'
import { openPlayers } from '../../src/players.ts'
import { ToyEnvironment } from '../harness/toy-environment.ts'
import { playToy, toyRequest } from './toy-request.ts'

let directory: string
beforeAll(async () => {
  vi.stubEnv('GRUE_ACTION_CACHE', '')
  directory = mkdtempSync(join(tmpdir(), 'grue-fork-'))
  await playToy(toyRequest(directory))
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

const fork = async (changes: Partial<ForkRequest>) => {
  const run = readRecordedRun(directory)
  const request = { run, episode: 3, turn: 2, policy: 'jitrl', parameters: {}, memory: null, seed: 1, ...changes }
  return forkEpisode(request, new ToyEnvironment(), await openPlayers(null, 0.8, 'lighthouse-fork'))
}

it.each([1, 2, 3, 4])(
  'with the policy of the run, episode %s comes out as it did, wherever it is forked',
  async (episode) => {
    const turns = readRecordedRun(directory).episodes[episode - 1]!.steps
    for (let turn = 0; turn < turns; turn++) {
      const { recorded, forked } = await fork({ episode, turn })
      expect(forked).toEqual(recorded)
      expect(recorded.turns).toHaveLength(turns - turn)
    }
  },
)

it('with another policy it goes its own way from the very same state', async () => {
  const outcomes = await Promise.all([1, 2, 3].map((seed) => fork({ policy: 'random', seed })))
  for (const { at, recorded, forked } of outcomes) {
    expect(at).toEqual(outcomes[0]!.at)
    expect(recorded).toEqual(outcomes[0]!.recorded)
    expect(forked.policy.name).toBe('random')
    expect(forked.turns[0]?.turn).toBe(3)
  }
  expect(new Set(outcomes.map(({ forked }) => JSON.stringify(forked.turns))).size).toBeGreaterThan(1)
})

it('takes whoever a command line names, by a file of commands or of code too', async () => {
  const commands = join(directory, 'commands.txt')
  writeFileSync(commands, 'wait\nlook\nwait\n')
  const { forked } = await fork({ policy: `walkthrough:${commands}`, turn: 1 })
  // A walkthrough goes on where it stands: its first command was for the turn that is kept.
  expect(forked.turns.map(({ command }) => command).slice(0, 2)).toEqual(['look', 'wait'])

  const code = join(directory, 'last.mjs')
  const chosen = 'view.validActions[view.validActions.length - 1]'
  writeFileSync(
    code,
    `export default ({ logits, decide }) => ({ info: { name: 'last', parameters: {} }, decide: async (view, rng) =>
      ({ ...decide(view, await logits(view), rng), chosen: ${chosen} }) })`,
  )
  expect((await fork({ policy: code })).forked.policy.name).toBe('last')
})

it('goes on with the memory that the run was given, frozen or not', async () => {
  for (const frozen of [true, false]) {
    const out = join(directory, `begun-${frozen}`)
    const memory = { file: join(directory, 'memory.db'), episode: 2, frozen }
    await playToy(toyRequest(out, { memory }))
    const { recorded, forked } = await fork({ run: readRecordedRun(out), memory, turn: 1, episode: 2 })
    expect(forked).toEqual(recorded)
  }
})

describe('of a run whose memory has forgotten an episode', () => {
  let limited: string
  const forgetful = { memoryLimit: { experiences: 12, evict: 'least-recently-useful' } } as const
  beforeAll(async () => {
    limited = join(directory, 'limited')
    await playToy(toyRequest(limited, forgetful))
    const memory = openExperienceStore(join(limited, 'memory.db'), { readonly: true })
    expect(memory.finished(readRecordedRun(limited).run).map(({ forgotten }) => forgotten)).toContain(true)
    memory.close()
  })

  it('those that knew it are refused, and told what can be forked; the others come out as they did', async () => {
    const run = readRecordedRun(limited)
    const refused = await fork({ run, episode: 4, turn: 0 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(RecordedRunError)
    const [, last] = /has forgotten episode \d.*: fork an episode up to (\d)/.exec(String(refused)) ?? []
    const { recorded, forked } = await fork({ run, episode: Number(last), turn: 0 })
    expect(forked).toEqual(recorded)
  })

  it('no folder is made for one that is refused, and one that is not goes on in its episode', async () => {
    const out = join(directory, 'taken-over')
    expect(() => forkRecording(limited, { episode: 4, turn: 3 }, out)).toThrow(/has forgotten episode/)
    expect(existsSync(out)).toBe(false)
    forkRecording(directory, { episode: 4, turn: 3 }, out)
    const first = (await playToy(toyRequest(out))).find(({ type }) => type === 'observed')
    expect(first).toMatchObject({ episode: 4, turn: 0 })
  })

  it('whoever began with what has been forgotten cannot be forked at all', async () => {
    const out = join(directory, 'begun-limited')
    const memory = { file: join(directory, 'memory.db'), episode: null, frozen: false }
    await playToy(toyRequest(out, { ...forgetful, memory, seed: 2, episodes: 2 }))
    await expect(fork({ run: readRecordedRun(out), memory, episode: 1, turn: 0 })).rejects.toThrow(
      /has forgotten episodes of .*, which the run began with/,
    )
  })
})

it('makes no memory where the run has lost its own', () => {
  const lost = join(directory, 'lost')
  mkdirSync(lost)
  for (const file of ['run.json', 'events.jsonl']) cpSync(join(directory, file), join(lost, file))
  for (const episode of [1, 4])
    expect(() => forkRecording(lost, { episode, turn: 1 }, join(directory, 'of-lost'))).toThrow(/no memory here/)
  expect(readdirSync(lost)).toEqual(['events.jsonl', 'run.json'])
})

it('says which turns there are, and which episodes', async () => {
  const turns = readRecordedRun(directory).episodes[2]!.steps
  await expect(fork({ turn: turns })).rejects.toThrow(`has ${turns} turns: fork it behind one of 0 to ${turns - 1}`)
  await expect(fork({ episode: 5 })).rejects.toThrow('has no episode 5: its last is 4')
})

it('refuses a record that the story does not come to', async () => {
  const log = join(directory, 'events.jsonl')
  const text = readFileSync(log, 'utf8')
  try {
    writeFileSync(log, text.replace(/("episode":3,"turn":1,"observation".*"worldHash":")./, '$1x'))
    await expect(fork({})).rejects.toThrow(RecordingError)
  } finally {
    writeFileSync(log, text)
  }
})
