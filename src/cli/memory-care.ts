import { z } from 'zod'
import { checkMemory, openExperienceStore } from '../../memory/index.ts'
import { counted } from '../tui/figures.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { eviction, evictions } from './evictions.ts'
import { json, wholeNumber } from './flags.ts'
import { memoryPath } from './memory-path.ts'
import { knownRun } from './memory-run.ts'
import { print, printJson } from './output.ts'
import { UsageError } from './usage-error.ts'

export const memoryPrune = defineCommand({
  details: 'Episodes are forgotten whole. A run that is resumed still knows that it has played them.',
  schema: z.object({
    path: memoryPath,
    limit: wholeNumber(0).meta({ value: 'N', description: 'How many experiences are kept at most' }),
    evict: eviction
      .prefault('least-recently-useful')
      .meta({ value: 'HOW', description: `Which episodes go first: ${evictions.join(' or ')}` }),
    json,
  }),
  run({ path, limit, evict, json }) {
    const store = openExperienceStore(path, { mustExist: true })
    try {
      const before = store.stats()
      const forgotten = store.prune({ experiences: limit, evict })
      store.compact()
      const { experiences, bytes } = store.stats()
      if (json) printJson({ forgotten, experiences, bytes })
      else
        print(
          `Forgot ${counted(forgotten, 'episode')}: ${experiences} of ${before.experiences} experiences are left, in ${bytes} bytes.`,
        )
      return 0
    } finally {
      store.close()
    }
  },
})

export const memoryForget = defineCommand({
  details: 'What was played stays known, its steps are gone. "grue memory export" first, and they can be had back.',
  schema: z.object({
    path: memoryPath,
    episodes: z
      .array(wholeNumber(1))
      .meta({ operand: 'EPISODE...', description: 'Numbers of the episodes that are to be forgotten' }),
    run: z.string().optional().meta({ value: 'NAME', description: 'Whose episodes, where there are several runs' }),
    json,
  }),
  run({ path, episodes, run, json }) {
    const store = openExperienceStore(path, { mustExist: true })
    try {
      const runs = store.runs().map((summary) => summary.run)
      const only = knownRun(store, run) ?? (runs.length === 1 ? runs[0] : undefined)
      if (only === undefined) throw new UsageError(`Whose episodes? Give --run, one of: ${runs.join(', ')}.`)
      const forgotten = episodes.filter((episode) => store.forget(only, episode))
      const missing = episodes.filter((episode) => !forgotten.includes(episode))
      store.compact()
      if (json) printJson({ run: only, forgotten, missing })
      else {
        print(`Forgot ${counted(forgotten.length, 'episode')} of ${plainLine(only)}.`)
        if (missing.length > 0) print(`Not remembered anyway: ${missing.join(', ')}.`)
      }
      return missing.length > 0 ? 1 : 0
    } finally {
      store.close()
    }
  },
})

export const memoryCheck = defineCommand({
  details: 'Reads all of the file and changes nothing. Ends with 1 when something is wrong.',
  schema: z.object({ path: memoryPath, json }),
  run({ path, json }) {
    const problems = checkMemory(path)
    const remedy =
      problems.length === 0
        ? null
        : `Put a copy in its place; or save what can be read by "grue memory export ${path} --out FILE.jsonl" and import it into a new memory.`
    if (json) printJson({ sound: problems.length === 0, problems, remedy })
    else {
      for (const problem of problems) print(plainLine(problem))
      print(remedy ?? 'The memory is sound.')
    }
    return problems.length === 0 ? 0 : 1
  },
})
