import { keysFor } from './keys.ts'
import type { Machine, MachineState } from './machine.ts'
import { enter } from './prompt.ts'

/** How many key prompts in a row are passed with Enter before other keys are tried. */
const ENTERS = 20
/** How many keys are tried where Enter leads nowhere. */
const MOST_TRIED = 300

interface KeyPrompt {
  readonly state: MachineState
  /** Keys that led there from the first, and all that was printed on the way. */
  readonly keys: readonly string[]
  readonly text: string
}

/** What was pressed, as commands, and what was printed meanwhile. */
interface Pressed {
  readonly keys: readonly string[]
  readonly text: string
}

/**
 * Answers key prompts with Enter until a line is asked for. Where that never comes ("Do you want colours? (Y/N)"), with
 * the fewest other keys that bring it; where none do, the machine is left at the first.
 *
 * @param asked What the story has printed last: it may name keys.
 */
export function passKeys(machine: Machine, asked = ''): Pressed {
  const { input } = machine
  if (input !== 'char') return { keys: [], text: '' }
  const first = machine.save()
  const keys: string[] = []
  let text = ''
  while (keys.length < ENTERS && machine.input === 'char') {
    keys.push('enter')
    text += enter(machine, 'enter')
  }
  if (machine.input === 'line') return { keys, text }
  const found = searchKeys(machine, first, asked)
  if (found === null) {
    machine.load(first)
    machine.glk.takeText()
  }
  return found ?? { keys: [], text: '' }
}

/** Leaves the machine at the line prompt that was found. */
function searchKeys(machine: Machine, first: MachineState, asked: string): Pressed | null {
  const open: KeyPrompt[] = [{ state: first, keys: [], text: asked }]
  const known = new Set<string>()
  let tried = 0
  // Grows while it is read.
  for (const { state, keys, text } of open) {
    machine.load(state)
    const prompt = `${machine.position} ${lastLine(text)}`
    for (const key of ['enter', ...keysFor(text)]) {
      if (tried++ >= MOST_TRIED) return null
      machine.load(state)
      const printed = pressed(machine, key)
      if (printed === null || (machine.input === 'char' && isKnown(`${machine.position} ${printed}`))) continue
      const next = { keys: [...keys, key], text: text + printed, state: machine.save() }
      if (machine.input === 'char') open.push(next)
      if (machine.input !== 'line' || leadsBackTo(prompt, next.text)) continue
      machine.load(next.state)
      machine.glk.takeText()
      return { keys: next.keys, text: next.text.slice(asked.length) }
    }
  }
  return null

  function isKnown(prompt: string): boolean {
    return known.size === known.add(prompt).size
  }

  /** A story that is played by keys may ask for a line among them. */
  function leadsBackTo(prompt: string, text: string): boolean {
    const answer = pressed(machine, 'look')
    return machine.input === 'char' && `${machine.position} ${lastLine(text + answer)}` === prompt
  }
}

/** Null where the story breaks down under it. */
function pressed(machine: Machine, command: string): string | null {
  try {
    return enter(machine, command)
  } catch {
    machine.glk.takeText()
    return null
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}
