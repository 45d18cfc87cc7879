import { join } from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import { type RecordedRun, type RunEvent, readRecordedRun, verifyRun } from '../../harness/index.ts'
import { cellFile } from '../cells/cell.ts'
import { forkRun, requestOf } from '../fork-run.ts'
import { openStory } from '../open-story.ts'
import type { RunRequest } from '../run.ts'
import { staticLevel } from '../static-level.ts'
import { pictureFile } from '../tui/picture-file.ts'
import { showRun } from '../tui/show-run.ts'
import { canShowScreen, printReplay } from '../tui/without-screen.ts'
import { defineCommand } from './command.ts'
import { shellLine } from './command-line.ts'
import { json, speed, wholeNumber } from './flags.ts'
import { print, printJson, tell } from './output.ts'
import { UsageError } from './usage-error.ts'

export const replay = defineCommand({
  details:
    'Keys as in grue watch; / goes to a turn, an episode, a score change or a flip. ' +
    '--verify plays the recorded commands again, without a model, and checks world hash and score of every turn.',
  schema: z.object({
    directory: z.string().meta({ operand: 'DIR', description: 'The folder of a run, as --out named it' }),
    episode: wholeNumber(1).optional().meta({ value: 'E', description: 'Only this episode' }),
    against: z
      .string()
      .optional()
      .meta({ value: 'DIR', description: 'Another run to show beside it, turn by turn; on a terminal' }),
    verify: z.boolean().prefault(false).meta({ description: 'Check every turn instead of showing it' }),
    story: z.string().optional().meta({
      value: 'STORY',
      description: 'The story file, where its id is not in the catalogue: for --verify, and to take over',
    }),
    speed: speed().prefault('2').meta({ value: 'V', description: 'Turns per second on a terminal, or max' }),
    json: json.meta({ description: 'With --verify: print the result as JSON' }),
  }),
  async run({ directory, episode, against, verify, story, speed, json }) {
    const { stdin, stdout, env } = process
    const onScreen = canShowScreen({ stdin, stdout, env })
    if (json && !verify) throw new UsageError('--json prints what --verify finds: add --verify.')
    if (against !== undefined && verify) throw new UsageError('--verify checks one run: leave out --against.')
    if (against !== undefined && !onScreen)
      throw new UsageError('--against shows a run beside another on a terminal, and here is none.')
    const whole = readRecordedRun(directory)
    const run = episode === undefined ? whole : onlyEpisode(whole, episode)
    if (verify) return verifyTurns(run, story ?? run.config.story.id, json)
    if (!onScreen) return (await printReplay(run.events(), { stdout })).exitCode
    const rival = against === undefined ? undefined : readRecordedRun(against)
    const { stepLimit, temperature, prior } = run.config
    const terms = { story: run.config.story.id, prior: prior.name, stepLimit, temperature }
    const { exitCode } = await showRun(
      {
        kind: 'recorded',
        recordings: [run, ...(rival ? [rival] : [])].map((each) => each.events()),
        fork: (episode, turn, command) => {
          const request = { ...requestOf(directory), ...(story === undefined ? {} : { story }) }
          const resume = (out: string) => resumingCommand(request, out)
          return forkRun(request, { episode, turn, command, speed, resume })
        },
      },
      { stdin, stdout, env, speed, baseline: staticLevel(directory, terms), savePicture: pictureFile('.') },
    )
    return exitCode
  },
})

/** What goes on with a fork of a recording: on the screen, where the command line can say all that was asked. */
function resumingCommand(
  { story, policy, parameters, model, memory, memoryLimit, ...request }: RunRequest,
  out: string,
) {
  if (model || memory || memoryLimit) return shellLine('grue', 'cell', join(out, cellFile), '--out', out)
  const { seed, gameSeed, episodes, stepLimit, temperature } = request
  const set = Object.entries(parameters).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  const game = gameSeed.type === 'fixed' ? `fixed:${gameSeed.seed}` : gameSeed.type
  const numbers = { seed, episodes, steps: stepLimit, temperature }
  const flags = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)])
  return shellLine('grue', 'watch', story, '--policy', policy, ...set, ...flags, '--game-seed', game, '--out', out)
}

function onlyEpisode(run: RecordedRun, episode: number): RecordedRun {
  if (!run.episodes.some((recorded) => recorded.episode === episode))
    throw new UsageError(
      `--episode must be one of the ${run.episodes.length} that ${run.directory} holds, not "${episode}".`,
    )
  const events = async function* (): AsyncGenerator<RunEvent> {
    for await (const event of run.events())
      if ('episode' in event ? event.episode === episode : event.type === 'run-started') yield event
  }
  return { ...run, events }
}

async function verifyTurns(run: RecordedRun, story: string, json: boolean): Promise<number> {
  let turns = 0
  for await (const turn of verifyRun(run, openStory(story))) {
    if (turn.type === 'different') {
      const { episode, turn: number, what, recorded, replayed } = turn
      if (json) printJson({ verified: false, episode, turn: number, what, recorded, replayed })
      tell(
        `grue: ${run.directory}: episode ${episode}, turn ${number} differs: recorded ${what} ${recorded}, replayed ${replayed}. ` +
          'The record was changed, or another version of grue made it.',
      )
      return 1
    }
    if (turn.turn > 0) turns += 1
  }
  if (json) printJson({ verified: true, turns })
  else print(`${run.directory}: all ${turns} turns are as recorded.`)
  return 0
}
