import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStoryFile, StoryFileError } from '../../games/story-file.ts'
import { emptyStory, inBlorb } from './empty-story.ts'

describe('readStoryFile', () => {
  it('reads what the header says', () => {
    const story = readStoryFile(emptyStory({ version: 5, release: 7, serial: '261121', length: 256 }))
    expect(story).toMatchObject({ version: 5, release: 7, serial: '261121', length: 256 })
  })

  it.each([
    [3, 2],
    [4, 4],
    [5, 4],
    [8, 8],
  ] as const)('counts the length of version %i in units of %i bytes', (version, unit) => {
    const bytes = emptyStory({ version, length: 256 })
    expect((bytes[0x1a] ?? 0) * 256 + (bytes[0x1b] ?? 0)).toBe(256 / unit)
    expect(readStoryFile(bytes).length).toBe(256)
  })

  it('hashes the story without its padding', () => {
    const bytes = emptyStory({ length: 256 })
    const padded = new Uint8Array(512).fill(0xe5)
    padded.set(bytes)
    expect(readStoryFile(padded).sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(readStoryFile(padded).bytes).toHaveLength(512)
  })

  it('takes the whole file where the header names no length', () => {
    const bytes = emptyStory({ length: 300 })
    bytes.fill(0, 0x1a, 0x1c)
    expect(readStoryFile(bytes).length).toBe(300)
  })

  it('adds up the checksum from behind the header to the end', () => {
    const bytes = emptyStory({ length: 256 })
    bytes[100] = 200
    bytes[200] = 100
    expect(readStoryFile(bytes).checksumOk).toBe(false)
    bytes.set([1, 44], 0x1c) // 200 + 100 = 300 = 1 * 256 + 44
    expect(readStoryFile(bytes).checksumOk).toBe(true)
  })

  it('shows a serial of odd bytes as printable characters', () => {
    expect(readStoryFile(emptyStory({ serial: '\x1b[2J9\u00ff' })).serial).toBe('-[2J9-')
  })

  it('gives bytes of its own, even from a Buffer', () => {
    const loaded = Buffer.from(emptyStory({}))
    const { bytes } = readStoryFile(loaded)
    bytes.slice().fill(9)
    loaded.fill(9)
    expect(bytes).toEqual(emptyStory({}))
  })

  it('unpacks a story from a Blorb', () => {
    const inner = emptyStory({ version: 8, release: 3 })
    expect(readStoryFile(inBlorb('ZCOD', inner))).toEqual(readStoryFile(inner))
  })

  const text = (characters: string) => new TextEncoder().encode(characters)
  const bad: [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(0), /^x is empty; grue plays/],
    ['a text file', text('open mailbox\nread leaflet\n'.repeat(9)), /^x is a text file, not a story file/],
    ['a text file in UTF-8', text('Grüße aus der Höhle\n'), /text file/],
    ['a header that is cut short', emptyStory({}).subarray(0, 40), /^x is cut short within its header \(40 bytes\)/],
    [
      'a story that is cut short',
      emptyStory({ length: 512 }).subarray(0, 500),
      /header speaks of 512 bytes, it has 500/,
    ],
    ['version 1', emptyStory({ version: 1 }), /of version 1, which is not supported; .*3, 4, 5 and 8/],
    ['version 2', emptyStory({ version: 2 }), /of version 2/],
    ['version 6', emptyStory({ version: 6 }), /of version 6/],
    ['version 7', emptyStory({ version: 7 }), /of version 7/],
    ['version 9', emptyStory({ version: 9 }), /is not a story file/],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), /is not a story file/],
    ['Glulx', text('Glul\0\x03\x01\x02'), /is a Glulx story/],
    ['Glulx in a Blorb', inBlorb('GLUL', text('Glul\0\x03')), /is a Glulx story in a Blorb/],
    ['a Blorb of pictures', inBlorb('PNG ', new Uint8Array(9)), /is a Blorb without a Z-machine story/],
    ['a Blorb in a Blorb', inBlorb('ZCOD', inBlorb('ZCOD', emptyStory({}))), /is a Blorb without/],
    ['a Blorb that is cut short', inBlorb('ZCOD', emptyStory({})).subarray(0, 200), /Blorb that is cut short/],
    ['another IFF file', text('FORM\0\0\0\x04AIFF'), /is an IFF file but no Blorb/],
    ['TADS 2', text('TADS2 bin\x0a\x0d\x1a\0'), /is a TADS story/],
    ['TADS 3', text('T3-image\x0d\x0a\x1a\0'), /is a TADS story/],
    ['a dictionary in the header', emptyStory({ dictionary: 8 }), /puts the dictionary at byte 8, outside/],
    ['objects behind the end', emptyStory({ objects: 60000 }), /puts the object table at byte 60000/],
    ['globals in static memory', emptyStory({ globals: 200 }), /puts the global variables at byte 200/],
  ]
  it.each(bad)('refuses %s in one line', (_, bytes, message) => {
    const read = () => readStoryFile(bytes, 'x')
    expect(read).toThrow(StoryFileError)
    expect(read).toThrow(message)
    expect(read).not.toThrow(/\n/)
  })

  it('answers any bytes with a story or a StoryFileError', () => {
    const header = fc.uint8Array({ minLength: 0, maxLength: 200 })
    const versioned = fc.tuple(fc.constantFrom(3, 4, 5, 8), header).map(([v, rest]) => Uint8Array.of(v, ...rest))
    const blorb = header.map((rest) => Uint8Array.of(...text('FORM\0\0\0\0IFRS'), ...rest))
    fc.assert(
      fc.property(fc.oneof(header, versioned, blorb), (bytes) => {
        try {
          readStoryFile(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(StoryFileError)
        }
      }),
    )
  })
})
