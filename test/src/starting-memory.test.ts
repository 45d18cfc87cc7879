import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RunEvent, readRecordedRun } from '../../harness/index.ts'
import { MemoryError, openExperienceStore } from '../../memory/index.ts'
import { forkEpisode } from '../../src/fork-episode.ts'
import { openPlayers } from '../../src/players.ts'
import type { MemorySettings } from '../../src/starting-memory.ts'
import { ToyEnvironment } from '../harness/toy-environment.ts'
import { playToy, toyRequest } from './toy-request.ts'

// A run of four episodes by one seed, whose memory runs of another seed begin with.
const source = mkdtempSync(join(tmpdir(), 'grue-source-'))
const file = join(source, 'memory.db')
let taught: readonly RunEvent[]
let out: string
beforeAll(async () => {
  vi.stubEnv('GRUE_ACTION_CACHE', '')
  taught = await playToy(toyRequest(source))
})
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'grue-started-'))
})
afterEach(() => rmSync(out, { recursive: true }))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(source, { recursive: true })
})

const started = (changes: Partial<MemorySettings> = {}, policy = 'jitrl') =>
  toyRequest(out, { policy, seed: 2, episodes: 2, memory: { file, episode: null, frozen: false, ...changes } })

describe('a run that begins with a memory', () => {
  it('knows what was learnt there at its first turn, and says in its protocol what it was', async () => {
    const events = await playToy(started())
    expect(handicaps(events)).toEqual([
      'valid actions',
      expect.stringMatching(/^memory [0-9a-f]{8} of 4 episodes, \d+ steps$/),
    ])
    expect(visits(events, 1)).toBe(openings(taught))
    expect(visits(await playToy({ ...started(), memory: null, out: join(out, 'fresh') }), 1)).toBe(0)
  })

  it('learns on: its own episodes come to it, and the memory that it began with stays as it was', async () => {
    const before = contents(file)
    const events = await playToy(started())
    expect(visits(events, 2)).toBe(openings(taught) + openings(events, 1))
    expect(contents(file)).toEqual(before)
    expect(contents(join(out, 'memory.db'))).toEqual([...before, '1', '2'])
    const own = openExperienceStore(join(out, 'memory.db'), { readonly: true })
    expect(own.runs().map(({ origin }) => origin)).toEqual([realpathSync(file), null])
    own.close()
  })

  it('frozen learns nothing more', async () => {
    const events = await playToy(started({ frozen: true }))
    expect(handicaps(events)[1]).toMatch(/, frozen$/)
    expect([visits(events, 1), visits(events, 2)]).toEqual([openings(taught), openings(taught)])
    expect(contents(join(out, 'memory.db'))).toEqual(['1', '2'])
  })

  it('can have it as it was after an episode', async () => {
    const events = await playToy(started({ episode: 3, frozen: true }))
    expect(handicaps(events)[1]).toMatch(/ of 3 episodes/)
    expect(visits(events, 1)).toBe(openings(taught, 3))
    expect(openings(taught, 3)).toBeLessThan(openings(taught))
    await expect(playToy(started({ episode: 9 }))).rejects.toThrow(/has no episode 9: its last is 4/)
  })

  it.each([
    [true, 'jitrl'],
    [false, 'jitrl'],
    [true, 'jitrl:paper'],
    [false, 'jitrl:paper'],
  ])('broken off goes on as if it had never stopped (frozen: %s, %s)', async (frozen, policy) => {
    const request = started({ frozen }, policy)
    await playToy({ ...request, out: join(out, 'whole') })
    await playToy({ ...request, out: join(out, 'half') }, (event) => event.type === 'decided' && event.turn === 3)
    await playToy({ ...request, out: join(out, 'half') }, (event) => event.type === 'decided' && event.episode === 2)
    await playToy({ ...request, out: join(out, 'half') })
    expect(log(join(out, 'half'))).toEqual(log(join(out, 'whole')))
  })

  it.each([true, false])(
    'goes on with what it began with, though that has grown since (frozen: %s)',
    async (frozen) => {
      const grown = join(out, 'grown')
      await playToy(toyRequest(grown, { episodes: 2 }))
      const request = started({ file: join(grown, 'memory.db'), frozen })
      const begun = (event: RunEvent) => event.type === 'decided' && event.episode === 2
      await playToy({ ...request, out: join(out, 'whole') })
      await playToy({ ...request, out: join(out, 'half') }, begun)
      await playToy({ ...request, out: join(out, 'other') }, begun)
      const more = openExperienceStore(join(grown, 'memory.db'))
      const taken = openExperienceStore(file, { readonly: true })
      for (const record of taken.episodes()) more.addEpisode(record)
      await playToy({ ...request, out: join(out, 'half') })
      expect(log(join(out, 'half'))).toEqual(log(join(out, 'whole')))
      expect(contents(join(out, 'half', 'memory.db'))).toEqual(contents(join(out, 'whole', 'memory.db')))

      const run = readRecordedRun(join(out, 'whole'))
      const forked = await forkEpisode(
        { run, episode: 2, turn: 1, policy: 'jitrl', parameters: {}, memory: request.memory, seed: 2 },
        new ToyEnvironment(),
        await openPlayers(null, 0.8, 'fork'),
      )
      expect(forked.forked).toEqual(forked.recorded)

      // One that is another memory, not a grown one, is refused, and nothing of it is copied.
      taken.close()
      more.close()
      const before = contents(join(out, 'other', 'memory.db'))
      const another = playToy({ ...request, memory: { file, episode: null, frozen }, out: join(out, 'other') })
      await expect(another).rejects.toThrow(/is not what the run began with \(memory [0-9a-f]{8} of 2 episodes/)
      expect(contents(join(out, 'other', 'memory.db'))).toEqual(before)
    },
  )

  it.each([true, false])(
    'has all of one of which some was imported again, and goes on with it (frozen: %s)',
    async (frozen) => {
      const again = join(out, 'again.db')
      cpSync(file, again)
      const memory = openExperienceStore(again)
      const [first] = memory.episodes()
      memory.forget(first!.run, 1)
      memory.importEpisode(first!, 'elsewhere')
      const request = { ...started({ file: again, frozen }), out: join(out, 'half') }
      const events = await playToy(request, (event) => event.type === 'decided' && event.episode === 2)
      expect(visits(events, 1)).toBe(openings(taught))
      memory.addEpisode({ ...first!, episode: 5 })
      memory.close()
      expect(visits(await playToy(request), 2)).toBe(visits(events, 2))
    },
  )

  it.each([true, false])('says which memory is missing (frozen: %s)', async (frozen) => {
    const missing = join(out, 'gone', 'memory.db')
    const wrong = `${missing} is not there, and that is the memory that the run begins with: put it back, or go where the run was started.`
    await expect(playToy(started({ file: missing, frozen }))).rejects.toThrow(new MemoryError(wrong))
  })

  it('refuses to begin with its own', async () => {
    cpSync(source, join(out, 'copy'), { recursive: true })
    const own = join(out, 'copy', 'memory.db')
    await expect(playToy({ ...started({ file: own }), out: join(out, 'copy') })).rejects.toThrow(MemoryError)
  })
})

function handicaps(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'run-started' ? [event.config.handicaps] : []))[0] ?? []
}

/** How often what can be done at an episode's opening is remembered to have been done. */
function visits(events: readonly RunEvent[], episode: number): number {
  const opening = events.find((event) => event.type === 'decided' && event.episode === episode)
  if (opening?.type !== 'decided') return Number.NaN
  return opening.decision.candidates.reduce((sum, { visits }) => sum + visits, 0)
}

/** How often a run stood where its episodes open, up to an episode: at least once in each. */
function openings(events: readonly RunEvent[], upTo = Number.POSITIVE_INFINITY): number {
  const situations = events.flatMap((event) =>
    event.type === 'decided' && event.episode <= upTo ? [event.decision.state.situation] : [],
  )
  return situations.filter((situation) => situation === situations[0]).length
}

function contents(path: string): readonly string[] {
  const store = openExperienceStore(path, { readonly: true })
  const episodes = Array.from(store.episodes(), ({ run, episode }) =>
    run.includes('seed-2') ? `${episode}` : `${run} ${episode}`,
  )
  store.close()
  return episodes
}

/** The lines of a run's log, times aside. */
function log(folder: string): readonly string[] {
  const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n')
  return lines.map((line) => line.replace(/^\{"time":"[^"]*",/, '{'))
}
