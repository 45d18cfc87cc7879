import { createHash } from 'node:crypto'

/** A Z-machine story, checked so far that a machine can be started on it. */
export interface StoryFile {
  /** The story as loaded, padding included; of a Blorb, its executable chunk. */
  readonly bytes: Uint8Array
  readonly version: 3 | 4 | 5 | 8
  readonly release: number
  /** Six printable characters; anything else in the header reads as `-`. */
  readonly serial: string
  /** The story's own length in bytes (header word $1A); what lies behind it is padding. */
  readonly length: number
  /** SHA-256 over the story's own length, 64 hex digits. */
  readonly sha256: string
  /** Whether the bytes add up to header word $1C. Old interpreters only warn, for some sound stories never did. */
  readonly checksumOk: boolean
}

/** A file that cannot be played. The message is one line: what the file is and what to do about it. */
export class StoryFileError extends Error {
  override name = 'StoryFileError'
}

const SUPPORTED = 'grue plays Z-machine stories of versions 3, 4, 5 and 8 (.z3, .z4, .z5, .z8, .zblorb)'
const HEADER_LENGTH = 64

/** Header word $1A counts in units of this many bytes (Z-Machine Standard §11.1.6). */
const LENGTH_UNIT = { 3: 2, 4: 4, 5: 4, 8: 8 } as const

/**
 * Reads a story file, bare or packed into a Blorb. `name` is what messages call it.
 *
 * Throws `StoryFileError` for everything that a Z-machine could not be started on.
 */
export function readStoryFile(bytes: Uint8Array, name = 'this file'): StoryFile {
  refuseOtherKinds(bytes, name)
  if (startsWith(bytes, 'FORM')) return readStoryFile(executableChunk(bytes, name), name)
  const version = supportedVersion(bytes, name)
  if (bytes.length < HEADER_LENGTH)
    throw new StoryFileError(`${name} is cut short within its header (${bytes.length} bytes): get it again.`)
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_LENGTH)
  // The oldest files leave the length out (Standard §11, remarks).
  const length = header.getUint16(0x1a) * LENGTH_UNIT[version] || bytes.length
  if (length > bytes.length)
    throw new StoryFileError(
      `${name} is cut short: its header speaks of ${length} bytes, it has ${bytes.length}. Get it again.`,
    )
  checkAddresses(header, length, name)
  return {
    // A copy, and no Buffer: the `slice` of a Buffer shares its memory, and machines write to theirs.
    bytes: new Uint8Array(bytes),
    version,
    release: header.getUint16(0x02),
    serial: latin1(bytes, 0x12, 0x18).replace(/[^ -~]/g, '-'),
    length,
    sha256: createHash('sha256').update(bytes.subarray(0, length)).digest('hex'),
    checksumOk:
      bytes.subarray(HEADER_LENGTH, length).reduce((sum, byte) => sum + byte, 0) % 0x10000 === header.getUint16(0x1c),
  }
}

function refuseOtherKinds(bytes: Uint8Array, name: string): void {
  const refuse = (what: string) => {
    throw new StoryFileError(`${name} is ${what}; ${SUPPORTED}.`)
  }
  if (bytes.length === 0) refuse('empty')
  if (startsWith(bytes, 'Glul')) refuse('a Glulx story, which another kind of machine runs')
  if (startsWith(bytes, 'TADS2 bin') || startsWith(bytes, 'T3-image'))
    refuse('a TADS story, which another kind of machine runs')
  if (isText(bytes.subarray(0, 1024))) refuse('a text file, not a story file')
}

/** Text: no control characters but those of layout. A story's second bytes are zeros and small numbers. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13) || byte === 27)
}

function supportedVersion(bytes: Uint8Array, name: string): StoryFile['version'] {
  const version = bytes[0]
  if (version === 3 || version === 4 || version === 5 || version === 8) return version
  if (version === 1 || version === 2 || version === 6 || version === 7)
    throw new StoryFileError(
      `${name} is a Z-machine story of version ${version}, which is not supported; ${SUPPORTED}.`,
    )
  throw new StoryFileError(`${name} is not a story file; ${SUPPORTED}.`)
}

/** The header's tables must lie behind the header and inside the story, or a machine would read past its memory. */
function checkAddresses(header: DataView, length: number, name: string): void {
  const dynamicEnd = header.getUint16(0x0e)
  const places = [
    ['static memory', dynamicEnd, length],
    ['the first instruction', header.getUint16(0x06), length],
    ['the dictionary', header.getUint16(0x08), length],
    // Both are written to, so they belong into dynamic memory (Standard §1.1.1).
    ['the object table', header.getUint16(0x0a), dynamicEnd],
    ['the global variables', header.getUint16(0x0c), dynamicEnd],
  ] as const
  for (const [what, address, end] of places)
    if (address < HEADER_LENGTH || address >= end)
      throw new StoryFileError(
        `${name} is damaged or no story file: its header puts ${what} at byte ${address}, outside the story. Get it again.`,
      )
}

/** The Z-code chunk of a Blorb (Blorb 2.0.4 §1: an IFF FORM of type IFRS; chunks are padded to even length). */
function executableChunk(bytes: Uint8Array, name: string): Uint8Array {
  if (latin1(bytes, 8, 12) !== 'IFRS') throw new StoryFileError(`${name} is an IFF file but no Blorb; ${SUPPORTED}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = latin1(bytes, at, at + 4)
    const end = at + 8 + view.getUint32(at + 4)
    if (end > bytes.length)
      throw new StoryFileError(`${name} is a Blorb that is cut short in its ${type} chunk. Get it again.`)
    if (type === 'ZCOD') {
      const chunk = bytes.subarray(at + 8, end)
      if (startsWith(chunk, 'FORM')) break
      return chunk
    }
    if (type === 'GLUL')
      throw new StoryFileError(`${name} is a Glulx story in a Blorb, which another kind of machine runs; ${SUPPORTED}.`)
    at = end + (end % 2)
  }
  throw new StoryFileError(`${name} is a Blorb without a Z-machine story in it; ${SUPPORTED}.`)
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return latin1(bytes, 0, text.length) === text
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}
