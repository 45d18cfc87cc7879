import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import type { Timestep } from '../../games/index.ts'
import { createPolicy, LexicalPrior, MeteredPrior, type Policy, type View } from '../../harness/index.ts'
import { PlayedStory } from '../../src/played-story.ts'
import { ToyEnvironment } from '../harness/toy-environment.ts'
import { BruteForceStore } from '../memory/brute-force-store.ts'
import { writeOldFormat } from '../memory/old-formats.ts'

/** Wherever one goes it is dark; only the opening is not. */
class DarkToy extends ToyEnvironment {
  override step(command: string): Timestep {
    const time = super.step(command)
    return { ...time, observation: { ...time.observation, text: 'It is pitch black.' } }
  }
}

it('shows a policy that gives hints where one stands, and nothing of the dark once it has begun anew', async () => {
  const asked: string[] = []
  const played = new PlayedStory(
    new DarkToy(),
    1,
    watched((view) => asked.push(view.state.situation)),
  )
  const situation = async () => {
    await played.choices()
    return asked.at(-1)?.split(' | ')[0]
  }
  Array.from(played.begin())
  Array.from(played.step('north'))
  expect(await situation()).toBe('Path in the dark')
  Array.from(played.begin())
  expect(await situation()).toBe('Beach')
})

it('shows it states of its own encoder', async () => {
  const tokens: (readonly string[])[] = []
  const played = new PlayedStory(
    new ToyEnvironment(),
    1,
    watched((view) => tokens.push(view.state.tokens)),
  )
  Array.from(played.begin())
  await played.choices()
  expect(tokens).toEqual([['at:beach', 'can:north', 'can:take key', 'can:wait']])
})

/** The default learner, with an ear to what it is shown. */
function watched(hear: (view: View) => void): Policy {
  const prior = new MeteredPrior(new LexicalPrior())
  const policy = createPolicy('jitrl', { prior, store: new BruteForceStore(), temperature: 1, seed: 1 })
  policy.begin({ run: 'run', episode: 1, episodes: 1, stepLimit: 99 })
  return {
    info: policy.info,
    begin: (episode) => policy.begin(episode),
    decide: (view, rng) => {
      hear(view)
      return policy.decide(view, rng)
    },
    observe() {},
    end() {},
  }
}

it('only looks into the memory of the hints', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grue-hints-'))
  const hints = join(folder, 'memory.db')
  writeOldFormat(2, hints)
  const built = pathToFileURL(resolve(import.meta.dirname, '../../dist/src/played-story-worker.js'))
  const [refusal] = await once(new Worker(built, { workerData: { story: 'minizork', seed: 1, hints } }), 'error')
  expect(String(refusal)).toMatch(/remembers nothing of minizork/)
  const file = new Database(hints)
  expect(file.pragma('user_version', { simple: true })).toBe(2)
  file.close()
  rmSync(folder, { recursive: true })
})
