import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Catalogue, openCatalogue, UnknownStoryError } from '../../games/catalogue.ts'
import { StoryFileError } from '../../games/story-file.ts'
import { emptyStory, inBlorb } from './empty-story.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'grue-catalogue-'))
  mkdirSync(join(root, 'a'))
  mkdirSync(join(root, 'b'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** With `a` and `b`, inside a fresh folder, as $GRUE_GAMES. */
function open(GRUE_GAMES = 'a:b'): Catalogue {
  return openCatalogue({ env: { GRUE_GAMES }, cwd: root, cache: join(root, 'cache') })
}

function put(path: string, bytes: Uint8Array = emptyStory({})): string {
  writeFileSync(join(root, path), bytes)
  return join(root, path)
}

describe('the list', () => {
  it('has the stories of the installed packages', () => {
    const rows = open('').list()
    expect(rows.find(({ id }) => id === 'advent')).toMatchObject({ source: 'package', title: 'Adventure', version: 5 })
    expect(rows.find(({ id }) => id === 'minizork')).toMatchObject({ source: 'package', version: 3 })
  })

  it('has a built-in story before everything else, under its own title', () => {
    const first = open('').list()[0]
    expect(first?.source).toBe('built-in')
    expect(first?.title).not.toBe(first?.id)
  })

  it('says what each file is and where it came from', () => {
    const path = put('a/tale.z4', emptyStory({ version: 4, release: 12, serial: '990101' }))
    expect(open().list()).toContainEqual(
      expect.objectContaining({
        id: 'tale',
        title: 'tale',
        version: 4,
        release: 12,
        serial: '990101',
        source: '$GRUE_GAMES',
        path,
      }),
    )
  })

  it('leaves out what is no story', () => {
    put('a/notes.txt', new TextEncoder().encode('hello'))
    put('a/broken.z5', new Uint8Array(3))
    mkdirSync(join(root, 'a', 'folder.z5'))
    const sources = open()
      .list()
      .map(({ source }) => source)
    expect(sources).not.toContain('$GRUE_GAMES')
  })

  it('names an id once: the first source wins', () => {
    put('b/tale.z5', emptyStory({ release: 2 }))
    put('a/tale.z5', emptyStory({ release: 1 }))
    put('a/advent.z5', emptyStory({ release: 1 }))
    const rows = open().list()
    expect(rows.filter(({ id }) => id === 'tale').map(({ release }) => release)).toEqual([1])
    expect(rows.filter(({ id }) => id === 'advent').map(({ source }) => source)).toEqual(['$GRUE_GAMES'])
  })

  it('is the same whatever order the folder is read in', () => {
    put('a/tale.z8', emptyStory({ version: 8 }))
    put('a/tale.z3', emptyStory({ version: 3 }))
    expect(open().resolve('tale').path).toBe(join(root, 'a', 'tale.z3'))
  })
})

describe('resolving a name', () => {
  it('finds an id in $GRUE_GAMES, in the cache, and in the packages', () => {
    put('b/tale.z5')
    mkdirSync(join(root, 'cache'))
    put('cache/kept.z5')
    expect(open().resolve('tale').path).toBe(join(root, 'b', 'tale.z5'))
    expect(open().resolve('kept').path).toBe(join(root, 'cache', 'kept.z5'))
    expect(open().resolve('minizork')).toMatchObject({ id: 'minizork', title: 'Mini-Zork I' })
  })

  it('takes a path from the current folder and calls the story by its file name', () => {
    const bytes = emptyStory({ release: 9 })
    put('a/tale.z5', bytes)
    expect(open('').resolve('a/tale.z5')).toMatchObject({ id: 'tale', title: 'tale', path: join(root, 'a', 'tale.z5') })
    expect(open('').resolve('a/tale.z5').bytes).toEqual(bytes)
  })

  it('takes a file without an ending', () => {
    put('tale')
    expect(open().resolve('tale').id).toBe('tale')
  })

  it('prefers an id to a file or folder of the same name', () => {
    put('a/tale.z5')
    put('b/tale')
    mkdirSync(join(root, 'tale'))
    expect(open().resolve('tale').path).toBe(join(root, 'a', 'tale.z5'))
  })

  it('goes past what cannot be played, as the list does', () => {
    put('a/tale.dat', new Uint8Array(200).fill(0xa5))
    put('b/tale.z5')
    expect(open().resolve('tale').path).toBe(join(root, 'b', 'tale.z5'))
    expect(open().list()).toContainEqual(expect.objectContaining({ id: 'tale', path: open().resolve('tale').path }))
    put('b/tale.z5', Uint8Array.of(5, 0, 0))
    expect(() => open().resolve('tale')).toThrow(/tale\.dat is a text file/)
  })

  it('gives the story inside a Blorb', () => {
    put('a/tale.zblorb', inBlorb('ZCOD', emptyStory({ version: 8 })))
    expect(open().resolve('tale').bytes[0]).toBe(8)
  })

  it('names the nearest ids, and the way to add a story, where there is none', () => {
    put('a/zork1.z5')
    put('a/zork2.z5')
    const resolve = () => open().resolve('zrok1')
    expect(resolve).toThrow(UnknownStoryError)
    expect(resolve).toThrow(
      'There is no story "zrok1"; did you mean zork1? Add one by "grue games add PATH" or GRUE_GAMES=FOLDER.',
    )
  })

  it('names a folder of $GRUE_GAMES that is not there', () => {
    expect(() => open('nowhere').resolve('xyzzy')).toThrow(/GRUE_GAMES names nowhere, which is no folder/)
  })

  it.each([
    ['a missing file', 'missing.z5', 'missing.z5 does not exist: check the path'],
    ['a missing folder', 'no/where', 'no/where does not exist'],
    ['a path through a file', 'a/tale.z5/x', 'a/tale.z5/x does not exist'],
    ['a folder', 'a/', 'a/ is a folder, not a story file'],
    ['a device', '/dev/zero', '/dev/zero is a device'],
    ['a text file', 'notes.txt', 'notes.txt is a text file'],
    ['a broken file by its id', 'broken', 'broken.z5 is cut short'],
  ])('says what is wrong with %s', (_, name, message) => {
    put('a/tale.z5')
    put('a/broken.z5', Uint8Array.of(5, 0, 0))
    put('notes.txt', new TextEncoder().encode('hello\n'))
    const resolve = () => open().resolve(name)
    expect(resolve).toThrow(StoryFileError)
    expect(resolve).toThrow(message)
  })

  it.each([
    ['too long', 'a'.repeat(5000)],
    ['a zero', 'a\0b'],
    ['a link to itself', 'loop'],
  ])('knows no story of a name that is %s, and no folder', (_, name) => {
    symlinkSync('loop', join(root, 'loop'))
    expect(() => open().resolve(name)).toThrow(UnknownStoryError)
    expect(() => open().resolve(`${name}.z5`)).toThrow(StoryFileError)
    expect(() => open(name).resolve('tale')).toThrow(/which is no folder/)
  })

  it('reads no file that is larger than any story', () => {
    truncateSync(put('huge.z5'), 1_500_000_000)
    const { maxRSS } = process.resourceUsage()
    expect(() => open().resolve('huge.z5')).toThrow(/huge\.z5 is too large for a story file \(1500000000 bytes/)
    // In kilobytes.
    expect(process.resourceUsage().maxRSS - maxRSS).toBeLessThan(100_000)
  })

  it.skipIf(process.getuid?.() === 0)('says that a file may not be read', () => {
    chmodSync(put('secret.z5'), 0)
    expect(() => open().resolve('secret.z5')).toThrow('secret.z5 cannot be read (EACCES)')
  })
})

describe('adding a story', () => {
  it('copies it into the cache, where it is found by its id', () => {
    const path = put('b/tale.z5', emptyStory({ release: 4 }))
    const entry = open('').add('b/tale.z5')
    expect(entry).toMatchObject({ id: 'tale', source: 'cache', release: 4, path: join(root, 'cache', 'tale.z5') })
    rmSync(path)
    expect(open('').resolve('tale').path).toBe(entry.path)
  })

  it('leaves nothing but the story behind', () => {
    put('b/tale.z5')
    open().add('b/tale.z5')
    open().add('b/tale.z5')
    expect(readdirSync(join(root, 'cache'))).toEqual(['tale.z5'])
  })

  it('unpacks a Blorb, and names the copy by its version', () => {
    const story = emptyStory({ version: 8 })
    put('b/tale.zblorb', inBlorb('ZCOD', story))
    const entry = open().add('b/tale.zblorb')
    expect(entry.path).toBe(join(root, 'cache', 'tale.z8'))
    expect(new Uint8Array(readFileSync(entry.path))).toEqual(story)
  })

  it('takes the place of a story of another version that was kept under its id', () => {
    put('a/tale.z3', emptyStory({ version: 3 }))
    put('b/tale.z5')
    put('b/tales.z5')
    const catalogue = open('')
    for (const path of ['a/tale.z3', 'b/tales.z5', 'b/tale.z5']) catalogue.add(path)
    expect(readdirSync(join(root, 'cache'))).toEqual(['tale.z5', 'tales.z5'])
    expect(catalogue.resolve('tale').path).toBe(join(root, 'cache', 'tale.z5'))
  })

  it('refuses what cannot be played', () => {
    put('notes.txt', new TextEncoder().encode('hello\n'))
    expect(() => open().add('notes.txt')).toThrow(StoryFileError)
    expect(() => open().add('missing.z5')).toThrow(/does not exist/)
  })

  it('says when the cache cannot be written', () => {
    put('b/tale.z5')
    put('cache')
    expect(() => open().add('b/tale.z5')).toThrow(/tale\.z5 cannot be written \((EEXIST|ENOTDIR)\)/)
  })
})
