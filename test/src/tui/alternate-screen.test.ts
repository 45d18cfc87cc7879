import process from 'node:process'
import { expect, test } from 'vitest'
import { openAlternateScreen } from '../../../src/tui/alternate-screen.ts'
import { EmulatedTerminal } from './emulated-terminal.ts'

async function shell() {
  const terminal = new EmulatedTerminal(20, 5)
  terminal.write('$ grue watch\n')
  await terminal.screen()
  return terminal
}

test('the screen before comes back, with cursor and wrapping, and nothing of the screen in between', async () => {
  const terminal = await shell()
  const screen = openAlternateScreen(terminal)
  terminal.write('frame')
  await terminal.screen()
  expect(terminal.isAlternate).toBe(true)
  screen.close()
  expect(await terminal.screen()).toEqual(['$ grue watch', '', '', '', ''])
  expect(terminal.cursorIsVisible).toBe(true)
})

test('a crash gives the terminal back before the error is printed', async () => {
  const terminal = await shell()
  const screen = openAlternateScreen(terminal)
  const crashed = process.listeners('uncaughtExceptionMonitor')
  for (const listener of crashed) listener(new Error('crash'), 'uncaughtException')
  await terminal.screen()
  expect(terminal.isAlternate).toBe(false)
  expect(terminal.cursorIsVisible).toBe(true)
  screen.close()
})

test('nothing listens any more once it is closed', async () => {
  const before = process.listenerCount('exit') + process.listenerCount('uncaughtExceptionMonitor')
  openAlternateScreen(await shell()).close()
  expect(process.listenerCount('exit') + process.listenerCount('uncaughtExceptionMonitor')).toBe(before)
})
