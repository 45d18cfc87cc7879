import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { LexicalPrior, MeteredPrior, RecordingError, readRecordedRun } from '../../harness/index.ts'
import { type ForkRequest, forkEpisode } from '../../src/fork-episode.ts'
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

const fork = (changes: Partial<ForkRequest>) =>
  forkEpisode(
    { run: readRecordedRun(directory), episode: 3, turn: 2, policy: 'jitrl', parameters: {}, seed: 1, ...changes },
    new ToyEnvironment(),
    new MeteredPrior(new LexicalPrior()),
  )

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
