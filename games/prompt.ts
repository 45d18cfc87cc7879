import type { Machine } from './machine.ts'

/** Types a command at whatever prompt the story stands: a line, or the first character as a key. Returns the text printed. */
export function enter(machine: Machine, command: string): string {
  if (machine.input === 'char') machine.key(command.slice(0, 1))
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
