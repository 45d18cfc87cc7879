import { beforeAll, expect, test } from 'vitest'
import { type Controls, initialControls } from '../../../src/tui/controls.ts'
import { frameOf } from '../../../src/tui/frame.ts'
import { FramePainter } from '../../../src/tui/frame-painter.ts'
import { PaintedRows } from '../../../src/tui/painted-rows.ts'
import { TurnGate, turns } from '../../../src/tui/turn-gate.ts'
import { WatchedAgent } from '../../../src/tui/watched-agent.ts'
import { EmulatedTerminal } from './emulated-terminal.ts'
import { syntheticRun } from './synthetic-run.ts'

// Screens as a terminal shows them, looked at by a person before they were kept: `vitest -u` keeps new ones.

const watched = new WatchedAgent()
beforeAll(() => watched.follow(turns(syntheticRun(6, 6), new TurnGate(Infinity)), () => {}))

async function screenOf(columns: number, rows: number, change: Partial<Controls>, agents = 1): Promise<string> {
  const terminal = new EmulatedTerminal(columns, rows)
  const controls = { ...initialControls(2, 'live'), ...change }
  const motion = { pace: controls.pace, kind: 'live', rate: null, behind: 0, reading: false, prices: null } as const
  const shown = [watched.at(33), watched.at(26)].slice(0, agents)
  const rowsOf = new PaintedRows()
  const lines = frameOf({ agents: shown, baseline: 7.5, controls, motion, size: { columns, rows } })
  new FramePainter(terminal).paint(rowsOf.standInsOf(lines, true).map((row) => rowsOf.rowOf(row)))
  return `${(await terminal.screen()).join('\n')}\n`
}

test.each([
  ['80x24', 80, 24, {}, 1],
  ['120x40-why', 120, 40, { selected: 2 }, 1],
  ['120x40-map', 120, 40, { panel: 'map' }, 1],
  ['200x60', 200, 60, {}, 1],
  ['200x60-compared', 200, 60, {}, 2],
  ['60x20', 60, 20, {}, 1],
  ['80x24-help', 80, 24, { panel: 'help' }, 1],
] as const)('the screen %s', async (name, columns, rows, change, agents) => {
  await expect(await screenOf(columns, rows, change, agents)).toMatchFileSnapshot(`screens/${name}.txt`)
})
