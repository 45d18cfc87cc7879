import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkMemory, MemoryError, openExperienceStore } from '../../memory/index.ts'
import { walk } from './episodes.ts'

/** Mounting a small file system takes root, and a machine that lets root do it. */
function whyNoMount(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'grue-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' })
    execFileSync('umount', [folder])
    return null
  } catch {
    return 'no tmpfs can be mounted here'
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const why = whyNoMount()

describe.skipIf(why !== null)(`a memory on a small disk${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'grue-memory-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder])
    path = join(folder, 'memory.db')
  })
  afterEach(() => {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true })
  })

  /** Of about thirty kilobytes. */
  const big = (episode: number) =>
    walk(
      episode,
      Array.from({ length: 30 }, (_, turn) => [`attic ${episode} ${turn} ${'dust '.repeat(200)}`, 'sweep', 1]),
    )

  test('says once that the disk is full, keeps what it had, and goes on when there is room', () => {
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(700_000))
    const store = openExperienceStore(path)
    let stored = 0
    let error: unknown
    while (error === undefined && stored < 100) {
      try {
        store.addEpisode(big(stored + 1))
        stored++
      } catch (thrown) {
        error = thrown
      }
    }
    expect(error).toBeInstanceOf(MemoryError)
    expect(String(error)).toMatch(/disk is full, nothing was stored; free some space/)
    expect(stored).toBeGreaterThan(3)
    const query = { k: 1000, threshold: 0, gamma: 1 }
    expect(store.recall(['dust'], query)).toHaveLength(30 * stored)
    expect(store.stats()).toMatchObject({ episodes: stored })

    rmSync(join(folder, 'ballast'))
    store.addEpisode(big(stored + 1))
    store.close()
    expect(checkMemory(path)).toEqual([])
    const again = openExperienceStore(path)
    expect(Array.from(again.episodes(), ({ episode }) => episode)).toEqual(
      Array.from({ length: stored + 1 }, (_, i) => i + 1),
    )
    expect(again.recall(['dust'], query)).toHaveLength(30 * (stored + 1))
    again.close()
  })

  test('is read where nothing can be written, and says so where it should be', () => {
    const store = openExperienceStore(path)
    store.addEpisode(walk(1, [['attic', 'down', 1]]))
    store.close()
    execFileSync('mount', ['-o', 'remount,ro', folder])
    const readonly = openExperienceStore(path, { readonly: true })
    expect([...readonly.episodes()]).toEqual([walk(1, [['attic', 'down', 1]])])
    readonly.close()
    expect(() => openExperienceStore(path)).toThrow(/may not be used; change the permissions/)
  })
})
