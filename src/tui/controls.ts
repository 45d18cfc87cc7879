import { goTo, goToHint, type Marks } from './go-to.ts'
import { type Pace, speeds } from './keys.ts'
import { completions, edited, emptyLine, type LineEdit, lineOf, typed } from './line-edit.ts'
import { policyChange, policyHint, policyWords } from './policy-change.ts'
import type { RunCommand } from './turn-gate.ts'

/** All that keys change: what of the run is looked at, and how it moves on. */
export interface Controls {
  readonly pace: Pace
  /** The turn that is looked at. */
  readonly at: number
  /** Whether that is to stay the newest one of a live run. */
  readonly following: boolean
  readonly panel: 'table' | 'map' | 'help'
  /** The line that help begins with, where it is longer than its pane. */
  readonly helpFrom: number
  /** The selected row of the table, by rank; its memories are shown. */
  readonly selected: number | null
  /** Lines that the story is scrolled up by. */
  readonly scroll: number
  readonly entry: Entry | null
  /** One line for the person, until the next key. */
  readonly message: string
  /** Which of the agents is looked at where there are several. */
  readonly focus: number
}

/** A line that is being typed. */
export interface Entry {
  readonly purpose: 'take over' | 'policy' | 'go to'
  readonly edit: LineEdit
  /** What was typed before Tab took its place, and how many Tabs ago. */
  readonly completing: { readonly typed: string; readonly count: number } | null
}

export const entryHints: Readonly<Record<Entry['purpose'], string>> = {
  'take over': 'a command, Tab completes it',
  policy: policyHint,
  'go to': goToHint,
}

const hasEnded = 'The run has ended: b goes back, t plays on from there.'

/** What the keys act on. */
export interface Situation {
  readonly kind: 'live' | 'recorded'
  readonly marks: Marks
  /** Rows of the table that is looked at. */
  readonly rows: number
  /** Lines of the story that are in sight. */
  readonly page: number
  /** The lines of help, and how many of them are in sight. */
  readonly help: { readonly lines: number; readonly page: number }
  readonly validActions: readonly string[]
  /** The policy of the turn that is looked at. */
  readonly policy: string
  /** Whether the run asks a model. */
  readonly hasModel: boolean
  /** Whether the run has ended: nobody plays on. */
  readonly isOver: boolean
  readonly agents: number
  /** Whether the story can be played on from a turn that is looked at. */
  readonly canFork: boolean
}

export type Effect =
  | { readonly type: 'run'; readonly command: RunCommand }
  | { readonly type: 'save picture' }
  | { readonly type: 'leave'; readonly how: 'quit' | 'interrupt' }
  | { readonly type: 'suspend' }
  /** Plays on from a past turn, in a run of its own. */
  | { readonly type: 'fork'; readonly episode: number; readonly turn: number; readonly command: string }

export interface Pressed {
  readonly controls: Controls
  readonly effects: readonly Effect[]
}

export function initialControls(turnsPerSecond: number, kind: Situation['kind']): Controls {
  return {
    pace: { paused: false, turnsPerSecond, rushing: false, stopping: false },
    at: 0,
    following: kind === 'live',
    panel: 'table',
    helpFrom: 0,
    selected: null,
    scroll: 0,
    entry: null,
    message: '',
    focus: 0,
  }
}

/**
 * What one key does. `key` is a character, `ctrl+` and a letter, or a key's name: `up`, `down`, `left`, `right`,
 * `pageup`, `pagedown`, `home`, `end`, `return`, `escape`, `tab`, `backspace`, `delete`.
 */
export function press(before: Controls, key: string, situation: Situation): Pressed {
  const controls = { ...before, message: '' }
  if (key === 'ctrl+c') return leave(controls, 'interrupt')
  if (key === 'ctrl+z') return { controls, effects: [{ type: 'suspend' }] }
  if (controls.entry) return typeInto(controls, controls.entry, key, situation)
  const last = situation.marks.length - 1
  const live = situation.kind === 'live'
  switch (key) {
    case ' ':
      return live
        ? pauseOrResume(controls, last)
        : run({ ...controls, pace: toggled(controls.pace) }, pausing(controls))
    case 'n':
      if (!live || controls.at < last) return paused(moved(controls, controls.at + 1, situation))
      return run({ ...controls, following: true, pace: halted(controls.pace) }, { type: 'pause' }, { type: 'step' })
    case 'e':
      return toEpisodeEnd(controls, situation)
    case '+':
    case '=':
      return atSpeed(
        controls,
        speeds.find((speed) => speed > controls.pace.turnsPerSecond),
      )
    case '-':
    case '_':
      return atSpeed(
        controls,
        speeds.findLast((speed) => speed < controls.pace.turnsPerSecond),
      )
    case 'b':
    case 'left':
      return paused({ ...moved(controls, controls.at - 1, situation), following: false })
    case 'f':
    case 'right':
      return paused(moved(controls, controls.at + 1, situation))
    case 'up':
    case 'down':
      return only({ ...controls, panel: 'table', selected: selectedBy(controls.selected, key, situation.rows) })
    case 'pageup':
      return only({ ...controls, scroll: controls.scroll + Math.max(1, situation.page - 1) })
    case 'pagedown':
      return only({ ...controls, scroll: Math.max(0, controls.scroll - Math.max(1, situation.page - 1)) })
    case 'home':
      return only({ ...controls, scroll: Number.MAX_SAFE_INTEGER })
    case 'end':
      return only({ ...controls, scroll: 0 })
    case 'escape':
    case 'return':
      return only({ ...controls, panel: 'table', selected: null, scroll: 0 })
    case 'm':
      return only({ ...controls, panel: controls.panel === 'map' ? 'table' : 'map' })
    case '?':
    case 'h':
      return only(leafed(controls, situation))
    case 'tab':
      return only({ ...controls, focus: (controls.focus + 1) % situation.agents, selected: null })
    case 't':
      return takeOver(controls, situation)
    case 'p':
      if (!live) return only({ ...controls, message: 'A recording plays as it was recorded; t plays on from here.' })
      if (situation.isOver) return only({ ...controls, message: hasEnded })
      return paused({ ...controls, entry: { purpose: 'policy', edit: emptyLine, completing: null } })
    case '/':
      return paused({ ...controls, entry: { purpose: 'go to', edit: emptyLine, completing: null } })
    case 's':
      return { controls, effects: [{ type: 'save picture' }] }
    case 'q':
      return leave(controls, 'quit')
    default:
      return only(controls)
  }
}

/** Help, the rest of it, and then the table again. */
function leafed(controls: Controls, { help }: Situation): Controls {
  if (controls.panel !== 'help') return { ...controls, panel: 'help', helpFrom: 0 }
  const helpFrom = controls.helpFrom + help.page
  return helpFrom < help.lines ? { ...controls, helpFrom } : { ...controls, panel: 'table' }
}

function only(controls: Controls): Pressed {
  return { controls, effects: [] }
}

function run(controls: Controls, ...commands: readonly RunCommand[]): Pressed {
  return { controls, effects: commands.map((command) => ({ type: 'run', command })) }
}

/** Whoever looks back, or types, does not want the run to go on meanwhile. */
function paused(controls: Controls): Pressed {
  return run({ ...controls, pace: halted(controls.pace) }, { type: 'pause' })
}

function halted(pace: Pace): Pace {
  return { ...pace, paused: true, rushing: false }
}

function toggled(pace: Pace): Pace {
  return { ...pace, paused: !pace.paused, rushing: false }
}

function pausing({ pace }: Controls): RunCommand {
  return { type: pace.paused ? 'resume' : 'pause' }
}

/** To go on is to look at what comes, too. */
function pauseOrResume(controls: Controls, last: number): Pressed {
  const pace = toggled(controls.pace)
  return run(
    pace.paused ? { ...controls, pace } : { ...controls, pace, following: true, at: last, scroll: 0 },
    pausing(controls),
  )
}

function moved(controls: Controls, wanted: number, { marks, kind }: Situation): Controls {
  const last = marks.length - 1
  const at = Math.max(marks.first, Math.min(last, wanted))
  return { ...controls, at, following: kind === 'live' && at === last, scroll: 0 }
}

function toEpisodeEnd(controls: Controls, situation: Situation): Pressed {
  const { marks, kind } = situation
  for (let index = controls.at + 1; index < marks.length; index += 1) {
    if (marks.mark(index)?.last) return paused(moved(controls, index, situation))
  }
  if (kind === 'recorded') return paused(moved(controls, marks.length - 1, situation))
  const pace: Pace = { ...controls.pace, paused: false, rushing: true }
  return run({ ...controls, pace, following: true, at: marks.length - 1 }, { type: 'rush' })
}

function atSpeed(controls: Controls, turnsPerSecond = controls.pace.turnsPerSecond): Pressed {
  return run({ ...controls, pace: { ...controls.pace, turnsPerSecond } }, { type: 'speed', turnsPerSecond })
}

function selectedBy(selected: number | null, key: 'up' | 'down', rows: number): number | null {
  if (rows === 0) return null
  if (selected === null) return key === 'down' ? 0 : rows - 1
  return Math.max(0, Math.min(rows - 1, selected + (key === 'down' ? 1 : -1)))
}

function leave(controls: Controls, how: 'quit' | 'interrupt'): Pressed {
  return { controls: { ...controls, entry: null }, effects: [{ type: 'leave', how }] }
}

function takeOver(controls: Controls, { marks, canFork, kind, validActions }: Situation): Pressed {
  const isNow = kind === 'live' && controls.at === marks.length - 1
  const mark = marks.mark(controls.at)
  if (!mark) return only({ ...controls, message: 'The run is still starting.' })
  if (mark.last || validActions.length === 0) {
    return only({ ...controls, message: 'The story has ended here: go back with b and take over from there.' })
  }
  if (!isNow && !canFork) return only({ ...controls, message: 'This run cannot be played on from a past turn.' })
  return paused({ ...controls, entry: { purpose: 'take over', edit: emptyLine, completing: null } })
}

function typeInto(controls: Controls, entry: Entry, key: string, situation: Situation): Pressed {
  if (key === 'escape') return only({ ...controls, entry: null })
  if (key === 'return') return submitted({ ...controls, entry: null }, entry, situation)
  if (key === 'tab') return only({ ...controls, entry: completed(entry, situation) })
  const edit = edited(entry.edit, key)
  return only(edit ? { ...controls, entry: { ...entry, edit, completing: null } } : controls)
}

function completed(entry: Entry, { validActions }: Situation): Entry {
  if (entry.purpose === 'go to') return entry
  const before = entry.completing?.typed ?? typed(entry.edit)
  const count = entry.completing ? entry.completing.count + 1 : 0
  const cut = entry.purpose === 'policy' ? before.lastIndexOf(' ') + 1 : 0
  const choices = completions(before.slice(cut), entry.purpose === 'policy' ? policyWords : validActions)
  const choice = choices[count % Math.max(1, choices.length)]
  if (choice === undefined) return entry
  return { ...entry, edit: lineOf(before.slice(0, cut) + choice), completing: { typed: before, count } }
}

function submitted(controls: Controls, entry: Entry, situation: Situation): Pressed {
  const text = typed(entry.edit).trim()
  if (text === '') return only(controls)
  switch (entry.purpose) {
    case 'go to': {
      const index = goTo(text, controls.at, situation.marks)
      return only(typeof index === 'number' ? moved(controls, index, situation) : { ...controls, message: index })
    }
    case 'policy': {
      const change = policyChange(text, situation.policy, situation.hasModel)
      if (typeof change === 'string') return only({ ...controls, message: change })
      // While somebody was typing.
      if (situation.isOver) return only({ ...controls, message: hasEnded })
      const message = 'Changed from the next turn on.'
      return run({ ...controls, message }, { type: 'intervene', doing: { type: 'policy', ...change } })
    }
    case 'take over': {
      const { marks, kind } = situation
      if (kind === 'live' && controls.at === marks.length - 1) {
        const doing = { type: 'command', command: text } as const
        return run({ ...controls, following: true }, { type: 'intervene', doing }, { type: 'step' })
      }
      const mark = marks.mark(controls.at)
      if (!mark) return only(controls)
      return { controls, effects: [{ type: 'fork', episode: mark.episode, turn: mark.turn, command: text }] }
    }
  }
}
