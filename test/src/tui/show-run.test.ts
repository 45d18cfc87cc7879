import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../harness/index.ts'
import { pacedReplay } from '../../../src/tui/paced-replay.ts'
import { type ScreenOptions, showRun } from '../../../src/tui/show-run.tsx'
import type { RunCommand, WatchedRun } from '../../../src/tui/turn-gate.ts'
import { EmulatedKeyboard, EmulatedTerminal } from './emulated-terminal.ts'
import { syntheticRun } from './synthetic-run.ts'

function show(run: WatchedRun, columns: number, rows: number, env: NodeJS.ProcessEnv = {}) {
  const terminal = new EmulatedTerminal(columns, rows)
  const keyboard = new EmulatedKeyboard()
  // The emulations have the members that are used of a terminal's two streams.
  const streams = { stdin: keyboard, stdout: terminal } as unknown as Pick<ScreenOptions, 'stdin' | 'stdout'>
  const outcome = showRun(run, { ...streams, env, speed: 2, resume: 'grue watch --out here' })
  return { terminal, keyboard, outcome }
}

async function eventually(check: () => Promise<boolean>) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await check()) return
    await sleep(10)
  }
  throw new Error('It did not come about within two seconds.')
}

const atFullSpeed = () => pacedReplay(syntheticRun(), { speed: Infinity })
const shows = (terminal: EmulatedTerminal, text: string) => async () =>
  (await terminal.screen()).join('\n').includes(text)

describe('a run on a terminal', () => {
  test.each([
    [80, 24],
    [120, 40],
    [200, 60],
    [300, 100],
  ])('of %d x %d fills it and fits', async (columns, rows) => {
    const { terminal, keyboard, outcome } = show(atFullSpeed(), columns, rows)
    await eventually(shows(terminal, 'finished'))
    const screen = await terminal.screen()
    expect(terminal.isAlternate).toBe(true)
    expect(terminal.cursorIsVisible).toBe(false)
    expect(terminal.scrolledOff).toBe(0)
    expect(screen[0]).toMatch(/^The Weir {3}jitrl .*finished$/)
    expect(screen[1]).toMatch(/^Pump Room {3}20\/50 {3}turn 6\/6 {3}episode 4\/4/)
    expect(screen[2]).toMatch(/^─+┬─+$/)
    expect(screen[2]).toHaveLength(columns)
    expect(screen.findIndex((line) => line.includes('Episode 4 ended'))).toBeGreaterThan(3)
    expect(screen.at(-2)).toMatch(/^scores .*last 20 {3}best 20 \(episode 4\) {3}mean 12.50/)
    expect(screen.at(-1)).toMatch(/^space pause/)
    keyboard.type('q')
    await outcome
  })

  test('is left by q with the terminal as it was, a summary and how to go on', async () => {
    const { terminal, keyboard, outcome } = show(pacedReplay(syntheticRun(), { speed: 50 }), 80, 24)
    await eventually(shows(terminal, 'episode 2/4'))
    expect(keyboard.isRaw).toBe(true)
    keyboard.type('q')
    expect(await outcome).toEqual({ exitCode: 0 })
    const screen = await terminal.screen()
    expect(terminal.isAlternate).toBe(false)
    expect(terminal.cursorIsVisible).toBe(true)
    expect(terminal.wrapsLines).toBe(true)
    expect(keyboard.isRaw).toBe(false)
    expect(screen.slice(0, 3)).toEqual([
      '1 of 4 episodes finished: last 5/50, best 5 (episode 1), mean 5.00.',
      'Continue with: grue watch --out here',
      '',
    ])
  })

  test('pauses, takes single turns and goes on', async () => {
    const { terminal, keyboard, outcome } = show(pacedReplay(syntheticRun(), { speed: 2 }), 80, 24)
    await eventually(shows(terminal, 'turn 0/6'))
    keyboard.type(' ')
    await eventually(shows(terminal, 'paused'))
    keyboard.type('nn')
    await eventually(shows(terminal, 'turn 2/6'))
    keyboard.type('+++++')
    keyboard.type(' ')
    await eventually(shows(terminal, 'finished'))
    keyboard.type('\u0003')
    expect(await outcome).toEqual({ exitCode: 130 })
  })

  test('follows every resize', async () => {
    const { terminal, keyboard, outcome } = show(atFullSpeed(), 120, 40)
    await eventually(shows(terminal, 'finished'))
    for (const [columns, rows] of [
      [60, 16],
      [200, 60],
      [30, 5],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows)
      const last = columns === 30 ? 'Pump Room' : 'q quit'
      await eventually(async () => (await terminal.screen()).some((line) => line.includes(last)))
      expect(terminal.scrolledOff).toBe(0)
    }
    const screen = await terminal.screen()
    expect(screen[2]).toMatch(/^─+┬─+$/)
    expect(screen[2]).toHaveLength(80)
    keyboard.type('q')
    await outcome
  })

  test('that failed says so on the screen, below it and by its exit code', async () => {
    async function* broken(): AsyncGenerator<RunEvent> {
      yield { type: 'failed', message: 'The memory is full.' }
    }
    const { terminal, keyboard, outcome } = show(pacedReplay(broken(), { speed: Infinity }), 80, 24)
    await eventually(shows(terminal, 'The memory is full.'))
    keyboard.type('q')
    expect(await outcome).toEqual({ exitCode: 1 })
    expect((await terminal.screen())[0]).toBe('failed: The memory is full.')
  })

  test('that hangs in a turn is left at the second key press', async () => {
    const commands: RunCommand[] = []
    async function* hanging(): AsyncGenerator<RunEvent> {
      await new Promise(() => {})
    }
    const run: WatchedRun = { events: hanging(), control: (command) => commands.push(command), abandon: () => {} }
    const { terminal, keyboard, outcome } = show(run, 80, 24)
    await eventually(shows(terminal, 'q quit'))
    keyboard.type('q')
    await eventually(shows(terminal, 'stopping'))
    keyboard.type('q')
    expect(await outcome).toEqual({ exitCode: 0 })
    expect(commands[0]).toEqual({ type: 'stop' })
    await terminal.screen()
    expect(terminal.isAlternate).toBe(false)
  })

  test('whose events cannot be shown leaves the terminal as it was and says why', async () => {
    async function* unreadable(): AsyncGenerator<RunEvent> {
      yield { type: 'episode-started', episode: 1, gameSeed: 1 }
      throw new Error('unreadable')
    }
    const { terminal, outcome } = show({ events: unreadable(), control: () => {}, abandon: () => {} }, 80, 24)
    await expect(outcome).rejects.toThrow('unreadable')
    await terminal.screen()
    expect(terminal.isAlternate).toBe(false)
    expect(terminal.cursorIsVisible).toBe(true)
  })

  test('has no colours when NO_COLOR asks for none', async () => {
    const { terminal, keyboard, outcome } = show(atFullSpeed(), 80, 24, { NO_COLOR: '1' })
    await eventually(shows(terminal, 'finished'))
    keyboard.type('q')
    await outcome
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
    expect(terminal.written).not.toMatch(/\u001b\[(3[0-7]|9[0-7])m/)
  })
})
