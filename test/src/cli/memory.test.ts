import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openExperienceStore } from '../../../memory/index.ts'
import { walk } from '../../memory/episodes.ts'
import { grue, inFreshFolder, jsonLines } from './grue.ts'

function fill(path: string): void {
  const store = openExperienceStore(path)
  store.addEpisode(
    walk(1, [
      ['at:attic has:lamp', 'down', 0],
      ['at:cellar has:lamp', 'dig', 5],
    ]),
  )
  store.addEpisode(walk(2, [['at:attic did:up', 'wait', 0]]))
  store.close()
}

test('a memory is looked into: counts, what would be recalled by words or for a turn, with where it comes from', () =>
  inFreshFolder(async (folder) => {
    fill(join(folder, 'memory.db'))
    const stats = await grue(['memory', 'stats', folder, '--json'])
    expect(jsonLines(stats.stdout)).toMatchObject([
      { episodes: 2, experiences: 3, byRun: [{ run: 'run', episodes: 2, forgotten: 0, bestScore: 5, origin: null }] },
    ])
    const words = await grue(['memory', 'query', folder, 'Attic lamp', '--gamma', '.5', '--json'])
    expect(jsonLines(words.stdout)).toMatchObject([
      {
        tokens: ['at:attic', 'has:lamp'],
        neighbours: [
          { run: 'run', episode: 1, turn: 1, action: 'down', similarity: 1, return: 2.5 },
          { episode: 2, turn: 1, similarity: 1 / 3 },
          { episode: 1, turn: 2, similarity: 1 / 3 },
        ],
        transitions: [{ action: 'down', visits: 1, latest: [{ run: 'run', episode: 1, turn: 1 }] }],
      },
    ])
    const turn = await grue(['memory', 'query', folder, '--episode', '1', '--turn', '2', '--k', '1'])
    expect(turn.stdout).toMatch(/^States by summary\.\nsimilarity .*\n1 +1 +5 +5 +dig +1 +2 +run +at:cellar has:lamp\n/)
    const none = await grue(['memory', 'query', folder, '--episode', '1', '--turn', '3'])
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('has the turns 1 to 2') })
    // Which run an episode is of says nothing of a text.
    const both = await grue(['memory', 'query', folder, 'Attic lamp', '--run', 'any'])
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('name another: give one of them') })
  }))

test('a memory whose states no summary tells is asked by the likest summary that it has', () =>
  inFreshFolder(async (folder) => {
    const store = openExperienceStore(join(folder, 'memory.db'))
    const state = (key: string, tokens: readonly string[]) => ({ key, situation: key, tokens })
    const attic = state('[Attic][lamp][up]', ['at:attic', 'has:brass lamp', 'can:down'])
    const cellar = state('[Cellar][lamp][down]', ['at:cellar', 'has:brass lamp', 'can:dig'])
    store.addEpisode({
      ...{ run: 'run', episode: 1, gameSeed: 1, score: 0, terminated: false, victory: false },
      steps: [
        { state: attic, action: 'down', reward: 0, terminated: false },
        { state: cellar, action: 'dig', reward: 5, terminated: false },
      ],
      finalState: cellar,
    })
    store.close()
    for (const asked of ['[Cellar][lamp][]', 'the lamp in the cellar']) {
      const { stdout } = await grue(['memory', 'query', folder, asked, '--k', '1', '--json'])
      expect(jsonLines(stdout)).toMatchObject([
        {
          encoders: ['situation'],
          remembered: { run: 'run', episode: 1, turn: 2, key: cellar.key },
          tokens: ['at:cellar', 'can:dig', 'has:brass lamp'],
          neighbours: [{ action: 'dig', similarity: 1 }],
        },
      ])
    }
    const stats = await grue(['memory', 'stats', folder])
    expect(stats.stdout).toMatch(/^states by +situation$/m)
  }))

test('a memory is exported, forgotten in part, pruned, filled again and found sound', () =>
  inFreshFolder(async (folder) => {
    const path = join(folder, 'memory.db')
    fill(path)
    const run = async (...words: string[]) => {
      const { code, stdout } = await grue(['memory', ...words, '--json'], { cwd: folder })
      return [code, ...jsonLines(stdout)]
    }
    expect(await run('export', path, '--out', 'all.parquet')).toEqual([0, { out: 'all.parquet', episodes: 2 }])
    expect(await run('forget', path, '1', '7')).toEqual([1, { run: 'run', forgotten: [1], missing: [7] }])
    expect(await run('prune', path, '--limit', '0')).toMatchObject([0, { forgotten: 1, experiences: 0 }])
    expect(await run('import', path, 'all.parquet')).toEqual([0, { added: 2, known: 0 }])
    expect(await run('import', 'other.db', path)).toEqual([0, { added: 2, known: 0 }])
    expect(await run('import', 'other.db', folder)).toEqual([0, { added: 0, known: 2 }])
    expect(await run('check', 'other.db')).toEqual([0, { sound: true, problems: [], remedy: null }])
    const lines = await grue(['memory', 'export', 'other.db'], { cwd: folder })
    expect(jsonLines(lines.stdout)).toMatchObject([{ episode: 1 }, { episode: 2 }])
  }))

test('one episode is not called episodes', () =>
  inFreshFolder(async (folder) => {
    fill(join(folder, 'memory.db'))
    const run = async (...words: string[]) => (await grue(['memory', ...words], { cwd: folder })).stdout
    expect(await run('forget', 'memory.db', '1')).toMatch(/^Forgot 1 episode of run\.\n/)
    expect(await run('export', 'memory.db', '--out', 'all.jsonl')).toBe('Wrote 1 episode to all.jsonl.\n')
    expect(await run('import', 'other.db', 'all.jsonl')).toBe('Added 1 episode.\n')
    expect(await run('prune', 'memory.db', '--limit', '0')).toMatch(/^Forgot 1 episode: 0 of \d+ experiences/)
  }))

test('what is no memory is left alone, and nothing is made by the way', () =>
  inFreshFolder(async (folder) => {
    for (const words of [['stats'], ['check'], ['prune', '--limit', '1'], ['forget', '1']]) {
      const [name, ...rest] = words as [string, ...string[]]
      const { code, stderr } = await grue(['memory', name, 'typo.db', ...rest], { cwd: folder })
      expect([code, stderr.trimEnd().split('\n').length]).toEqual([1, 1])
      expect(stderr).toContain('there is no memory here; name one')
    }
    writeFileSync(join(folder, 'no-export.jsonl'), 'west of house\n')
    const wrong = await grue(['memory', 'import', 'typo.db', 'no-export.jsonl'], { cwd: folder })
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('is no export of a memory') })
    expect(existsSync(join(folder, 'typo.db'))).toBe(false)
    fill(join(folder, 'memory.db'))
    const bytes = readFileSync(join(folder, 'memory.db'))
    bytes.fill(0, 3 * 4096, 4 * 4096)
    for (const words of [['export'], ['forget', '1'], ['query', '--episode', '1', '--turn', '1']]) {
      const [name, ...rest] = words as [string, ...string[]]
      const { code, stderr } = await grue(['memory', name, 'memory.db', ...rest, '--run', 'nobody'], { cwd: folder })
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining('There is no run nobody in this memory. There are: run.'),
      ])
    }
    const damaged = join(folder, 'damaged.db')
    writeFileSync(damaged, bytes)
    const { code, stderr } = await grue(['memory', 'check', damaged])
    expect([code, stderr]).toEqual([1, expect.stringContaining('damaged; put a copy in its place')])
  }))
