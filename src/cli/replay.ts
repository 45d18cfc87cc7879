import process from 'node:process'
import { z } from 'zod'
import { type RecordedRun, type RunEvent, readRecordedRun, verifyRun } from '../../harness/index.ts'
import { openStory } from '../open-story.ts'
import { canShowScreen, printReplay, showReplay } from '../tui/show-watch.tsx'
import { defineCommand } from './command.ts'
import { json, speed, wholeNumber } from './flags.ts'
import { print, printJson, tell } from './output.ts'
import { UsageError } from './usage-error.ts'

export const replay = defineCommand({
  details:
    '--verify plays the recorded commands again, without a model, and checks world hash and score of every turn.',
  schema: z.object({
    directory: z.string().meta({ operand: 'DIR', description: 'The folder of a run, as --out named it' }),
    episode: wholeNumber(1).optional().meta({ value: 'E', description: 'Only this episode' }),
    verify: z.boolean().prefault(false).meta({ description: 'Check every turn instead of showing it' }),
    story: z
      .string()
      .optional()
      .meta({ value: 'STORY', description: 'For --verify: the story file, where its id is not in the catalogue' }),
    speed: speed().prefault('2').meta({ value: 'V', description: 'Turns per second on a terminal, or max' }),
    json,
  }),
  async run({ directory, episode, verify, story, speed, json }) {
    const whole = readRecordedRun(directory)
    const run = episode === undefined ? whole : onlyEpisode(whole, episode)
    if (verify) return verifyTurns(run, story ?? run.config.story.id, json)
    const { stdin, stdout, env } = process
    const { exitCode } = canShowScreen({ stdin, stdout, env })
      ? await showReplay(run.events(), { stdin, stdout, env, speed })
      : await printReplay(run.events(), { stdout })
    return exitCode
  },
})

function onlyEpisode(run: RecordedRun, episode: number): RecordedRun {
  if (!run.episodes.some((recorded) => recorded.episode === episode))
    throw new UsageError(
      `--episode must be one of the ${run.episodes.length} that ${run.directory} holds, not "${episode}".`,
      'replay',
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
