import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import { openCatalogue } from '../../games/index.ts'
import { type RunEvent, readRecordedRun } from '../../harness/index.ts'
import { finishedEpisodes } from '../finished-episodes.ts'
import { forkRun } from '../fork-run.ts'
import { staticLevel } from '../static-level.ts'
import { speeds } from '../tui/keys.ts'
import { pictureFile } from '../tui/picture-file.ts'
import { printRun } from '../tui/print-run.ts'
import { showRun } from '../tui/show-run.ts'
import { canShowScreen } from '../tui/without-screen.ts'
import { watchRun } from '../watched-run.ts'
import { defineCommand } from './command.ts'
import { commandLineFor } from './command-line.ts'
import { folder, speed, wholeNumber } from './flags.ts'
import { planRuns } from './plan-runs.ts'
import { agent, runFlags, settings } from './run-flags.ts'
import { folderName } from './run-folder.ts'
import { refuseToHideRuns } from './runs-in.ts'
import { UsageError } from './usage-error.ts'

export const watch = defineCommand({
  details: [
    'Keys: space pauses, n plays one turn, b and f look back and forward, the arrows say why, m maps, t takes over,',
    '? shows all keys, q quits. Without a terminal it prints a line a turn and ends with its last episode.',
  ].join(' '),
  schema: z.object({
    story: z
      .string()
      .optional()
      .meta({ operand: 'STORY', description: 'An id of "grue games list", or a path; else the built-in story' }),
    episodes: wholeNumber(1).prefault('5').meta({ value: 'N', description: 'How many episodes' }),
    steps: wholeNumber(1).prefault('40').meta({ value: 'M', description: 'Most turns of an episode' }),
    policy: agent().prefault('jitrl').meta({
      value: 'P',
      description: 'Who plays: jitrl, static, random, one of the others in docs/policies.md, or ./FILE.js',
    }),
    against: agent()
      .optional()
      .meta({ value: 'P', description: 'A second policy that plays beside the first, on the same seeds' }),
    seed: wholeNumber(0).prefault('1').meta({ value: 'S', description: "The run's seed" }),
    set: settings().prefault([]).meta({ value: 'NAME=X', description: 'Set a parameter of the policy; repeatable' }),
    ...runFlags,
    speed: speed()
      .prefault('2')
      .meta({ value: 'V', description: `Turns per second: ${speeds.slice(0, -1).join(', ')} or max` }),
    out: folder().optional().meta({ value: 'DIR', description: 'The folder of the run, else a new one under runs/' }),
  }),
  async run({ policy, seed, set, speed, ...given }) {
    const catalogue = openCatalogue({ env: process.env, cwd: process.cwd() })
    // Resolved here as well as in the thread that plays: wrong usage is found out before there is a screen.
    const story = given.story ?? catalogue.list()[0]?.id ?? ''
    const { id } = catalogue.resolve(story)
    const { against } = given
    if (against === policy) throw new UsageError(`--against must name another policy than ${policy}.`)
    const players = against === undefined ? [policy] : [policy, against]
    const folder = given.out ?? join('runs', `watch-${id}-${new Date().toISOString().replace(/[:.]/g, '')}`)
    const plan = planRuns({ ...given, story }, players, folder)
    const requests =
      against === undefined
        ? [plan({ policy, seed, parameters: set, out: folder })]
        : [
            plan({ policy, seed, parameters: set, out: join(folder, folderName(policy)) }),
            plan({ policy: against, seed, out: join(folder, folderName(against)) }),
          ]
    for (const { out } of requests) refuseToHideRuns(out)
    const [request] = requests
    const resume = commandLineFor(folder)
    const { stdin, stdout, env } = process
    if (!request || !canShowScreen({ stdin, stdout, env })) {
      let exitCode = 0
      for (const each of requests) {
        const outcome = await printRun(watchRun(each, { speed: Infinity }), { stdout, resume })
        exitCode ||= outcome.exitCode
      }
      return exitCode
    }
    const terms = {
      story: id,
      prior: request.model ? `openai:${request.model.model}` : 'lexical',
      stepLimit: request.stepLimit,
      temperature: request.temperature,
    }
    const { exitCode } = await showRun(
      {
        kind: 'live',
        runs: requests.map((each) => ({ run: watchRun(each, { speed }), before: beforeOf(each.out) })),
        fork: (episode, turn, command) => {
          return forkRun(request, { episode, turn, command, speed, resume: commandLineFor })
        },
      },
      {
        stdin,
        stdout,
        env,
        speed,
        resume,
        prices: request.model?.prices ?? null,
        baseline: staticLevel(folder, terms),
        savePicture: pictureFile('.'),
      },
    )
    return exitCode
  },
})

/** The finished episodes of a run that is resumed: read now, before its thread goes on writing. */
function beforeOf(folder: string): AsyncIterable<RunEvent> | undefined {
  return existsSync(join(folder, 'run.json')) ? finishedEpisodes(readRecordedRun(folder)) : undefined
}
