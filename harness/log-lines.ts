export interface LogLine {
  readonly text: string
  /** 1-based. */
  readonly number: number
  /** Byte offset behind the line's newline. */
  readonly end: number
}

const newline = 0x0a

/**
 * The complete lines of a log; a last line without its newline was being written when the writer died, and is dropped.
 *
 * `marker`: only the lines that hold these characters, the others not even decoded.
 */
export function* logLines(bytes: Buffer, marker = ''): Generator<LogLine> {
  let start = 0
  for (let number = 1; ; number++) {
    const stop = bytes.indexOf(newline, start)
    if (stop === -1) return
    if (bytes.subarray(start, stop).includes(marker))
      yield { text: bytes.toString('utf8', start, stop), number, end: stop + 1 }
    start = stop + 1
  }
}
