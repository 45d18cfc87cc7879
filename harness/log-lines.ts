export interface LogLine {
  readonly text: string
  /** Byte offsets of the line's first character and behind its newline. */
  readonly start: number
  readonly end: number
}

const newline = 0x0a

/** The complete lines of a log; a last line without its newline was being written when the writer died, and is dropped. */
export function* logLines(bytes: Buffer): Generator<LogLine> {
  for (let start = 0; ; ) {
    const stop = bytes.indexOf(newline, start)
    if (stop === -1) return
    yield { text: bytes.toString('utf8', start, stop), start, end: stop + 1 }
    start = stop + 1
  }
}

/** Those of the lines that hold these characters: the others are not even looked for. */
export function* linesWith(bytes: Buffer, characters: string): Generator<LogLine> {
  for (let from = 0; ; ) {
    const found = bytes.indexOf(characters, from)
    const stop = found === -1 ? -1 : bytes.indexOf(newline, found)
    if (stop === -1) return
    const start = bytes.lastIndexOf(newline, found) + 1
    yield { text: bytes.toString('utf8', start, stop), start, end: stop + 1 }
    from = stop + 1
  }
}

/** The number of the line that begins at that offset, 1-based. */
export function lineNumber(bytes: Buffer, start: number): number {
  return bytes.subarray(0, start).filter((byte) => byte === newline).length + 1
}
