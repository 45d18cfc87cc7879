import process from 'node:process'
import { z } from 'zod'
import {
  type Catalogue,
  type CatalogueEntry,
  nearestNames,
  openCatalogue,
  readStoryFile,
  reportStory,
} from '../../games/index.ts'
import { overridesPath, storyWithOptions } from '../open-story.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { json, story } from './flags.ts'
import { print, printJson, printTable, tell } from './output.ts'
import { UsageError } from './usage-error.ts'

export const gamesList = defineCommand({
  schema: z.object({ json }),
  run({ json }) {
    const entries = openCatalogue({ env: process.env, cwd: process.cwd() }).list()
    if (json) printJson(entries)
    else
      printTable([
        ['id', 'title', 'version', 'release', 'source'],
        ...entries.map(({ id, title, version, release, serial, source }) => [
          plainLine(id),
          plainLine(title),
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
    warnOfAnother(catalogue, entry)
    if (json) printJson(entry)
    else print(`Added ${entry.id} (release ${entry.release}.${entry.serial}) as ${entry.path}.`)
    return 0
  },
})

export const gamesInfo = defineCommand({
  details: [
    'Nothing is known of any title: each is found by trying. What is not found, or wrongly, you can say in',
    `${overridesPath()} (or the file that GRUE_OVERRIDES names); see docs/games.md.`,
  ].join(' '),
  schema: z.object({ story, json }),
  run({ story, json }) {
    const { bytes, ...options } = storyWithOptions(story)
    const report = reportStory(bytes, options)
    if (json) {
      printJson(report)
      return 0
    }
    const { id, title, version, release, serial, sha256, length, checksumOk, grammar, dictionary, objects } = report
    printTable([
      ['story', plainLine(`${id}, ${title}`)],
      [
        'file',
        `version ${version}, release ${release}.${serial}, ${length} bytes, checksum ${checksumOk ? 'right' : 'wrong'}`,
      ],
      ['sha256', sha256],
      ['dictionary', `${dictionary.words} words of ${dictionary.significantLetters} letters`],
      ['grammar', `${grammar.source}: ${grammar.verbs} verbs, ${grammar.forms} forms`],
      ['objects', String(objects)],
      ...(report.openingAnswers.length > 0 ? [['asks first', plainLine(report.openingAnswers.join(', '))]] : []),
    ])
    print('')
    const facts = (['player', 'location', 'score', 'maxScore', 'moves'] as const).map((name) => ({
      name,
      ...report[name],
    }))
    printTable([
      ['', 'at first', 'sure', 'how it was found'],
      ...facts.map(({ name, value, sure, how }) => [name, plainLine(String(value ?? '-')), sure, plainLine(how)]),
    ])
    return 0
  },
})

export const gamesFetch = defineCommand({
  details: 'Without an ID it lists what can be fetched. A file counts by its SHA-256, whatever source gave it.',
  schema: z.object({
    ids: z.array(z.string()).prefault([]).meta({ operand: 'ID...', description: 'Stories to fetch' }),
    acceptPersonalUse: z.boolean().prefault(false).meta({
      description: 'Your use of what is not free is personal, and your law allows it',
    }),
    json,
  }),
  async run({ ids, acceptPersonalUse, json }) {
    const catalogue = openCatalogue({ env: process.env, cwd: process.cwd() })
    if (ids.length === 0) {
      showDownloads(catalogue, json)
      return 0
    }
    const wanted = ids.map((id) => {
      const download = catalogue.downloads.find((other) => other.id === id)
      if (download) return download
      const names = catalogue.downloads.map((other) => other.id)
      const nearest = nearestNames(id, names)
      const hint = nearest.length > 0 ? `; did you mean ${nearest.join(' or ')}?` : `. There are ${names.join(', ')}.`
      throw new UsageError(`There is no story "${id}" to fetch${hint}`)
    })
    const entries = []
    for (const download of wanted) {
      const entry = await catalogue.fetch(download, { acceptPersonalUse })
      tell(`${download.id}: ${download.licence}`)
      warnOfAnother(catalogue, entry)
      if (!json) print(`${download.id} (release ${entry.release}.${entry.serial}) is ${entry.path}.`)
      entries.push({ ...entry, licence: download.licence })
    }
    if (json) printJson(entries)
    return 0
  },
})

/** Says so where the id names a story of an earlier source. */
function warnOfAnother(catalogue: Catalogue, { id, sha256 }: CatalogueEntry): void {
  const found = catalogue.resolve(id)
  if (readStoryFile(found.bytes).sha256 !== sha256)
    tell(`${id} is the id of another story, ${found.path}: play the copy by its path.`)
}

function showDownloads({ downloads }: Catalogue, json: boolean): void {
  if (json) printJson(downloads)
  else
    printTable([
      ['id', 'title', 'free', 'licence'],
      ...downloads.map(({ id, title, isFree, licence }) => [id, title, isFree ? 'yes' : 'no', licence]),
    ])
}
