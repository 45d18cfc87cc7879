import { expect, test } from 'vitest'
import { FramePainter } from '../../../src/tui/frame-painter.ts'
import { EmulatedTerminal } from './emulated-terminal.ts'

const rowsOf = (frame: string) => frame.split('\n').map((text) => ({ text, columns: text.length }))

test('a frame as large as the terminal fills it and scrolls nothing away', async () => {
  const terminal = new EmulatedTerminal(5, 3)
  new FramePainter(terminal).paint(rowsOf('12345\nabcde\nABCDE'))
  expect(await terminal.screen()).toEqual(['12345', 'abcde', 'ABCDE'])
  expect(terminal.scrolledOff).toBe(0)
  expect(terminal.wrapsLines).toBe(true)
})

test('only the lines that changed are written', async () => {
  const terminal = new EmulatedTerminal(20, 3)
  const painter = new FramePainter(terminal)
  painter.paint(rowsOf('status\nstory\nkeys'))
  terminal.written = ''
  painter.paint(rowsOf('status\nsto\nkeys'))
  expect(terminal.written).not.toMatch(/status|keys/)
  expect(await terminal.screen()).toEqual(['status', 'sto', 'keys'])
  terminal.written = ''
  painter.paint(rowsOf('status\nsto\nkeys'))
  expect(terminal.written).toBe('')
})

test('a shorter frame leaves nothing of the longer one', async () => {
  const terminal = new EmulatedTerminal(10, 3)
  const painter = new FramePainter(terminal)
  painter.paint(rowsOf('a\nb\nc'))
  painter.paint(rowsOf('x'))
  expect(await terminal.screen()).toEqual(['x', '', ''])
})

test('a line wider than the terminal is cut and pushes nothing down', async () => {
  const terminal = new EmulatedTerminal(4, 2)
  new FramePainter(terminal).paint(rowsOf('abcdefgh\nnext'))
  const [first, second] = await terminal.screen()
  expect(first).toHaveLength(4)
  expect(second).toBe('next')
})

test('a forgotten screen is drawn anew, whatever stood there', async () => {
  const terminal = new EmulatedTerminal(10, 2)
  const painter = new FramePainter(terminal)
  painter.paint(rowsOf('one\ntwo'))
  terminal.write('\u001b[1;1Hnoise')
  painter.forget()
  painter.paint(rowsOf('one\ntwo'))
  expect(await terminal.screen()).toEqual(['one', 'two'])
})
