import { join } from 'node:path'
import { z } from 'zod'
import { readRecordedRun } from '../../harness/index.ts'
import type { Comparison } from '../../reports/index.ts'
import { dealCells } from '../cells/deal-cells.ts'
import { storyId } from '../open-story.ts'
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
import { policyList } from './run-flags.ts'
import { folderName } from './run-folder.ts'
import { comparedFoldersIn } from './runs-in.ts'

export const compare = defineCommand({
  details: [
    'Each run is a folder DIR/POLICY/seed-K that "grue replay" shows; DIR/report.html and DIR/report.csv are the result.',
    'A comparison that was broken off is resumed by the same command; more policies or seeds add to what is there, which',
    'must have been played on the same terms (episodes, steps and the like): others need a folder of their own.',
  ].join(' '),
  schema: z.object({
    story,
    policies: policyList()
      .prefault('jitrl,static,random')
      .meta({ value: 'A,B,...', description: 'The policies, the baseline static among them' }),
    ...gridFlags('policy'),
    out: folder()
      .optional()
      .meta({ value: 'DIR', description: 'The folder of the comparison, else runs/STORY-compare' }),
    json,
  }),
  async run({ policies, seeds, jobs, out: named, json, ...flags }) {
    const id = storyId(flags.story)
    const directory = named ?? join('runs', `${id}-compare`)
    const request = planRuns(flags, policies, directory)
    const cells = dealCells(policies, seeds, jobs).map(({ policy, seed }) => ({
      label: `${policy}, seed ${seed} of ${seeds}`,
      request: request({ policy, seed, out: join(directory, folderName(policy), `seed-${seed}`) }),
    }))
    const requests = cells.map(({ request }) => request)
    refuseOtherTerms(directory, requests)
    await refuseUnplayable(requests)
    const { command, model } = requests[0]!
    const { signalled, read } = await playOut(cells, jobs)
    if (signalled !== null) {
      tell(`Stopped; every finished turn is kept. Resume with: ${command}`)
      return signalled
    }
    const { compareRuns, comparisonSummary, gatherRuns, namedApart, readRuns, writePage } = await import(
      '../../reports/index.ts'
    )
    const asked = policies.flatMap((policy) => read.filter((_, index) => cells[index]!.request.policy === policy))
    // What an earlier comparison has left there, of other policies or seeds, belongs to the result.
    const others = comparedFoldersIn(directory)
      .filter((folder) => !asked.some((run) => run.directory === folder))
      .map(readRecordedRun)
    const unfinished = others.filter(({ episodes, config }) => episodes.length < config.episodes)
    if (unfinished.length > 0)
      tell(`Left out, as they are not finished: ${unfinished.map((run) => run.directory).join(', ')}.`)
    const finished = others.filter((run) => !unfinished.includes(run))
    const digested = gatherRuns([...asked, ...(await readRuns(finished))])
    const runs = namedApart(digested.runs)
    const comparison = compareRuns(runs)
    const prices = pricesOf(model)
    const out = join(directory, 'report.html')
    const { html, csv } = await writePage({ ...digested, runs }, { out, command, prices })
    if (json) printJson(comparisonSummary(comparison, runs, prices))
    else printComparison(comparison)
    tell(`Wrote ${html} and ${csv}.`)
    return 0
  },
})

function printComparison({ protocol, policies, paired }: Comparison): void {
  print(protocolLine(protocol, protocol.seeds))
  for (const [name, parameters] of Object.entries(protocol.policies)) {
    const deviation = deviationLine({ ...protocol, policy: { name, parameters } })
    if (deviation !== null) print(deviation)
  }
  printTable([
    ['policy', 'mean', '95 % interval', 'last five', 'final', 'best', 'AUC', 'seeds'],
    ...Object.entries(policies).map(([name, { mean, intervals, rough, lastFive, final, best, auc, seeds }]) => [
      plainLine(name),
      mean.toFixed(2),
      intervals === null ? '(one seed)' : `${range(intervals.mean)}${rough ? ' rough' : ''}`,
      ...[lastFive, final, best].map((number) => number.toFixed(2)),
      auc?.toFixed(3) ?? '-',
      String(seeds.length),
    ]),
  ])
  const isLonger = protocol.finished > 10
  for (const { a, b, difference, interval, lastTen, rough } of paired) {
    const all = `${signed(difference)} ${range(interval)}`
    const late = isLonger ? `, last ten episodes ${signed(lastTen.difference)} ${range(lastTen.interval)}` : ''
    print(plainLine(`${a} - ${b}: ${all}${late}${rough ? ' (rough: under five seeds)' : ''}`))
  }
}

function signed(number: number): string {
  return `${number > 0 ? '+' : ''}${number.toFixed(2)}`
}

function range(interval: readonly [number, number] | null): string {
  if (interval === null) return '(one seed, no interval)'
  const [low, high] = interval
  return `[${low.toFixed(2)}, ${high.toFixed(2)}]`
}
