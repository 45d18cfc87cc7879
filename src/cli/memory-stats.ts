import { z } from 'zod'
import { encodersOf } from '../../harness/index.ts'
import { openExperienceStore } from '../../memory/index.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { json } from './flags.ts'
import { memoryPath } from './memory-path.ts'
import { print, printJson, printTable } from './output.ts'

export const memoryStats = defineCommand({
  schema: z.object({ path: memoryPath, json }),
  run({ path, json }) {
    const store = openExperienceStore(path, { readonly: true })
    try {
      const [stats, runs] = [store.stats(), store.runs()]
      const encoders = encodersOf(store.vocabulary())
      if (json) {
        printJson({ ...stats, encoders, byRun: runs })
        return 0
      }
      for (const [what, count] of Object.entries(stats)) print(`${what.padEnd(12)}${String(count).padStart(12)}`)
      print(`${'states by'.padEnd(12)}${encoders.join(', ').padStart(12)}`)
      print('')
      printTable([
        ['run', 'episodes', 'forgotten', 'experiences', 'best score', 'from'],
        ...runs.map(({ run, episodes, forgotten, experiences, bestScore, origin }) => {
          return [plainLine(run), ...[episodes, forgotten, experiences, bestScore].map(String), plainLine(origin ?? '')]
        }),
      ])
      return 0
    } finally {
      store.close()
    }
  },
})
