import { z } from 'zod'
import { openExperienceStore } from '../../memory/index.ts'
import { defineCommand } from './command.ts'
import { json } from './flags.ts'
import { print, printJson } from './output.ts'

export const memoryStats = defineCommand({
  schema: z.object({
    path: z.string().meta({ operand: 'DB', description: 'A memory: the file memory.db in the folder of a run' }),
    json,
  }),
  run({ path, json }) {
    const store = openExperienceStore(path, { readonly: true })
    try {
      const stats = store.stats()
      if (json) printJson(stats)
      else for (const [what, count] of Object.entries(stats)) print(`${what.padEnd(12)}${String(count).padStart(12)}`)
      return 0
    } finally {
      store.close()
    }
  },
})
