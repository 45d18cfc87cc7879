import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type EpisodeRecord, openExperienceStore, readExport, writeExport } from '../../memory/index.ts'
import { counted } from '../tui/figures.ts'
import { defineCommand } from './command.ts'
import { json } from './flags.ts'
import { memoryIn, memoryPath } from './memory-path.ts'
import { knownRun } from './memory-run.ts'
import { print, printJson } from './output.ts'

export const memoryExport = defineCommand({
  details: 'One episode a line as JSON; or, with a FILE.parquet, one row a step. "grue memory import" reads both.',
  schema: z.object({
    path: memoryPath,
    out: z
      .string()
      .regex(/\.(jsonl|parquet)$/, 'must end in .jsonl or .parquet')
      .optional()
      .meta({ value: 'FILE', description: 'FILE.jsonl or FILE.parquet, else JSON lines to stdout' }),
    run: z.string().optional().meta({ value: 'NAME', description: 'Only the episodes of this run' }),
    json,
  }),
  async run({ path, out, run, json }) {
    const store = openExperienceStore(path, { readonly: true })
    try {
      knownRun(store, run)
      if (out === undefined) {
        for (const episode of store.episodes(run)) printJson(episode)
        return 0
      }
      let episodes = 0
      await writeExport(
        out,
        counting(store.episodes(run), () => episodes++),
      )
      if (json) printJson({ out, episodes })
      else print(`Wrote ${counted(episodes, 'episode')} to ${out}.`)
      return 0
    } finally {
      store.close()
    }
  },
})

export const memoryImport = defineCommand({
  details: [
    'FILE is an export, or another memory: a .db, or the folder of its run. DB is made where there is none.',
    '"grue memory stats" shows for every run which file it came from.',
  ].join('\n'),
  schema: z.object({
    path: memoryPath,
    files: z
      .array(z.string())
      .meta({ operand: 'FILE...', description: 'FILE.jsonl, FILE.parquet, memory.db, or the folder of a run' }),
    json,
  }),
  async run({ path, files, json }) {
    // Made when there is something to keep: a wrong FILE leaves no empty memory behind.
    let store = existsSync(path) ? openExperienceStore(path) : null
    try {
      let [added, known] = [0, 0]
      for (const file of files.map(memoryIn)) {
        for await (const episode of episodesOf(file)) {
          store ??= openExperienceStore(path)
          if (store.importEpisode(episode, resolve(file))) added++
          else known++
        }
      }
      if (json) printJson({ added, known })
      else print(`Added ${counted(added, 'episode')}${known > 0 ? `; ${known} there already` : ''}.`)
      return 0
    } finally {
      store?.close()
    }
  },
})

async function* episodesOf(file: string): AsyncIterable<EpisodeRecord> {
  if (!file.endsWith('.db')) {
    yield* readExport(file)
    return
  }
  const source = openExperienceStore(file, { readonly: true })
  try {
    yield* source.episodes()
  } finally {
    source.close()
  }
}

function* counting<T>(items: Iterable<T>, count: () => void): Iterable<T> {
  for (const item of items) {
    count()
    yield item
  }
}
