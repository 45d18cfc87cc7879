import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EpisodeRecord, MemoryError, readExport, writeExport } from '../../memory/index.ts'
import { anyEpisodes, walk } from './episodes.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function read(path: string): Promise<readonly EpisodeRecord[]> {
  const episodes: EpisodeRecord[] = []
  for await (const episode of readExport(path)) episodes.push(episode)
  return episodes
}

describe.each(['jsonl', 'parquet'])('an export as %s', (format) => {
  test('gives the episodes back', async () => {
    const path = join(folder, `memory.${format}`)
    const law = fc.asyncProperty(anyEpisodes, async (episodes) => {
      await writeExport(path, episodes)
      expect(await read(path)).toEqual(episodes)
    })
    await fc.assert(law, { numRuns: 20 })
  })

  test('leaves what was there when it fails', async () => {
    const path = join(folder, `memory.${format}`)
    await writeExport(path, [walk(1, [])])
    const failing = function* (): Iterable<EpisodeRecord> {
      yield walk(2, [])
      throw new MemoryError('the memory is gone')
    }
    await expect(writeExport(path, failing())).rejects.toThrow('the memory is gone')
    expect(await read(path)).toEqual([walk(1, [])])
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test('names itself where it cannot be written, and nothing that is made on the way', async () => {
    writeFileSync(join(folder, 'file'), '')
    const path = join(folder, 'file', `memory.${format}`)
    const error = await writeExport(path, [walk(1, [])]).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(MemoryError)
    expect(String(error)).toContain(`${path} could not be written`)
  })

  test('is refused in one line where it is none', async () => {
    const path = join(folder, `memory.${format}`)
    writeFileSync(path, '{"run": 1}\n')
    const error = await read(path).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(MemoryError)
    expect(String(error)).toMatch(/no export of a memory.*name another file/)
    expect(String(error)).not.toContain('\n')
    await expect(read(join(folder, `nothing.${format}`))).rejects.toThrow(MemoryError)
  })
})

test('an export as JSON lines is one episode a line', async () => {
  const path = join(folder, 'memory.jsonl')
  await writeExport(path, [walk(1, [['attic', 'down', 2]]), walk(2, [])])
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual([walk(1, [['attic', 'down', 2]]), walk(2, [])])
})
