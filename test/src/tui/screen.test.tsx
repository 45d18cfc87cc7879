import { cleanup, render } from 'ink-testing-library'
import stringWidth from 'string-width'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { paletteOf } from '../../../src/tui/palette.ts'
import { Screen } from '../../../src/tui/screen.tsx'
import { emptyView, reduce, type ViewModel } from '../../../src/tui/view-model.ts'
import { observation, syntheticRun } from './synthetic-run.ts'

afterEach(cleanup)

const pace = { paused: false, turnsPerSecond: 2, stopping: false }
const palette = paletteOf({ NO_COLOR: '1' })

async function viewAfter(count: number): Promise<ViewModel> {
  let view = emptyView
  for await (const event of syntheticRun()) {
    view = reduce(view, event)
    count -= 1
    if (count === 0) break
  }
  return view
}

/** ink-testing-library's terminal has 100 columns, whatever the screen is told. */
function frameOf(view: ViewModel, columns: number, rows: number, onKey = (_: string) => {}) {
  return render(<Screen view={view} pace={pace} size={{ columns, rows }} palette={palette} onKey={onKey} />)
}

const sizes = [
  [100, 24],
  [80, 24],
  [79, 30],
  [60, 20],
  [40, 10],
  [100, 12],
  [100, 60],
] as const

describe('the screen', () => {
  test.each(sizes)('is exactly as large as a terminal of %d x %d, at every moment of a run', async (columns, rows) => {
    let view = emptyView
    for await (const event of syntheticRun(1, 2)) {
      view = reduce(view, event)
      const lines = frameOf(view, columns, rows).lastFrame()?.split('\n') ?? []
      expect(lines).toHaveLength(rows)
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
    }
  })

  test('is one line where there is room for no more', async () => {
    const frame = frameOf(await viewAfter(9), 30, 5).lastFrame()
    expect(frame?.split('\n')).toHaveLength(1)
    expect(frame).toContain('Sluice Gallery')
  })

  test('shows the story, the table, the state and the scores', async () => {
    const frame = frameOf(await viewAfter(40), 100, 30).lastFrame()
    for (const part of [
      'The Weir   jitrl   prior lexical (lexical features)',
      'turn 5/6   episode 2/4',
      '> push lever',
      'command',
      '[lock house][oilskin coat, tallow candle][open,',
      'V 1.25   70 visits   5 neighbours',
      'best 5 (episode 1)',
      'space pause',
    ])
      expect(frame).toContain(part)
  })

  test('keeps its columns with wide characters, long words and a flood of text', async () => {
    const text = `迷宮の扉 cafe\u0301 ${'x'.repeat(300)}\n${'A long corridor. '.repeat(3000)}`
    const view = reduce(await viewAfter(9), {
      type: 'observed',
      episode: 1,
      turn: 2,
      observation: observation({ text, location: '迷宮'.repeat(40) }),
      worldHash: '0'.repeat(16),
      reachHash: '0'.repeat(16),
      validActions: [],
    })
    const lines = frameOf(view, 100, 30).lastFrame()?.split('\n') ?? []
    expect(lines).toHaveLength(30)
    const body = lines.slice(3, 27)
    for (const line of body) {
      const bar = line.search(/[│├]/)
      expect(stringWidth(line.slice(0, bar))).toBe(100 - 58 - 2)
    }
  })

  test('hands on every key, also several that arrive at once', async () => {
    const onKey = vi.fn()
    const { stdin } = frameOf(emptyView, 80, 24, onKey)
    await new Promise((resolve) => setTimeout(resolve, 20))
    stdin.write('+n')
    stdin.write('\u0003')
    stdin.write(' ')
    expect(onKey.mock.calls.flat()).toEqual(['+', 'n', 'ctrl+c', ' '])
  })
})
