import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { openDatabase } from './database.ts'
import { Digests } from './digests.ts'
import { numbers } from './json-lists.ts'
import { guarded } from './memory-error.ts'
import { digest, textDigest } from './records.ts'
import { prepareStatements } from './statements.ts'
import { Words } from './words.ts'

const integrityRows = z.array(z.object({ integrity_check: z.string() }))
const foreignKeyRows = z.array(z.object({ table: z.string(), rowid: z.number().nullable(), parent: z.string() }))

/** How many of each kind are named. */
const SHOWN = 5

/**
 * Reads all of a memory's file, compares what must agree, and changes nothing. Returns what is wrong, in words; nothing
 * when the memory is sound. Throws `MemoryError` for what cannot be opened as a memory at all.
 */
export function checkMemory(path: string): readonly string[] {
  const database = openDatabase(path, true)
  try {
    return guarded(path, () => [
      ...integrityRows
        .parse(database.pragma(`integrity_check(${SHOWN})`))
        .map((row) => row.integrity_check)
        .filter((verdict) => verdict !== 'ok'),
      ...foreignKeyRows
        .parse(database.pragma('foreign_key_check'))
        .slice(0, SHOWN)
        .map(({ table, rowid, parent }) => `row ${rowid} of ${table} names a row of ${parent} that is not there`),
      ...first(wrongSituations(database)),
      ...first(wrongStates(database)),
      ...first(wrongEpisodes(database)),
    ])
  } finally {
    database.close()
  }
}

function* first(findings: Iterable<string>): Iterable<string> {
  let count = 0
  for (const finding of findings) {
    if (count++ === SHOWN) return
    yield finding
  }
}

/** A text is what its digest says, and there once. */
function* wrongSituations(database: Database): Iterable<string> {
  const seen = new Digests()
  const situations = database.prepare<[], SituationRow>('SELECT id, digest, text FROM situations')
  for (const { id, digest, text } of situations.iterate()) {
    if (!textDigest(text).equals(digest)) yield `situation ${id} is not what was stored`
    else if (seen.id(digest) !== undefined) yield `situation ${id} is there twice`
    else seen.set(digest, id)
  }
}

/** A state is what its digest says, and there once. */
function* wrongStates(database: Database): Iterable<string> {
  const seen = new Digests()
  const tokens = new Words()
  for (const { id, text } of prepareStatements(database).tokens.all(0)) tokens.add(id, text)
  const states = database.prepare<[], StateRow>(`
    SELECT states.id, states.digest, key, text AS situation, tokens FROM states JOIN situations ON situations.id = situation`)
  for (const { id, key, situation, ...row } of states.iterate()) {
    const words = numbers(row.tokens).map((token) => tokens.text(token))
    if (!words.every((word) => word !== undefined)) yield `state ${id} names a token that is not there`
    else if (!digest({ key, situation, tokens: words }).equals(row.digest)) yield `state ${id} is not what was stored`
    else if (seen.id(row.digest) !== undefined) yield `state ${id} is there twice`
    else seen.set(row.digest, id)
  }
}

/** The lists of an episode agree with each other and with its row, and name what is there. */
function* wrongEpisodes(database: Database): Iterable<string> {
  const stateIds = new Set(database.prepare<[], number>('SELECT id FROM states').pluck().iterate())
  const actionIds = new Set(database.prepare<[], number>('SELECT id FROM actions').pluck().iterate())
  const episodes = database.prepare<[], EpisodeRow>(`
    SELECT name AS run, episodes.episode, forgotten, length, states, actions, rewards, ends
    FROM episodes JOIN runs ON runs.id = run LEFT JOIN steps ON steps.episode = episodes.id`)
  for (const { run, episode, forgotten, length, states, actions, rewards, ends } of episodes.iterate()) {
    const name = `episode ${episode} of ${run}`
    if (states === null || actions === null || rewards === null || ends === null) {
      if (forgotten === null) yield `${name} has lost its steps`
    } else if (forgotten !== null) yield `${name} is forgotten and has steps`
    else if (numbers(states).length !== length + 1 || numbers(actions).length !== length)
      yield `${name} has lost a step`
    else if (numbers(rewards).length !== length) yield `${name} has lost a reward`
    else if (!numbers(states).every((id) => stateIds.has(id))) yield `${name} names a state that is not there`
    else if (!numbers(actions).every((id) => actionIds.has(id))) yield `${name} names a command that is not there`
    else if (!numbers(ends).every((at) => at >= 0 && at < length)) yield `${name} ends where it has no step`
  }
}

interface SituationRow {
  readonly id: number
  readonly digest: Buffer
  readonly text: string
}

interface StateRow {
  readonly id: number
  readonly digest: Buffer
  readonly key: string
  readonly situation: string
  readonly tokens: string
}

interface EpisodeRow {
  readonly run: string
  readonly episode: number
  readonly forgotten: number | null
  readonly length: number
  readonly states: string | null
  readonly actions: string | null
  readonly rewards: string | null
  readonly ends: string | null
}
