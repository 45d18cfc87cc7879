import { completions, edited, emptyLine, type LineEdit, lineOf, typed } from './line-edit.ts'

/** All that the keys of a person who plays change. */
export interface PlayControls {
  readonly edit: LineEdit
  /** What was entered before, oldest first. */
  readonly past: readonly string[]
  /** Which of it the line shows, counted from its end; 0 is a line of its own. */
  readonly back: number
  /** What was typed before Tab took its place, and how many Tabs ago. */
  readonly completing: { readonly typed: string; readonly count: number } | null
  /** Tab was pressed before it was known what can be done. */
  readonly waiting: boolean
  readonly panel: 'none' | 'hints' | 'map' | 'help'
  readonly scroll: number
  /** A file's name is being typed. */
  readonly asking: 'save' | 'restore' | 'transcript' | null
  /** There is a file of that name: Enter once more writes over it. */
  readonly writesOver: boolean
  readonly message: string
}

export interface PlaySituation {
  /** `char`: the story waits for a key. */
  readonly input: 'line' | 'char' | 'none'
  /** Null where it is not known yet. */
  readonly validActions: readonly string[] | null
  readonly hasHints: boolean
  readonly page: number
  /** What a game is saved as, if nothing else is typed. */
  readonly savedAs: string
  /** Whether there is a file of that name. */
  readonly exists: (path: string) => boolean
}

export type PlayEffect =
  | { readonly type: 'step'; readonly command: string }
  | { readonly type: 'undo' }
  /** Finds out what can be done. */
  | { readonly type: 'choices' }
  | { readonly type: 'save' | 'restore' | 'transcript'; readonly path: string }
  | { readonly type: 'leave'; readonly how: 'quit' | 'interrupt' }
  | { readonly type: 'suspend' }

export interface PlayPressed {
  readonly controls: PlayControls
  readonly effects: readonly PlayEffect[]
}

/** What help says. Words of the first kind are typed as a line. */
export const playHelp: readonly (readonly [string, string])[] = [
  ['Enter', 'give the command'],
  ['Tab', 'complete it, again for the next'],
  ['↑ ↓', 'commands given before'],
  ['PgUp PgDn', 'scroll the story'],
  ['Ctrl-G', 'hints, map, help or story alone'],
  ['undo', 'take the last turn back'],
  ['save', 'save the game to a file'],
  ['restore', 'go on from a saved game'],
  ['transcript', 'keep a transcript in a file'],
  ['Ctrl-D', 'leave'],
]

export function initialPlay(hasHints: boolean): PlayControls {
  const panel = hasHints ? 'hints' : 'none'
  const line = { edit: emptyLine, past: [], back: 0, completing: null, waiting: false }
  return { ...line, panel, scroll: 0, asking: null, writesOver: false, message: '' }
}

/** What one key does; keys are named as in `press`. */
export function pressPlay(before: PlayControls, key: string, situation: PlaySituation): PlayPressed {
  const controls: PlayControls = { ...before, message: '', waiting: false, writesOver: false }
  switch (key) {
    case 'ctrl+c':
      return { controls, effects: [{ type: 'leave', how: 'interrupt' }] }
    case 'ctrl+z':
      return { controls, effects: [{ type: 'suspend' }] }
    case 'ctrl+d':
      return controls.edit.clusters.length > 0
        ? only(controls)
        : { controls, effects: [{ type: 'leave', how: 'quit' }] }
    case 'ctrl+g':
      return only({ ...controls, panel: nextPanel(controls.panel, situation.hasHints) })
    case 'pageup':
      return only({ ...controls, scroll: controls.scroll + Math.max(1, situation.page - 1) })
    case 'pagedown':
      return only({ ...controls, scroll: Math.max(0, controls.scroll - Math.max(1, situation.page - 1)) })
    case 'escape':
      return only({ ...controls, edit: emptyLine, back: 0, asking: null, scroll: 0, completing: null })
  }
  if (situation.input === 'char' && controls.asking === null) return keyPrompt(controls, key)
  switch (key) {
    case 'return':
      return entered({ ...controls, scroll: 0 }, before, situation)
    case 'tab':
      return controls.asking ? only(controls) : complete(controls, before, situation)
    case 'up':
    case 'down':
      return only(controls.asking ? controls : recalled(controls, key === 'up' ? 1 : -1))
    default: {
      const edit = edited(controls.edit, key)
      return only(edit ? { ...controls, edit, completing: null, back: 0 } : controls)
    }
  }
}

/** Goes on with a Tab that had to wait for what can be done. */
export function completeNow(controls: PlayControls, validActions: readonly string[]): PlayControls {
  if (!controls.waiting) return controls
  return completed({ ...controls, waiting: false, message: '' }, validActions)
}

function only(controls: PlayControls): PlayPressed {
  return { controls, effects: [] }
}

function nextPanel(panel: PlayControls['panel'], hasHints: boolean): PlayControls['panel'] {
  const panels = (['none', 'hints', 'map', 'help'] as const).filter((each) => each !== 'hints' || hasHints)
  return panels[(panels.indexOf(panel) + 1) % panels.length] ?? 'none'
}

/** A key that has a character, or Enter, is the answer. */
function keyPrompt(controls: PlayControls, key: string): PlayPressed {
  if (key === 'return') return { controls, effects: [{ type: 'step', command: '' }] }
  if (edited(emptyLine, key)?.clusters.length !== 1) return only(controls)
  return { controls: { ...controls, scroll: 0 }, effects: [{ type: 'step', command: key }] }
}

function entered(controls: PlayControls, before: PlayControls, situation: PlaySituation): PlayPressed {
  const { input, savedAs, exists } = situation
  const text = typed(controls.edit).trim()
  const next: PlayControls = { ...controls, edit: emptyLine, back: 0, completing: null }
  if (controls.asking) {
    const { asking } = controls
    if (asking !== 'restore' && !before.writesOver && exists(text)) {
      const message = 'That file is there already: Enter writes over it, Esc leaves it.'
      return only({ ...controls, writesOver: true, message })
    }
    return { controls: { ...next, asking: null }, effects: text === '' ? [] : [{ type: asking, path: text }] }
  }
  const past = text === '' || text === next.past.at(-1) ? next.past : [...next.past, text]
  switch (text.toLowerCase()) {
    case 'undo':
      return { controls: { ...next, past }, effects: [{ type: 'undo' }] }
    case 'save':
    case 'restore':
      return only({ ...next, past, asking: text.toLowerCase() === 'save' ? 'save' : 'restore', edit: lineOf(savedAs) })
    case 'transcript':
      return only({ ...next, past, asking: 'transcript', edit: lineOf(savedAs.replace(/\.json$/, '.txt')) })
    default:
      if (input === 'none') return only({ ...next, message: 'The story has ended: undo, restore, or leave by Ctrl-D.' })
      return { controls: { ...next, past }, effects: [{ type: 'step', command: text }] }
  }
}

function complete(controls: PlayControls, before: PlayControls, { validActions }: PlaySituation): PlayPressed {
  if (validActions !== null) return only(completed(controls, validActions))
  const waiting = { ...controls, waiting: true, message: 'Finding out what can be done …' }
  return { controls: waiting, effects: before.waiting ? [] : [{ type: 'choices' }] }
}

function completed(controls: PlayControls, validActions: readonly string[]): PlayControls {
  const text = controls.completing?.typed ?? typed(controls.edit)
  const count = controls.completing ? controls.completing.count + 1 : 0
  const choices = completions(text, validActions)
  const choice = choices[count % Math.max(1, choices.length)]
  if (choice === undefined) return { ...controls, message: 'Nothing that would change the world begins like that.' }
  const others = choices.length > 1 ? choices.filter((each) => each !== choice).join(', ') : ''
  return { ...controls, edit: lineOf(choice), completing: { typed: text, count }, message: others }
}

function recalled(controls: PlayControls, step: number): PlayControls {
  const back = Math.max(0, Math.min(controls.past.length, controls.back + step))
  return { ...controls, back, edit: back === 0 ? emptyLine : lineOf(controls.past.at(-back) ?? ''), completing: null }
}
