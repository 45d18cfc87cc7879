import { join } from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import { openCatalogue } from '../../games/index.ts'
import { speeds } from '../tui/keys.ts'
import { canShowScreen, printWatch, showWatch } from '../tui/show-watch.tsx'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { speed, wholeNumber } from './flags.ts'
import { modelOf } from './model-flags.ts'
import { policy, runFlags } from './run-flags.ts'

export const watch = defineCommand({
  details: [
    'Keys: space pauses, n plays one turn, + and - change the speed, q quits.',
    'Without a terminal it prints a line a turn and ends with its last episode.',
  ].join('\n'),
  schema: z.object({
    story: z
      .string()
      .optional()
      .meta({ operand: 'STORY', description: 'An id of "grue games list", or a path; else the built-in story' }),
    episodes: wholeNumber(1).prefault('5').meta({ value: 'N', description: 'How many episodes' }),
    steps: wholeNumber(1).prefault('40').meta({ value: 'M', description: 'Most turns of an episode' }),
    policy: policy()
      .prefault('jitrl')
      .meta({ value: 'P', description: 'Who plays: jitrl, jitrl:paper, static, random' }),
    seed: wholeNumber(0).prefault('1').meta({ value: 'S', description: "The run's seed" }),
    ...runFlags,
    speed: speed()
      .prefault('2')
      .meta({ value: 'V', description: `Turns per second: ${speeds.slice(0, -1).join(', ')} or max` }),
    out: z.string().optional().meta({ value: 'DIR', description: 'The folder of the run, else a new one under runs/' }),
  }),
  async run({ episodes, steps, policy, seed, gameSeed, temperature, speed, ...given }) {
    const catalogue = openCatalogue({ env: process.env, cwd: process.cwd() })
    // Resolved here as well as in the thread that plays: wrong usage is found out before there is a screen.
    const story = given.story ?? catalogue.list()[0]?.id ?? ''
    const { id } = catalogue.resolve(story)
    const out = given.out ?? join('runs', `watch-${id}-${new Date().toISOString().replace(/[:.]/g, '')}`)
    const request = {
      story,
      policy,
      parameters: {},
      model: modelOf(given, join(out, 'answers')),
      seed,
      gameSeed,
      episodes,
      stepLimit: steps,
      temperature,
      out,
      command: commandLine(),
    }
    const resume = given.out === undefined ? commandLine('--out', out) : commandLine()
    const { stdin, stdout, env } = process
    const { exitCode } = canShowScreen({ stdin, stdout, env })
      ? await showWatch(request, { stdin, stdout, env, speed, resume })
      : await printWatch(request, { stdout, resume })
    return exitCode
  },
})
