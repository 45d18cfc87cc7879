import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { headerFile, type Overrides, readRecordedRun } from '../../harness/index.ts'
import {
  averageSummaries,
  bootstrapIntervals,
  bootstrapRng,
  FEWEST_SEEDS,
  gatherRuns,
  learnSummary,
  meanConduct,
} from '../../reports/index.ts'
import { measurePace, noPace } from '../cells/cell-pace.ts'
import { storyId } from '../open-story.ts'
import type { RunRequest } from '../run.ts'
import { inTemporaryFolder } from '../temporary-folder.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { deviationLine } from './deviation-line.ts'
import { folder, json, story } from './flags.ts'
import { print, printJson, printTable, tell } from './output.ts'
import { gridFlags, planRuns } from './plan-runs.ts'
import { playOut } from './play-out.ts'
import { pricesOf } from './price-file.ts'
import { protocolLine } from './protocol-line.ts'
import { refuseOtherTerms } from './refuse-other-terms.ts'
import { refuseUnplayable } from './refuse-unplayable.ts'
import { agent, settingPattern, settings, settingValue } from './run-flags.ts'
import { estimateInWords, estimateSweep } from './sweep-estimate.ts'
import { UsageError } from './usage-error.ts'

const probe = { turns: 20, milliseconds: 10_000 }

/** `NAME=X,Y,...`, repeatable. */
function variations() {
  return z
    .array(z.string().regex(new RegExp(`^\\w+=${settingPattern}(,${settingPattern})*$`), 'must be NAME=X,Y,...'))
    .transform((texts) =>
      texts.map((text) => {
        const [name = '', values = ''] = text.split('=')
        return { name, values: values.split(',').map(settingValue) }
      }),
    )
    .refine(
      (varied) => varied.every(({ values }) => new Set(values).size === values.length),
      'must name each value of a parameter once',
    )
}

export const sweep = defineCommand({
  details: [
    'Every combination of the values is played on the same seeds, each in a folder DIR/beta=1,k=5/seed-S of its own; the',
    'same command goes on with a sweep that was broken off, more values or seeds add to it. First it says what it will',
    'take, from the first turns of the first cell, which are kept unless it is a dry run.',
  ].join(' '),
  schema: z.object({
    story,
    vary: variations().meta({
      value: 'NAME=X,Y,...',
      description: 'The values of a parameter of the policy; repeatable',
    }),
    policy: agent().prefault('jitrl').meta({ value: 'P', description: 'Whose parameters they are' }),
    set: settings().prefault([]).meta({ value: 'NAME=X', description: 'Set another parameter for all; repeatable' }),
    ...gridFlags('combination'),
    dryRun: z
      .boolean()
      .prefault(false)
      .meta({ description: 'Say what it would take, from a few turns that are not kept, and no more' }),
    out: folder().optional().meta({ value: 'DIR', description: 'The folder of the sweep, else runs/STORY-sweep' }),
    json,
  }),
  async run({ vary, policy, set, seeds, jobs, dryRun, out, json, ...flags }) {
    const twice = vary.find(({ name }, index) => vary.findIndex((other) => other.name === name) !== index)
    if (twice) throw new UsageError(`--vary must name each parameter once: ${twice.name}=X,Y,...`)
    const both = vary.find(({ name }) => Object.hasOwn(set, name))
    if (both) throw new UsageError(`--set ${both.name} and --vary ${both.name} contradict each other: leave one out.`)
    const id = storyId(flags.story)
    const directory = out ?? join('runs', `${id}-sweep`)
    const combinations = product(vary)
    const numbers = Array.from({ length: seeds }, (_, index) => index + 1)
    const cellsIn = (folder: string) => {
      const request = planRuns(flags, [policy], folder)
      return numbers.flatMap((seed) =>
        combinations.map((varied) => ({
          label: `${nameOf(varied)}, seed ${seed} of ${seeds}`,
          varied,
          request: request({
            ...{ policy, seed, parameters: { ...set, ...varied } },
            out: join(folder, nameOf(varied), `seed-${seed}`),
          }),
        })),
      )
    }
    const cells = cellsIn(directory)
    const requests = cells.map(({ request }) => request)
    refuseOtherTerms(directory, requests)
    await refuseUnplayable(requests)
    const left = requests.filter((request) => !isFinished(request))
    const next = requests.indexOf(left[0]!)
    const paceIn = async (folder: string) =>
      left.length === 0 ? noPace : measurePace(cellsIn(folder)[next]!.request, probe)
    const estimate = estimateSweep(left, await (dryRun ? inTemporaryFolder(paceIn) : paceIn(directory)), jobs)
    if (dryRun && json) {
      printJson(estimate)
      return 0
    }
    tell(estimateInWords(estimate))
    if (dryRun) return 0
    const { command, model } = requests[0]!
    const { signalled, read } = await playOut(cells, jobs)
    if (signalled !== null) {
      tell(`Stopped; every finished turn is kept. Resume with: ${command}`)
      return signalled
    }
    const { runs } = gatherRuns(read)
    const runsOf = (varied: Overrides) => runs.filter((_, index) => cells[index]!.varied === varied)
    const rows = combinations.map((varied) => {
      const own = runsOf(varied)
      const summaries = own.map(learnSummary)
      const means = summaries.map(({ mean }) => [mean])
      const [interval = null] = own.length > 1 ? bootstrapIntervals(means, bootstrapRng()) : []
      const curves = summaries.map(({ seed, scores }) => ({ seed, scores }))
      const conduct = meanConduct(own, pricesOf(model))
      return { parameters: varied, ...averageSummaries(summaries), interval, conduct, seeds: curves }
    })
    rows.sort((a, b) => b.mean - a.mean)
    const first = runs[0]!
    const { story, sha256, release, maxScore, prior, gameSeed, episodes, stepLimit, temperature, handicaps } =
      learnSummary(first)
    const constant = withoutVaried(requests[0]!.parameters, vary)
    const terms = { prior, gameSeed, episodes, stepLimit, temperature, handicaps }
    const protocol = { ...{ story, sha256, release, maxScore, policy, set: constant }, ...terms }
    if (json) {
      printJson({ protocol, rough: seeds < FEWEST_SEEDS, cells: rows })
      return 0
    }
    print(`${plainLine(policy)} on ${protocolLine(protocol, numbers)}`)
    const known = vary.map(({ name }) => name)
    const lines = combinations.map((varied) => ({
      varied,
      deviation: deviationLine(runsOf(varied)[0]!.config, known),
    }))
    const isOne = new Set(lines.map(({ deviation }) => deviation)).size === 1
    for (const { varied, deviation } of isOne ? lines.slice(0, 1) : lines) {
      if (deviation !== null) print(isOne ? deviation : `${nameOf(varied)}: ${deviation}`)
    }
    printTable([
      [...vary.map(({ name }) => name), 'mean', '95 % interval', 'last five', 'best', 'AUC'],
      ...rows.map(({ parameters, mean, interval, lastFive, best, auc }) => [
        ...vary.map(({ name }) => String(parameters[name])),
        mean.toFixed(2),
        interval === null ? '(one seed)' : `[${interval[0].toFixed(2)}, ${interval[1].toFixed(2)}]`,
        lastFive.toFixed(2),
        best.toFixed(2),
        auc?.toFixed(3) ?? '-',
      ]),
    ])
    if (seeds < FEWEST_SEEDS)
      print(`Rough: under ${FEWEST_SEEDS} seeds. The best of many is partly luck: play it on seeds of its own.`)
    return 0
  },
})

function product(
  vary: readonly { readonly name: string; readonly values: readonly (number | string)[] }[],
): readonly Overrides[] {
  return vary.reduce<readonly Overrides[]>(
    (before, { name, values }) => before.flatMap((rest) => values.map((value) => ({ ...rest, [name]: value }))),
    [{}],
  )
}

function isFinished({ out, episodes }: RunRequest): boolean {
  return existsSync(join(out, headerFile)) && readRecordedRun(out).episodes.length >= episodes
}

/** What is the same in every cell. */
function withoutVaried<Value>(
  parameters: Readonly<Record<string, Value>>,
  varied: readonly { readonly name: string }[],
): Readonly<Record<string, Value>> {
  const isConstant = ([parameter]: readonly [string, unknown]) => !varied.some(({ name }) => name === parameter)
  return Object.fromEntries(Object.entries(parameters).filter(isConstant))
}

function nameOf(parameters: Overrides): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
}
