import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkMemory, type EpisodeRecord, openExperienceStore } from '../../memory/index.ts'
import { BruteForceStore } from './brute-force-store.ts'
import { walk } from './episodes.ts'

let folder: string
let path: string
let room: string

/** GRUE_KILL_ROUNDS=200 takes minutes. */
const { GRUE_KILL_ROUNDS = '5' } = process.env
const ROUNDS = Number(GRUE_KILL_ROUNDS)

/** Episodes of 40 steps, so that many a kill comes while one is being written. */
const episodes: readonly EpisodeRecord[] = Array.from({ length: 2000 }, (_, number) =>
  walk(
    number + 1,
    Array.from({ length: 40 }, (_, turn) => [`room${(number * turn) % 31} thing${turn % 7}`, `go ${turn}`, turn % 3]),
  ),
)

// A child process cannot run TypeScript on Node 20, and dist/ may be older than the source.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
  path = join(folder, 'memory.db')
  const built = join(folder, 'built')
  const config = {
    extends: resolve('tsconfig.build.json'),
    compilerOptions: { rootDir: resolve('.'), outDir: built, typeRoots: [resolve('node_modules/@types')] },
    include: [resolve('memory')],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  execFileSync(resolve('node_modules/.bin/tsc'), ['-p', folder], { stdio: 'inherit' })
  writeFileSync(join(built, 'package.json'), '{ "type": "module" }')
  symlinkSync(resolve('node_modules'), join(built, 'node_modules'))
  writeFileSync(join(folder, 'episodes.json'), JSON.stringify(episodes))
  room = join(built, 'memory', 'index.js')
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

function startStoring(file: string, json: string, leftOut: number) {
  const fixture = resolve('test/memory/store-episodes.mjs')
  return spawn(process.execPath, [fixture, room, file, json, String(leftOut)], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Starts a process that stores what is left of the episodes, kills it soon after; returns the last one it vouched for. */
async function storeAndKill(stored: number, milliseconds: number): Promise<number> {
  const child = startStoring(path, join(folder, 'episodes.json'), stored)
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await once(child.stdout, 'data')
  await after(milliseconds)
  child.kill('SIGKILL')
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1))
}

test('a killed process leaves every episode it vouched for, and none by half', {
  timeout: ROUNDS * 20_000,
}, async () => {
  let stored = 0
  for (let round = 0; round < ROUNDS; round++) {
    if (stored > 400) {
      checkAll(stored)
      rmSync(path)
      stored = 0
    }
    const vouchedFor = await storeAndKill(stored, (round * 37) % 61)
    const store = openExperienceStore(path)
    const found = [...store.episodes()]
    expect(vouchedFor).toBeGreaterThan(stored)
    // The last one may have been stored without its process living to say so.
    expect([vouchedFor, vouchedFor + 1]).toContain(found.length)
    expect(found).toEqual(episodes.slice(0, found.length))
    stored = found.length
    store.close()
  }
  checkAll(stored)
})

test('two processes write by turns while others read, and neither loses a record', async () => {
  const file = join(folder, 'shared.db')
  const ofRun = (run: string) => episodes.slice(0, 200).map((episode) => ({ ...episode, run }))
  openExperienceStore(file).close()
  const reader = openExperienceStore(file, { readonly: true })
  const writers = ['one', 'two'].map((run) => {
    writeFileSync(join(folder, `${run}.json`), JSON.stringify(ofRun(run)))
    return startStoring(file, join(folder, `${run}.json`), 0)
  })
  let seen = 0
  for (const { stdout } of writers) {
    stdout.on('data', () => {
      const { experiences } = reader.stats()
      expect(experiences).toBeGreaterThanOrEqual(seen)
      // Whole episodes, whoever is writing.
      expect(experiences % 40).toBe(0)
      seen = experiences
    })
  }
  expect(await Promise.all(writers.map(async (writer) => (await once(writer, 'close'))[0]))).toEqual([0, 0])

  const all = [...reader.episodes()]
  for (const run of ['one', 'two']) expect(all.filter((episode) => episode.run === run)).toEqual(ofRun(run))
  const twin = new BruteForceStore()
  for (const episode of all) twin.addEpisode(episode)
  const query = { k: 50, threshold: 0.3, gamma: 0.9 }
  expect(reader.recall(['room7', 'thing3'], query)).toEqual(twin.recall(['room7', 'thing3'], query))
  reader.close()
  expect(checkMemory(file)).toEqual([])
}, 60_000)

/** The file is sound, the index is what a scan of everything says, and what is stored again is not doubled. */
function checkAll(stored: number): void {
  expect(checkMemory(path)).toEqual([])
  const store = openExperienceStore(path)
  const twin = new BruteForceStore()
  for (const episode of episodes.slice(0, stored)) twin.addEpisode(episode)
  for (const episode of episodes.slice(stored - 3, stored)) store.addEpisode(episode)
  expect(store.stats()).toEqual({ ...twin.stats(), bytes: store.stats().bytes })
  const query = { k: 50, threshold: 0.3, gamma: 0.9 }
  expect(store.recall(['room7', 'thing3'], query)).toEqual(twin.recall(['room7', 'thing3'], query))
  store.close()
}
