import { join } from 'node:path'
import { z } from 'zod'
import { readRecordedRun, temperatureOf } from '../../harness/index.ts'
import { type Comparison, compareRuns, writeReport } from '../../reports/index.ts'
import { openStory } from '../open-story.ts'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { deviationLine } from './deviation-line.ts'
import { json, story, wholeNumber } from './flags.ts'
import { learnerOf, privilegesOf } from './learner-flags.ts'
import { memoryFlags, memoryLimitFlags, memoryLimitOf, memoryOf } from './memory-flags.ts'
import { modelOf } from './model-flags.ts'
import { print, printJson, printTable, tell } from './output.ts'
import { jobsFlag, playOut } from './play-out.ts'
import { protocolLine } from './protocol-line.ts'
import { policyList, runFlags } from './run-flags.ts'
import { folderName } from './run-folder.ts'
import { runsIn } from './runs-in.ts'

export const compare = defineCommand({
  details: [
    'Each run is a folder DIR/POLICY/seed-K that "grue replay" shows; DIR/report.html and DIR/report.csv are the result.',
    'A comparison that was broken off is resumed by the same command; more policies or seeds add to what is there.',
  ].join('\n'),
  schema: z.object({
    story,
    policies: policyList()
      .prefault('jitrl,static,random')
      .meta({ value: 'A,B,...', description: 'The policies, the baseline static among them' }),
    seeds: wholeNumber(1).prefault('5').meta({ value: 'K', description: 'Seeds 1 to K for each policy' }),
    episodes: wholeNumber(1).prefault('30').meta({ value: 'N', description: 'Episodes of each run' }),
    steps: wholeNumber(1).prefault('60').meta({ value: 'M', description: 'Most turns of an episode' }),
    ...runFlags,
    ...memoryFlags,
    ...memoryLimitFlags,
    jobs: jobsFlag(),
    out: z
      .string()
      .optional()
      .meta({ value: 'DIR', description: 'The folder of the comparison, else runs/STORY-compare' }),
    json,
  }),
  async run({ story, policies, seeds, episodes, steps, gameSeed, jobs, out, json, ...flags }) {
    const { temperature = temperatureOf(policies) } = flags
    const learner = learnerOf(flags, policies)
    const environment = openStory(story)
    const directory = out ?? join('runs', `${environment.story.id}-compare`)
    const command = commandLine()
    const model = modelOf(flags, join(directory, 'answers'), policies)
    const [memory, memoryLimit] = [memoryOf(flags), memoryLimitOf(flags, policies)]
    const cells = Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
      policies.map((policy) => ({
        label: `${policy}, seed ${seed} of ${seeds}`,
        request: {
          story,
          policy,
          parameters: learner(policy),
          ...privilegesOf(flags),
          model,
          memory,
          memoryLimit,
          seed,
          gameSeed,
          episodes,
          stepLimit: steps,
          temperature,
          out: join(directory, folderName(policy), `seed-${seed}`),
          command,
        },
      })),
    )
    const signalled = await playOut(cells, jobs)
    if (signalled !== null) {
      tell(`Stopped; every finished episode is kept. Resume with: ${command}`)
      return signalled
    }
    const byPolicy = policies.flatMap((policy) => cells.filter(({ request }) => request.policy === policy))
    const asked = byPolicy.map(({ request }) => readRecordedRun(request.out))
    // What an earlier comparison has left there, of other policies or seeds, belongs to the result.
    const others = runsIn(directory).filter(
      (run) => run.episodes.length === run.config.episodes && !asked.some((each) => each.run === run.run),
    )
    const runs = [...asked, ...others]
    const comparison = compareRuns(runs)
    const { html, csv } = await writeReport(runs, { out: join(directory, 'report.html'), command })
    if (json) printJson(comparison)
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
    ['policy', 'mean', 'last five', 'final', 'best', 'AUC'],
    ...Object.entries(policies).map(([name, { mean, lastFive, final, best, auc }]) => [
      name,
      ...[mean, lastFive, final, best].map((number) => number.toFixed(2)),
      auc?.toFixed(3) ?? '-',
    ]),
  ])
  for (const { a, b, difference, interval, lastTen, rough } of paired) {
    const all = `${signed(difference)} ${range(interval)}`
    const late = `${signed(lastTen.difference)} ${range(lastTen.interval)}`
    print(`${a} - ${b}: ${all}, last ten episodes ${late}${rough ? ' (rough: under five seeds)' : ''}`)
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
