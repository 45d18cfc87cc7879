import process from 'node:process'
import { z } from 'zod'
import { openCatalogue, readStoryFile } from '../../games/index.ts'
import { defineCommand } from './command.ts'
import { json } from './flags.ts'
import { print, printJson, printTable, tell } from './output.ts'

export const gamesList = defineCommand({
  schema: z.object({ json }),
  run({ json }) {
    const entries = openCatalogue({ env: process.env, cwd: process.cwd() }).list()
    if (json) printJson(entries)
    else
      printTable([
        ['id', 'title', 'version', 'release', 'source'],
        ...entries.map(({ id, title, version, release, serial, source }) => [
          id,
          title,
          `z${version}`,
          `${release}.${serial}`,
          source,
        ]),
      ])
    return 0
  },
})

export const gamesAdd = defineCommand({
  schema: z.object({
    path: z.string().meta({ operand: 'PATH', description: 'A story file (.z3, .z4, .z5, .z8, .zblorb)' }),
    json,
  }),
  run({ path, json }) {
    const catalogue = openCatalogue({ env: process.env, cwd: process.cwd() })
    const entry = catalogue.add(path)
    if (!entry.checksumOk) tell(`${path} does not add up to its own checksum: it may be damaged.`)
    const found = catalogue.resolve(entry.id)
    if (readStoryFile(found.bytes).sha256 !== entry.sha256)
      tell(`${entry.id} is the id of another story, ${found.path}: play the copy by its path.`)
    if (json) printJson(entry)
    else print(`Added ${entry.id} (release ${entry.release}.${entry.serial}) as ${entry.path}.`)
    return 0
  },
})
