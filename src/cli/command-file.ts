import { readFileSync } from 'node:fs'
import process from 'node:process'
import { z } from 'zod'

const list = z.array(z.string())
const script = z.union([list, z.object({ commands: list }).transform(({ commands }) => commands)])

/**
 * The commands of a file, `-` being stdin: a JSON array, an object with `commands`, or one command a line.
 * Throws where there are none to read.
 */
export function readCommands(path: string): readonly string[] {
  try {
    return parseCommands(readFileSync(path === '-' ? process.stdin.fd : path, 'utf8'), path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new Error(`${path} cannot be read (${error.code}): name a file of commands, or - for stdin.`)
  }
}

/** `path` is what messages call it. Blank lines are no commands. */
function parseCommands(text: string, path: string): readonly string[] {
  if (!/^\s*[[{]/.test(text)) return text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const parsed = script.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new Error(
    `${path} is no list of commands: give one command a line, a JSON array of strings, or {"commands": [...]}.`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
