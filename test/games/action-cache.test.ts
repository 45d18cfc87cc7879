import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileActionCache } from '../../games/action-cache.ts'

const STORY = 'a'.repeat(64)
const LAMP = '0123456789abcdef'
const ROPE = 'fedcba9876543210'

describe('a cache of valid actions in a file', () => {
  let folder: string
  const open = (story = STORY) => new FileActionCache(folder, story)
  const path = () => join(folder, `${STORY}.jsonl`)
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'grue-actions-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('knows nothing at first', () => {
    expect(open().get(LAMP)).toBeUndefined()
  })

  it('gives back what was put in, in the same process and in the next', () => {
    const cache = open()
    cache.set(LAMP, ['take lamp', 'wait'])
    cache.set(ROPE, ['say "a \\ b"', 'wait'])
    for (const one of [cache, open()]) {
      expect(one.get(LAMP)).toEqual(['take lamp', 'wait'])
      expect(one.get(ROPE)).toEqual(['say "a \\ b"', 'wait'])
    }
  })

  it('keeps stories apart, a file each', () => {
    open().set(LAMP, ['wait'])
    expect(open('b'.repeat(64)).get(LAMP)).toBeUndefined()
    expect(readdirSync(folder)).toHaveLength(2)
  })

  it('takes what two processes write to one file', () => {
    const [one, other] = [open(), open()]
    one.set(LAMP, ['take lamp'])
    other.set(ROPE, ['take rope'])
    expect([open().get(LAMP), open().get(ROPE)]).toEqual([['take lamp'], ['take rope']])
  })

  it('takes in, when asked, what another process has written since, but for what is only half written', () => {
    const [one, other] = [open(), open()]
    other.set(LAMP, ['take lamp'])
    expect(one.get(LAMP)).toBeUndefined()
    expect(one.refresh()).toBe(true)
    expect(one.get(LAMP)).toEqual(['take lamp'])
    other.set(LAMP, ['light lamp'])
    const half = readFileSync(path())
    other.set(ROPE, ['take rope'])
    const whole = readFileSync(path())
    writeFileSync(path(), whole.subarray(0, half.length + 8))
    expect(one.refresh()).toBe(true)
    expect([one.get(LAMP), one.get(ROPE)]).toEqual([['light lamp'], undefined])
    writeFileSync(path(), whole)
    expect(one.refresh()).toBe(true)
    expect(one.get(ROPE)).toEqual(['take rope'])
  })

  it('finds no news in what it has written itself, nor in a file that another version has begun since', () => {
    const cache = open()
    cache.set(LAMP, ['take lamp'])
    expect(cache.refresh()).toBe(false)
    writeFileSync(`${path()}.new`, `{"format":1,"search":"?"}\n["${ROPE}","take rope"]\n["${ROPE}","take rope"]`)
    renameSync(`${path()}.new`, path())
    expect([cache.refresh(), cache.get(ROPE)]).toEqual([false, undefined])
    cache.set(ROPE, ['wait'])
    expect(readFileSync(path(), 'utf8')).not.toContain('wait')
  })

  it('loses only the record that a crash cut short, and goes on behind it', () => {
    open().set(LAMP, ['take lamp'])
    open().set(ROPE, ['take rope'])
    truncateSync(path(), readFileSync(path()).length - 5)
    const cache = open()
    expect([cache.get(LAMP), cache.get(ROPE)]).toEqual([['take lamp'], undefined])
    cache.set(ROPE, ['take rope'])
    expect([open().get(LAMP), open().get(ROPE)]).toEqual([['take lamp'], ['take rope']])
  })

  it('has no use for a line that is none of its records', () => {
    open().set(LAMP, ['take lamp'])
    appendFileSync(path(), `\n["${ROPE}",7]\n{"${ROPE.slice(1)}":1}\n\n`)
    expect([open().get(LAMP), open().get(ROPE)]).toEqual([['take lamp'], undefined])
  })

  it('begins anew where another version of the search wrote the file', () => {
    open().set(LAMP, ['take lamp'])
    writeFileSync(path(), readFileSync(path(), 'utf8').replace(/"search":"./, '"search":"?'))
    expect(open().get(LAMP)).toBeUndefined()
    open().set(ROPE, ['take rope'])
    expect(open().get(ROPE)).toEqual(['take rope'])
  })

  it('still remembers for this process where nothing can be written', () => {
    const file = join(folder, 'no folder')
    writeFileSync(file, '')
    const cache = new FileActionCache(file, STORY)
    cache.set(LAMP, ['take lamp'])
    expect(cache.get(LAMP)).toEqual(['take lamp'])
  })
})
