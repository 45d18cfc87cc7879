import { tableOf } from './advantage-rows.ts'
import { oneLine, type Part } from './columns.ts'
import { type Controls, entryHints } from './controls.ts'
import { keyHelp } from './keys.ts'
import { captionOf, divider, layoutOf, type Size } from './layout.ts'
import { mapPane } from './map-pane.ts'
import { scoresPane } from './scores-pane.ts'
import { bold, dim, filled, fitted, type Line, line, span } from './spans.ts'
import { agentLines, type Motion, plainStatus, statusLine, statusLines } from './status-lines.ts'
import { storyPane } from './story-pane.ts'
import { marks, tablePane } from './table-pane.ts'
import { typingLine } from './typing-line.ts'
import type { ViewModel } from './view-model.ts'
import { type Recall, whyPane } from './why-pane.ts'

/** One of the agents that are watched. */
export interface Agent {
  readonly view: ViewModel
  readonly recall: Recall
}

export interface FrameProps {
  /** One, or two to compare. */
  readonly agents: readonly Agent[]
  /** The static policy's mean score on the same terms; null where none is known. */
  readonly baseline: number | null
  readonly controls: Controls
  readonly motion: Motion
  readonly size: Size
}

/** The whole screen, a line a row: exactly as tall as the terminal, but for the one-line form. */
export function frameOf(props: FrameProps): readonly Line[] {
  const { agents, controls, motion, size } = props
  const { columns, rows } = size
  const layout = layoutOf(size, agents.length)
  const agent = agents[controls.focus] ?? agents[0]
  if (!agent) return filled([], rows)
  const { view } = agent
  const keys = footLine(controls, agents.length, size)
  if (layout.type === 'line') {
    const status = fitted(plainStatus(view, motion, columns), columns)
    // Nobody types blindly, nor misses what is said.
    return (controls.entry || controls.message !== '' ? [status, keys] : [status]).slice(-rows)
  }
  const foot = [...chartLines(props, layout.chart), keys]
  if (layout.type === 'stacked') {
    const story = storyPane(view.story, layout.story, controls.scroll)
    return [
      statusLine(view, motion, columns),
      ...(layout.story.rows > 0 ? [...story, rule(columns)] : []),
      ...panel(agent, controls, layout.table),
      rule(columns),
      ...foot,
    ]
  }
  if (layout.type === 'pair') {
    const [first, second = first] = agents.map((each, index) => agentColumn(each, index, props, layout))
    const at = layout.story.columns + 1
    const heads = statusLines(view, motion, columns).slice(0, 1)
    return [
      ...heads,
      rule(columns, '┬', at),
      ...beside(first ?? [], second ?? [], layout.story.columns, columns, -1),
      rule(columns, '┴', at),
      ...foot,
    ]
  }
  const at = layout.story.columns + 1
  const captionRule = controls.panel === 'table' ? layout.table.rows - captionOf(layout.table.rows).rows : -1
  const left = storyPane(view.story, layout.story, controls.scroll)
  return [
    ...statusLines(view, motion, columns),
    rule(columns, '┬', at),
    ...beside(left, panel(agent, controls, layout.table), layout.story.columns, columns, captionRule),
    rule(columns, '┴', at),
    ...foot,
  ]
}

/** How many lines of the story are in sight. */
export function storyPage(size: Size, agents: number): number {
  const layout = layoutOf(size, agents)
  return layout.type === 'line' ? 1 : Math.max(1, layout.story.rows)
}

/** How long help is, and how many of its lines are in sight. */
export function helpSize(size: Size, agents: number): { readonly lines: number; readonly page: number } {
  const layout = layoutOf(size, agents)
  return { lines: helpLines(size.columns).length, page: layout.type === 'line' ? Infinity : layout.table.rows }
}

function agentColumn(
  agent: Agent,
  index: number,
  { controls, motion }: FrameProps,
  layout: { readonly story: Size; readonly table: Size },
): readonly Line[] {
  const focused = index === controls.focus
  const mine: Controls = focused ? controls : { ...controls, selected: null, scroll: 0, panel: 'table' }
  return [
    ...agentLines(agent.view, motion, layout.story.columns, focused),
    ...storyPane(agent.view.story, layout.story, mine.scroll),
    line('─'.repeat(layout.story.columns), dim),
    ...panel(agent, mine, layout.table),
  ]
}

function panel({ view, recall }: Agent, controls: Controls, size: Size): readonly Line[] {
  switch (controls.panel) {
    case 'map':
      return mapPane(view.map, view.room, size)
    case 'help':
      return filled(helpLines(size.columns).slice(controls.helpFrom), size.rows)
    case 'table': {
      const table = view.decision && tableOf(view.decision)
      const row = controls.selected === null ? undefined : table?.rows[controls.selected]
      const why = row ? whyPane(row, recall, size.columns) : []
      return tablePane(view, size, controls.selected, why)
    }
  }
}

function helpLines(columns: number): readonly Line[] {
  const keys = keyHelp.map(([key, does]) => fitted([span(`  ${key.padEnd(10)}`, bold), span(does)], columns))
  const legend = [
    fitted([span(`  ${marks.chosen}  `, bold), span('the command that was chosen')], columns),
    fitted([span(`  ${marks.staticChoice}  `, bold), span('the base policy’s choice by the same draw')], columns),
    fitted([span(`  ${marks.remembered}  `, bold), span('a command that only the memory brought in')], columns),
  ]
  return [line('keys', bold), ...keys, [], ...legend]
}

function chartLines({ agents, baseline, controls, size }: FrameProps, rows: number): readonly Line[] {
  const { columns } = size
  const half = Math.floor((columns - divider.length) / 2)
  const agent = agents[controls.focus] ?? agents[0]
  if (agents.length < 2 || columns < 80) {
    return agent ? scoresPane({ view: agent.view, baseline, beside: [], columns, rows }) : filled([], rows)
  }
  const [first, second] = agents.map(({ view }, index) => {
    const beside = agents.flatMap((other, place) => (place === index ? [] : other.view.scores))
    return scoresPane({ view, baseline, beside, columns: half, rows })
  })
  return beside(first ?? [], second ?? [], half, columns, -1)
}

function beside(
  first: readonly Line[],
  second: readonly Line[],
  leftColumns: number,
  columns: number,
  captionRule: number,
): readonly Line[] {
  return first.map((row, index) => [
    ...fitted(row, leftColumns),
    span(index === captionRule ? ' ├─' : divider, dim),
    ...fitted(second[index] ?? [], columns - leftColumns - divider.length),
  ])
}

function rule(columns: number, joint = '─', at = 0): Line {
  return line(`${'─'.repeat(at)}${joint}${'─'.repeat(Math.max(0, columns - at - 1))}`, dim)
}

function afterHelp({ helpFrom }: Controls, agents: number, size: Size): string {
  const { lines, page } = helpSize(size, agents)
  return helpFrom + page < lines ? '? more' : '? table'
}

function footLine(controls: Controls, agents: number, size: Size): Line {
  const { entry, message, pace, panel: shown } = controls
  const { columns } = size
  if (entry) return typingLine(`${entry.purpose}: `, entry.edit, entryHints[entry.purpose], columns)
  if (message !== '') return fitted([span(message, { colour: 'yellow' })], columns)
  const parts: readonly Part[] = [
    { text: pace.paused ? 'space run' : 'space pause', drop: 1 },
    { text: 'n turn', drop: 2 },
    { text: '+/- speed', drop: 2 },
    { text: 'b/f back, forward', drop: 3 },
    { text: '↑↓ why', drop: 4 },
    { text: shown === 'map' ? 'm table' : 'm map', drop: 4 },
    { text: 't take over', drop: 5 },
    { text: agents > 1 ? 'Tab other agent' : '', drop: 3 },
    { text: shown === 'help' ? afterHelp(controls, agents, size) : '? help', drop: 1 },
    { text: 'q quit', drop: 0 },
    { text: `${marks.chosen} chosen  ${marks.staticChoice} static choice`, drop: 6 },
  ]
  return fitted([span(oneLine(parts, columns, '   '), dim)], columns)
}
