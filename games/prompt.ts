import type { Machine } from './machine.ts'

/** Keys that are not written as themselves; an empty one is Enter, which goes on from most prompts that ask for a key. */
const NAMED_KEYS: ReadonlyMap<string, string> = new Map([
  ['wait', ''],
  ['enter', ''],
  ['space', ' '],
])

const ENTER = 13

/** The key that a command presses where one is asked for: the one it names, else its first character. */
export function keyOf(command: string): string {
  return NAMED_KEYS.get(command.toLowerCase()) ?? command.slice(0, 1)
}

/** What the story reads then, where the key has a character (ZSCII, Standard §3.8). */
export function keyCode(command: string): number {
  const key = keyOf(command)
  return key === '' ? ENTER : key.charCodeAt(0)
}

/** Types a command at whatever prompt the story stands: a line, or a key. Returns the text printed. */
export function enter(machine: Machine, command: string): string {
  if (machine.input === 'char') machine.key(keyOf(command))
  else machine.line(command)
  return machine.glk.takeText()
}

/** Text as it reads without the prompt the story leaves at its end. */
export function withoutPrompt(text: string): string {
  const trimmed = text.trim()
  return trimmed.endsWith('>') ? trimmed.slice(0, -1).trimEnd() : trimmed
}

/** Types a command and returns what was printed, or null where the story takes no line or breaks down under it. */
export function attempt(machine: Machine, command: string): string | null {
  try {
    return machine.input === 'line' ? withoutPrompt(enter(machine, command)) : null
  } catch {
    machine.glk.takeText()
    return null
  }
}
