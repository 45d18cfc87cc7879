import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileStoryCache, type StoryCache } from '../../games/story-cache.ts'
import { openEnvironment } from '../../games/z-machine-environment.ts'
import { packagedStory } from './shared-stories.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-stories-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (cache?: StoryCache) => openEnvironment(packagedStory('minizork.z3'), cache ? { cache } : {})

describe('what was found out about a story', () => {
  it('is found out once, and is the same from the cache', () => {
    const first = open(fileStoryCache(folder))
    const hash = first.worldHash()
    const [file = ''] = readdirSync(folder)
    expect(readdirSync(folder)).toEqual([`${first.story.sha256}.json`])
    const written = readFileSync(join(folder, file), 'utf8')
    const again = open(fileStoryCache(folder))
    expect(again.calibration).toEqual(first.calibration)
    expect(again.worldHash()).toBe(hash)
    expect(readFileSync(join(folder, file), 'utf8')).toBe(written)
  })

  it('counts for nothing where the file is broken, or from other code', () => {
    const cache = fileStoryCache(folder)
    const { story, calibration } = open(cache)
    const path = join(folder, `${story.sha256}.json`)
    const written = readFileSync(path, 'utf8')
    expect(cache.get(story.sha256)?.calibration).toEqual(calibration)
    for (const broken of [
      '',
      written.slice(0, -9),
      written.replace('"player"', '"payer"'),
      written.replace(/"global":\d+/, '"global":95999'),
      written.replace(/"code":"./, '"code":"x'),
    ]) {
      writeFileSync(path, broken)
      expect(cache.get(story.sha256)).toBeNull()
    }
    open(cache)
    expect(readFileSync(path, 'utf8')).toBe(written)
  })

  it('is found out again each time where the folder cannot be written to', () => {
    const path = join(folder, 'file')
    writeFileSync(path, '')
    const cache = fileStoryCache(join(path, 'under'))
    expect(open(cache).calibration).toEqual(open().calibration)
  })
})
