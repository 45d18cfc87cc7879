import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { lineNumber, linesWith, logLines } from '../../harness/log-lines.ts'

const log = Buffer.from('{"a":1}\n{"bö":2}\n\n{"a":3}\n{"a":4')

describe('the lines of a log', () => {
  it('are those that are complete, with the bytes that they take', () => {
    expect([...logLines(log)]).toEqual([
      { text: '{"a":1}', start: 0, end: 8 },
      { text: '{"bö":2}', start: 8, end: 18 },
      { text: '', start: 18, end: 19 },
      { text: '{"a":3}', start: 19, end: 27 },
    ])
  })

  it('are found by what they hold, as if all had been read', () => {
    const read = [...logLines(log)].filter(({ text }) => text.includes('"a"'))
    expect([...linesWith(log, '"a"')]).toEqual(read)
    expect([...linesWith(log, '"c"')]).toEqual([])
  })

  it('come but once where they hold it twice', () => {
    expect([...linesWith(Buffer.from('x x\nx\n'), 'x')].map(({ text }) => text)).toEqual(['x x', 'x'])
  })

  it('are counted from one', () => {
    expect([...logLines(log)].map(({ start }) => lineNumber(log, start))).toEqual([1, 2, 3, 4])
  })
})
