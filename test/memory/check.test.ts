import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkMemory, openExperienceStore } from '../../memory/index.ts'
import { walk } from './episodes.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
  path = join(folder, 'memory.db')
  const store = openExperienceStore(path)
  for (const episode of [1, 2, 3]) store.addEpisode(walk(episode, [['attic', 'down', 1]]))
  store.forget('run', 2)
  store.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a sound memory has no problems', () => {
  expect(checkMemory(path)).toEqual([])
})

const damages: readonly (readonly [sql: string, says: RegExp])[] = [
  [`UPDATE states SET key = 'cellar' WHERE key = 'attic'`, /state 1 is not what was stored/],
  [`UPDATE situations SET text = 'roof' WHERE id = 1`, /situation 1 is not what was stored/],
  ['INSERT INTO situations (digest, text) SELECT digest, text FROM situations LIMIT 1', /situation \d is there twice/],
  [
    'INSERT INTO states (digest, key, situation, tokens) SELECT digest, key, situation, tokens FROM states LIMIT 1',
    /state \d is there twice/,
  ],
  [`UPDATE states SET tokens = '[99]' WHERE id = 1`, /state 1 names a token that is not there/],
  ['DELETE FROM steps WHERE episode = 1', /episode 1 of run has lost its steps/],
  [`UPDATE steps SET states = '[1]' WHERE episode = 1`, /episode 1 of run has lost a step/],
  [`UPDATE steps SET rewards = '[]' WHERE episode = 3`, /episode 3 of run has lost a reward/],
  [`UPDATE steps SET states = '[1, 77]' WHERE episode = 3`, /names a state that is not there/],
  [`UPDATE steps SET actions = '[77]' WHERE episode = 3`, /names a command that is not there/],
  [`UPDATE steps SET ends = '[5]' WHERE episode = 3`, /ends where it has no step/],
  ['PRAGMA foreign_keys = OFF; DELETE FROM runs', /row 1 of episodes names a row of runs that is not there/],
]

test.each(damages)('%s: it says so, and changes nothing', (sql, says) => {
  const database = new Database(path)
  database.exec(sql)
  database.close()
  const bytes = readFileSync(path)
  const problems = checkMemory(path)
  expect(problems.join('\n')).toMatch(says)
  expect(readFileSync(path).equals(bytes)).toBe(true)
})
