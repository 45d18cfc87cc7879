import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkMemory, MemoryError, openExperienceStore } from '../../memory/index.ts'
import { anyEpisodes, anyTokens, walk } from './episodes.ts'

const options = { k: 100, threshold: 0, gamma: 0.9 }

let folder: string
let path: string
let files = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
  path = join(folder, 'memory.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Thirty episodes of three steps: enough for tables of several pages. */
function fill(file: string): void {
  const store = openExperienceStore(file)
  for (let episode = 1; episode <= 30; episode++) {
    store.addEpisode(
      walk(episode, [
        ['attic lamp', 'take lamp', 5],
        [`cellar dark ${'word '.repeat(50)}${episode}`, 'light lamp', 0],
        ['cellar troll', 'hit troll', episode],
      ]),
    )
  }
  store.close()
}

function everythingIn(file: string, readonly = false) {
  const store = openExperienceStore(file, { readonly })
  try {
    return {
      episodes: [...store.episodes()],
      recalled: store.recall(['attic', 'troll'], options),
      stats: store.stats(),
    }
  } finally {
    store.close()
  }
}

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(MemoryError)
    return String(error)
  }
  throw new Error('nothing was thrown')
}

describe('a memory file', () => {
  test('gives the same answers when it is opened again', () => {
    const store = openExperienceStore(path)
    const episode = walk(1, [
      ['attic lamp', 'down', 1],
      ['cellar lamp', 'dig', 10],
    ])
    store.addEpisode(episode)
    const before = { episodes: [...store.episodes()], recalled: store.recall(['lamp'], options), stats: store.stats() }
    store.close()
    const after = openExperienceStore(path)
    expect([...after.episodes()]).toEqual([episode])
    expect({
      episodes: [...after.episodes()],
      recalled: after.recall(['lamp'], options),
      stats: after.stats(),
    }).toEqual(before)
    after.close()
  })

  test('has the same index when it is opened again as while it was written, whatever was forgotten', () => {
    const anyGone = fc.array(fc.record({ after: fc.nat({ max: 11 }), which: fc.nat({ max: 11 }) }), { maxLength: 6 })
    const law = fc.property(anyEpisodes, anyGone, anyTokens, (episodes, gone, tokens) => {
      const file = join(folder, `${++files}.db`)
      const store = openExperienceStore(file)
      for (const [at, episode] of episodes.entries()) {
        store.addEpisode(episode)
        for (const { after, which } of gone) {
          const forgotten = episodes[which]
          if (after === at && forgotten !== undefined) store.forget(forgotten.run, forgotten.episode)
        }
      }
      const answers = (asked: typeof store) => ({
        recalled: [options, { ...options, k: 3, perEpisode: 1 }].map((query) => asked.recall(tokens, query)),
        transitions: ['a', 'b'].map((situation) => asked.transitions(situation)),
        situations: [...asked.situations()].sort(),
        episodes: [...asked.episodes()],
        stats: { ...asked.stats(), bytes: 0 },
      })
      const fresh = openExperienceStore(file, { readonly: true })
      expect(answers(fresh)).toEqual(answers(store))
      fresh.close()
      store.close()
      expect(checkMemory(file)).toEqual([])
    })
    fc.assert(law, { numRuns: 50 })
  })

  test('is one file once it is closed, and its size is what the statistics say', () => {
    fill(path)
    expect(readdirSync(folder)).toEqual([basename(path)])
    expect(everythingIn(path).stats.bytes).toBe(readFileSync(path).length)
  })

  test('may be written by several: each recalls what the others stored, and none stores an episode twice', () => {
    const [one, other] = [openExperienceStore(path), openExperienceStore(path)]
    const reader = openExperienceStore(path, { readonly: true })
    one.addEpisode(walk(1, [['attic', 'one', 0]]))
    expect(other.recall(['attic'], options)).toHaveLength(1)
    other.addEpisode(walk(1, [['attic', 'one', 0]]))
    other.addEpisode(walk(2, [['attic', 'two', 0]]))
    one.addEpisode(walk(3, [['attic', 'three', 0]]))
    for (const store of [one, other, reader]) {
      expect(store.recall(['attic'], options).map(({ action }) => action)).toEqual(['three', 'two', 'one'])
      expect(store.stats()).toMatchObject({ episodes: 3, experiences: 3 })
    }
    for (const store of [one, other, reader]) store.close()
  })

  test('opened to be read only, it is read and takes no episode', () => {
    fill(path)
    expect(everythingIn(path, true)).toEqual(everythingIn(path))
    const store = openExperienceStore(path, { readonly: true })
    expect(messageOf(() => store.addEpisode(walk(31, [])))).toMatch(/read only; open it without/)
    store.close()
  })

  test('is made in an empty file, such as a kill at the very start leaves', () => {
    writeFileSync(path, '')
    fill(path)
    expect(everythingIn(path).stats.episodes).toBe(30)
  })

  test('shows its transitions to whoever looks with SQL', () => {
    const store = openExperienceStore(path)
    const episode = walk(7, [
      ['attic', 'down', 2],
      ['cellar', 'dig', 0.5],
    ])
    const [down, dig] = episode.steps
    store.addEpisode({ ...episode, terminated: true, steps: [down!, { ...dig!, terminated: true }] })
    store.close()
    const database = new Database(path, { readonly: true })
    const at = { run: 'run', episode: 7 }
    const [attic, cellar, end] = ['attic', 'cellar', 'end'].map((room) => `${room} (situation)`)
    expect(database.prepare('SELECT * FROM transitions ORDER BY turn').all()).toEqual([
      { ...at, turn: 1, situation: attic, action: 'down', reward: 2, next: cellar, terminated: 0 },
      { ...at, turn: 2, situation: cellar, action: 'dig', reward: 0.5, next: end, terminated: 1 },
    ])
    database.close()
  })

  test('takes all of an episode or nothing', () => {
    const store = openExperienceStore(path)
    const impossible = walk(1, [
      ['attic', 'down', 1],
      ['cellar', 'divide by zero', Number.NaN],
    ])
    expect(messageOf(() => store.addEpisode(impossible))).toMatch(/no valid episode, nothing was stored/)
    expect(store.stats()).toMatchObject({ runs: 0, episodes: 0, experiences: 0, states: 0 })
    store.close()
  })
})

describe('what is no sound memory is refused in one line, and left as it is', () => {
  const refusals: readonly { name: string; make: () => void; says: RegExp }[] = [
    { name: 'a text file', make: () => writeFileSync(path, 'West of House\n'.repeat(20)), says: /nor any SQLite file/ },
    { name: 'a few bytes of a memory', make: () => truncated(50), says: /nor any SQLite file/ },
    {
      name: 'the SQLite file of another program',
      make: () => alter('CREATE TABLE bookmarks (url); PRAGMA user_version = 1'),
      says: /another program; name another/,
    },
    {
      name: 'a newer memory',
      make: () => {
        fill(path)
        alter('PRAGMA user_version = 4')
      },
      says: /format 4, this grue knows formats up to 3; use the grue that wrote it/,
    },
    { name: 'a memory cut off after a page', make: () => truncated(4096), says: /damaged; put a copy in its place/ },
    { name: 'a memory cut off within a page', make: () => truncated(20_000), says: /damaged; put a copy/ },
    {
      name: 'a memory with a page of zeros',
      make: () => {
        fill(path)
        writeFileSync(path, readFileSync(path).fill(0, 3 * 4096, 4 * 4096))
      },
      says: /damaged; put a copy/,
    },
    {
      name: 'a memory that lost a state',
      make: () => {
        fill(path)
        alter('PRAGMA foreign_keys = OFF; DELETE FROM states WHERE id = 3')
      },
      says: /damaged; put a copy/,
    },
  ]

  function truncated(length: number): void {
    fill(path)
    writeFileSync(path, readFileSync(path).subarray(0, length))
  }

  function alter(sql: string): void {
    const database = new Database(path)
    database.exec(sql)
    database.close()
  }

  test.each(refusals)('$name', ({ make, says }) => {
    make()
    const bytes = readFileSync(path)
    for (const readonly of [false, true]) {
      const message = messageOf(() => openExperienceStore(path, { readonly }))
      expect(message).toMatch(says)
      expect(message).toContain(path)
      expect(message).not.toContain('\n')
    }
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  test('a directory', () => {
    mkdirSync(path)
    expect(messageOf(() => openExperienceStore(path))).toMatch(/not a file; name the memory's file/)
    expect(messageOf(() => openExperienceStore(''))).toMatch(/not a file/)
  })

  test('a folder that is not there', () => {
    expect(messageOf(() => openExperienceStore(join(folder, 'no', 'memory.db')))).toMatch(/folder is not there; create/)
  })

  test('nothing, where there should be something to read', () => {
    expect(messageOf(() => openExperienceStore(path, { readonly: true }))).toMatch(/no memory here; name one/)
    expect(messageOf(() => openExperienceStore(path, { mustExist: true }))).toMatch(/no memory here; name one/)
    expect(messageOf(() => openExperienceStore(':memory:', { readonly: true }))).toMatch(/no memory here; name one/)
    expect(existsSync(path)).toBe(false)
  })

  test.skipIf(process.getuid?.() === 0)('a file that may not be written or read (root may do all: skipped)', () => {
    fill(path)
    chmodSync(path, 0o400)
    expect(messageOf(() => openExperienceStore(path))).toMatch(/may not be used; change the permissions/)
    chmodSync(path, 0o000)
    expect(messageOf(() => openExperienceStore(path))).toMatch(/may not be used; change the permissions/)
  })

  test('whatever bytes are lost, a memory opens or says that it is damaged', () => {
    fill(path)
    const sound = readFileSync(path)
    const copy = join(folder, 'copy.db')
    const anyDamage = fc.record({
      at: fc.nat({ max: sound.length - 1 }),
      length: fc.constantFrom(1, 4, 64, 5000),
      value: fc.nat({ max: 255 }),
    })
    const law = fc.property(fc.array(anyDamage, { minLength: 1, maxLength: 3 }), (damages) => {
      copyFileSync(path, copy)
      const bytes = Buffer.from(sound)
      for (const { at, length, value } of damages) bytes.fill(value, at, Math.min(at + length, bytes.length))
      writeFileSync(copy, bytes)
      try {
        everythingIn(copy)
      } catch (error) {
        expect(error).toBeInstanceOf(MemoryError)
      }
    })
    fc.assert(law, { numRuns: 100 })
  })
})
