import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OverridesError, readOverrides } from '../../games/overrides.ts'
import { readStoryFile } from '../../games/story-file.ts'
import { openEnvironment } from '../../games/z-machine-environment.ts'
import { packagedStory } from './shared-stories.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-overrides-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(content: unknown): string {
  const path = join(folder, 'overrides.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const SHA256 = 'a'.repeat(64)

describe('overrides', () => {
  it('take the place of what was found', () => {
    const bytes = packagedStory('minizork.z3')
    const { sha256 } = readStoryFile(bytes)
    // Global 2 of version 3 counts the moves.
    const path = write({ [sha256]: { player: { object: 1 }, score: { global: 2 }, maxScore: 7 } })
    const environment = openEnvironment(bytes, { overrides: readOverrides(path) })
    expect(environment.world().player?.id).toBe(1)
    expect(environment.story.maxScore).toBe(7)
    expect(environment.step('look').observation.score).toBe(1)
    expect(environment.step('look').observation).toMatchObject({ score: 2, moves: 2 })
    expect(environment.calibration.origins.score).toEqual({ how: 'an override of yours', sure: 'certain' })
  })

  it('of another story change nothing', () => {
    const environment = openEnvironment(packagedStory('minizork.z3'), { overrides: { [SHA256]: { maxScore: 7 } } })
    expect(environment.story.maxScore).toBe(350)
  })

  it('are none where there is no file', () => {
    expect(readOverrides(join(folder, 'none.json'))).toEqual({})
  })

  it.each([
    ['no JSON', '{', /is not a file of overrides/],
    ['a title for a hash', { zork1: {} }, /SHA-256/],
    ['an unknown word', { [SHA256]: { sore: 1 } }, /sore/],
    ['a global that no story has', { [SHA256]: { score: { global: 240 } } }, /240|239/],
  ])('that are not understood are refused in one line: %s', (_, content, message) => {
    const read = () => readOverrides(write(content))
    expect(read).toThrow(OverridesError)
    expect(read).toThrow(message)
    expect(read).not.toThrow(/\n/)
  })
})
