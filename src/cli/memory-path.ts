import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** The operand of the commands that look into a memory: a file, or the folder of a run that has one. */
export const memoryPath = z
  .string()
  .transform((path) => {
    const inside = join(path, 'memory.db')
    return existsSync(inside) && statSync(path).isDirectory() ? inside : path
  })
  .meta({ operand: 'DB', description: 'A memory: the file memory.db in the folder of a run, or that folder' })
