import { oneLine } from './columns.ts'
import type { Size } from './layout.ts'
import { mapPane } from './map-pane.ts'
import { type PlayControls, playHelp } from './play-controls.ts'
import { bold, dim, filled, fitted, justified, type Line, line, span } from './spans.ts'
import { storyPane } from './story-pane.ts'
import { tablePane } from './table-pane.ts'
import { typingLine } from './typing-line.ts'
import { scoreOf, type ViewModel } from './view-model.ts'

export interface PlayFrameProps {
  readonly title: string
  readonly view: ViewModel
  readonly controls: PlayControls
  readonly input: 'line' | 'char' | 'none'
  readonly size: Size
}

/** A status line, rules above and below the body, the line that is typed, the keys. */
const frameRows = 5

/** The screen of somebody who plays, a line a row: exactly as tall as the terminal. */
export function playFrame({ title, view, controls, input, size }: PlayFrameProps): readonly Line[] {
  const { columns, rows } = size
  const typing = inputLine(controls, input, columns)
  if (isSmall(size)) return [...storyPane(view.story, { columns, rows: rows - 1 }, controls.scroll), typing]
  const body = rows - frameRows
  const score = `${scoreOf(view.score, view.maxScore)}   turn ${view.turn}`
  const status = justified([span(view.room, bold), span(`   ${title}`, dim)], [span(score, bold)], columns)
  const rule = (joint: string, at: number) =>
    line(`${'─'.repeat(at)}${joint}${'─'.repeat(Math.max(0, columns - at - 1))}`, dim)
  const foot = [typing, footLine(controls, columns)]
  if (controls.panel === 'none' || columns < 80) {
    const whole = { columns, rows: body }
    const shown =
      controls.panel === 'none' ? storyPane(view.story, whole, controls.scroll) : panel(view, controls, whole)
    return [status, rule('─', 0), ...shown, rule('─', 0), ...foot]
  }
  const beside = Math.min(110, Math.max(51, Math.round(columns * 0.5)))
  const left = columns - beside - 3
  const story = storyPane(view.story, { columns: left, rows: body }, controls.scroll)
  const right = panel(view, controls, { columns: beside, rows: body })
  return [
    status,
    rule('┬', left + 1),
    ...story.map((row, index) => [...fitted(row, left), span(' │ ', dim), ...fitted(right[index] ?? [], beside)]),
    rule('┴', left + 1),
    ...foot,
  ]
}

/** How many lines of the story are in sight. */
export function playPage(size: Size): number {
  return isSmall(size) ? Math.max(1, size.rows - 1) : size.rows - frameRows
}

function isSmall({ columns, rows }: Size): boolean {
  return columns < 40 || rows < 10
}

function panel(view: ViewModel, { panel: shown }: PlayControls, size: Size): readonly Line[] {
  switch (shown) {
    case 'map':
      return mapPane(view.map, view.room, size)
    case 'help': {
      const rows = playHelp.map(([key, does]) => fitted([span(`  ${key.padEnd(11)}`, bold), span(does)], size.columns))
      return filled([line('keys and words', bold), ...rows], size.rows)
    }
    default:
      if (view.decision) return tablePane(view, size, null, [])
      return filled([line('The memory is being asked …', dim)], size.rows)
  }
}

function inputLine(
  { edit, asking, writesOver, panel: shown }: PlayControls,
  input: PlayFrameProps['input'],
  columns: number,
): Line {
  if (writesOver) return typingLine('write over: ', edit, '', columns)
  if (asking === 'save') return typingLine('save to: ', edit, '', columns)
  if (asking === 'restore') return typingLine('restore from: ', edit, '', columns)
  if (asking === 'transcript') return typingLine('transcript to: ', edit, '', columns)
  if (input === 'char') return fitted([span('Press a key.', { bold: true, colour: 'cyan' })], columns)
  const hint = input === 'none' ? 'the story has ended: undo, restore, or leave by Ctrl-D' : ''
  return typingLine('> ', edit, shown === 'help' ? '' : hint, columns)
}

function footLine({ message, panel: shown }: PlayControls, columns: number): Line {
  if (message !== '') return fitted([span(message, { colour: 'yellow' })], columns)
  const parts = [
    { text: 'Tab completes', drop: 2 },
    { text: '↑ before', drop: 3 },
    { text: 'undo', drop: 4 },
    { text: 'save', drop: 4 },
    { text: 'restore', drop: 4 },
    { text: shown === 'help' ? 'Ctrl-G story' : 'Ctrl-G map, help', drop: 1 },
    { text: 'Ctrl-D leaves', drop: 0 },
  ]
  return fitted([span(oneLine(parts, columns, '   '), dim)], columns)
}
