import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPolicy } from '../../harness/create-policy.ts'
import type { RunConfig, RunEvent } from '../../harness/events.ts'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { MeteredPrior } from '../../harness/metered-prior.ts'
import { Recorder } from '../../harness/recorder.ts'
import { runEpisodes } from '../../harness/run.ts'
import { type Eviction, openExperienceStore } from '../../memory/index.ts'
import { ToyEnvironment } from './toy-environment.ts'
import { toyConfig } from './toy-run.ts'

const provenance = { command: 'grue learn lighthouse', version: '0.0.0', node: 'v20', machine: 'test' }

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'grue-resumed-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

/** To recall the very state only, and but once, makes some episodes useful and others not. */
const fastidious = { k: 1, threshold: 1 }
const evictions: readonly Eviction[] = ['least-recently-useful', 'lowest-return']

it.each(['jitrl:paper', 'cbr:vote'].flatMap((spec) => evictions.map((evict) => [spec, evict] as const)))(
  '%s, %s first out: broken off anywhere, a run with a limit goes on as if it had never stopped',
  async (spec, evict) => {
    const config = toyConfig(spec, { episodes: 12, seed: 3 })
    const whole = await played('whole', config, evict, () => false)
    expect(whole.forgotten).toBeGreaterThan(3)
    for (const last of ['observed', 'episode-ended', 'memory-stored'] as const) {
      for (const episode of [6, 8, 9, 10]) {
        const name = `${last} ${episode}`
        await played(name, config, evict, (event) => {
          return event.type === last && event.episode === episode && (!('turn' in event) || event.turn > 3)
        })
        expect(await played(name, config, evict, () => false), name).toEqual(whole)
      }
    }
  },
)

/** Plays what the run lacks, until `isLast` says so; each time with a memory that is opened anew. */
async function played(name: string, config: RunConfig, evict: Eviction, isLast: (event: RunEvent) => boolean) {
  const store = openExperienceStore(join(directory, `${name}.db`), { limit: { experiences: 24, evict } })
  try {
    const folder = join(directory, name)
    const recorder = Recorder.open({ directory: folder, config, provenance, store, now: () => new Date(0) })
    const prior = new MeteredPrior(new LexicalPrior())
    const { name: spec } = config.policy
    const policy = createPolicy(spec, { prior, store, temperature: 0.8, seed: config.seed, overrides: fastidious })
    const { unfinished } = recorder
    const players = { environment: new ToyEnvironment(), policy, prior, store, unfinished, cache: new Map() }
    for await (const event of recorder.record(runEpisodes(players, config))) if (isLast(event)) break
    const forgotten = store.runs().reduce((sum, run) => sum + run.forgotten, 0)
    return { forgotten, episodes: [...store.episodes()], log: readFileSync(join(folder, 'events.jsonl'), 'utf8') }
  } finally {
    store.close()
  }
}
