import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { UsageError } from './usage-error.ts'

/** A file as it is given, the memory in the folder of a run that has one. */
export function memoryIn(path: string): string {
  const inside = join(path, 'memory.db')
  return existsSync(inside) && statSync(path).isDirectory() ? inside : path
}

/** The memory that a flag names. Throws `UsageError` where there is none. */
export function namedMemory(flag: string, path: string): string {
  const file = memoryIn(path)
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file
  throw new UsageError(`${flag} must name the memory.db of a run, or its folder, not "${path}": there is none.`)
}

/** The operand of the commands that look into a memory. */
export const memoryPath = z
  .string()
  .transform(memoryIn)
  .meta({ operand: 'DB', description: 'A memory: the file memory.db in the folder of a run, or that folder' })
