import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../harness/index.ts'
import { type ScreenOptions, type Shown, showRun } from '../../../src/tui/show-run.ts'
import type { RunCommand, WatchedRun } from '../../../src/tui/turn-gate.ts'
import { EmulatedKeyboard, EmulatedTerminal } from './emulated-terminal.ts'
import { playedBy, syntheticRun } from './synthetic-run.ts'

function show(shown: Shown | WatchedRun, columns: number, rows: number, env: NodeJS.ProcessEnv = {}) {
  const terminal = new EmulatedTerminal(columns, rows)
  const keyboard = new EmulatedKeyboard()
  // The emulations have the members that are used of a terminal's two streams.
  const streams = { stdin: keyboard, stdout: terminal } as unknown as Pick<ScreenOptions, 'stdin' | 'stdout'>
  const outcome = showRun('kind' in shown ? shown : { kind: 'live', runs: [{ run: shown }] }, {
    ...streams,
    env,
    speed: 2,
    resume: 'grue watch --out here',
  })
  return { terminal, keyboard, outcome }
}

async function eventually(check: () => Promise<boolean>) {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await check()) return
    await sleep(10)
  }
  throw new Error('It did not come about within ten seconds.')
}

const atFullSpeed = () => playedBy(syntheticRun())
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
    expect(screen[0]).toMatch(/^The Weir {2,3}jitrl:grue .*finished$/)
    expect(screen[1]).toMatch(/^Pump Room {2,3}20\/50 {2,3}turn 6\/6 {2,3}episode 4\/4/)
    expect(screen[2]).toMatch(/^─+┬─+$/)
    expect(screen[2]).toHaveLength(columns)
    expect(screen.findIndex((line) => line.includes('Episode 4 ended'))).toBeGreaterThan(3)
    expect(screen.slice(-9, -1).join('\n')).toContain('best 20 (episode 4)')
    expect(screen.at(-1)).toMatch(/^space pause/)
    keyboard.type('q')
    await outcome
  })

  test('is left by q with the terminal as it was, a summary and how to go on', async () => {
    const { terminal, keyboard, outcome } = show(playedBy(syntheticRun(), 50), 80, 24)
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
    const { terminal, keyboard, outcome } = show(playedBy(syntheticRun(), 2), 80, 24)
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
    const { terminal, keyboard, outcome } = show(playedBy(broken()), 80, 24)
    await eventually(shows(terminal, 'The memory is full.'))
    keyboard.type('q')
    expect(await outcome).toEqual({ exitCode: 1 })
    expect((await terminal.screen())[0]).toBe('failed: The memory is full.')
  })

  test('that hangs in a turn is left at the second key press', async () => {
    const commands: RunCommand[] = []
    async function* hanging(): AsyncGenerator<readonly RunEvent[]> {
      await new Promise(() => {})
    }
    const run: WatchedRun = { turns: hanging(), control: (command) => commands.push(command), abandon: () => {} }
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
    async function* unreadable(): AsyncGenerator<readonly RunEvent[]> {
      yield [{ type: 'episode-started', episode: 1, gameSeed: 1 }]
      throw new Error('unreadable')
    }
    const { terminal, outcome } = show({ turns: unreadable(), control: () => {}, abandon: () => {} }, 80, 24)
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

  test('draws nothing anew that has not changed, and at most thirty frames a second', async () => {
    const { terminal, keyboard, outcome } = show(playedBy(syntheticRun(10, 20)), 80, 24)
    const began = performance.now()
    await eventually(shows(terminal, 'finished'))
    const frames = terminal.written.split('\u001b[?2026h').length - 1
    expect(frames).toBeLessThanOrEqual((performance.now() - began) / (1000 / 30) + 2)
    await sleep(50)
    terminal.written = ''
    keyboard.type('x')
    await sleep(50)
    expect(terminal.written).toBe('')
    keyboard.type('q')
    await outcome
  })
})

describe('a recording on a terminal', () => {
  const recording = (): Shown => ({ kind: 'recorded', recordings: [syntheticRun()] })

  test('is gone through by hand: forward, back, to the next score and to the end', async () => {
    const { terminal, keyboard, outcome } = show(recording(), 120, 40)
    await eventually(shows(terminal, 'replay, 2 turns/s'))
    keyboard.type(' ')
    await eventually(shows(terminal, 'replay, paused'))
    keyboard.type('ff')
    await eventually(shows(terminal, 'turn 2/6'))
    keyboard.type('b')
    await eventually(shows(terminal, 'turn 1/6'))
    keyboard.type('/score\r')
    await eventually(shows(terminal, 'turn 3/6'))
    expect((await terminal.screen()).join('\n')).toContain('+5')
    keyboard.type('/e4.6\r')
    await eventually(shows(terminal, 'turn 6/6   episode 4/4'))
    keyboard.type('q')
    expect(await outcome).toEqual({ exitCode: 0 })
  })

  test('is played on from a past turn, in a run of its own', async () => {
    const forks: unknown[] = []
    const fork = (...point: unknown[]) => {
      forks.push(point)
      const run = playedBy(syntheticRun(1, 2), 50)
      run.control({ type: 'pause' })
      return { run, folder: 'fork', resume: 'grue watch --out fork' }
    }
    const { terminal, keyboard, outcome } = show({ ...recording(), fork }, 120, 40)
    await eventually(shows(terminal, 'replay, 2 turns/s'))
    keyboard.type('/2\r')
    keyboard.type('topen l\t\r')
    await eventually(shows(terminal, 'episode 1/1'))
    await eventually(shows(terminal, 'A fork: a run of its own, in fork.'))
    expect(forks).toEqual([[1, 2, 'open ledger']])
    await eventually(shows(terminal, 'paused'))
    keyboard.type(' ')
    await eventually(shows(terminal, 'finished'))
    keyboard.type('q')
    await outcome
    expect((await terminal.screen()).join('\n')).toContain('1 of 1 episodes finished')
  })

  test('stands beside another, turn by turn', async () => {
    const both: Shown = { kind: 'recorded', recordings: [syntheticRun(), syntheticRun()] }
    const { terminal, keyboard, outcome } = show(both, 140, 40)
    await eventually(shows(terminal, 'replay, 2 turns/s'))
    keyboard.type('/e3.4\r')
    await eventually(async () => (await terminal.screen())[3]?.match(/turn 4\/6 +episode 3/g)?.length === 2)
    keyboard.type('q')
    await outcome
  })

  test('stays at its turn when the other is looked at, however long the episodes before were', async () => {
    const both: Shown = { kind: 'recorded', recordings: [syntheticRun(4, 6), syntheticRun(4, 5)] }
    const { terminal, keyboard, outcome } = show(both, 140, 40)
    await eventually(shows(terminal, 'replay, 2 turns/s'))
    keyboard.type('/e3.4\r\t')
    await eventually(async () => (await terminal.screen())[2]?.includes('│ ▸ jitrl') === true)
    expect((await terminal.screen())[3]).toMatch(/turn 4\/6 +episode 3.*turn 4\/5 +episode 3/)
    keyboard.type('q')
    await outcome
  })
})
