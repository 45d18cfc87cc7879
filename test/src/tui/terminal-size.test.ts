import { expect, it } from 'vitest'
import { sizeOf } from '../../../src/tui/terminal-size.ts'

it('is what the terminal says, or an ordinary one where it was never told: a pipe has none, a bare pty says 0', () => {
  expect(sizeOf({ columns: 100, rows: 30 })).toEqual({ columns: 100, rows: 30 })
  expect(sizeOf({ columns: 0, rows: 0 })).toEqual({ columns: 80, rows: 24 })
  expect(sizeOf({})).toEqual({ columns: 80, rows: 24 })
})
