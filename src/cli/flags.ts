import { z } from 'zod'
import { speeds } from '../tui/keys.ts'

// The flags that several commands share. Messages go on from the flag's name: "--seed must be ...".

/** A whole number, `from` or more and `to` at most, as a JavaScript number can hold exactly. */
export function wholeNumber(from: number, to = Number.MAX_SAFE_INTEGER) {
  const message = `must be a whole number, ${from} ${to === Number.MAX_SAFE_INTEGER ? 'or more' : `to ${to}`}`
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= from && (value <= to || to === Number.MAX_SAFE_INTEGER), message)
    .refine((value) => value <= to, `must be ${to} at most`)
}

export const story = z.string().meta({ operand: 'STORY', description: 'An id of "grue games list", or a path' })

/** `--out DIR`: an empty name, as of a shell's variable that is not set, would be the folder that one is in. */
export function folder() {
  return z.string().min(1, 'must name a folder')
}

export const commandsFlag = z.string().optional().meta({
  value: 'FILE',
  description: 'Commands to play: one a line, a JSON array, or {"commands": [...]}; - is stdin',
})

/** `--seed` of the commands that no agent plays in. */
export const interpreterSeed = wholeNumber(0)
  .prefault('1')
  .meta({ value: 'S', description: "Seed of the story's own random numbers" })

/** Turns per second, one of those that the keys choose from. */
export function speed() {
  const names = speeds.map((value) => (value === Infinity ? 'max' : String(value)))
  return z
    .enum(names, { error: `must be one of ${names.join(', ')}` })
    .transform((name) => (name === 'max' ? Infinity : Number(name)))
}

export const json = z.boolean().prefault(false).meta({ description: 'Print the result as JSON' })
