import { join } from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import {
  LexicalPrior,
  MeteredPrior,
  openModel,
  overridesOf,
  type RecordedRun,
  readRecordedRun,
} from '../../harness/index.ts'
import { readCell } from '../cells/cell.ts'
import { forkEpisode, type Outcome } from '../fork-episode.ts'
import { openStory } from '../open-story.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { json, wholeNumber } from './flags.ts'
import { print, printJson, printTable } from './output.ts'
import { policy, settings } from './run-flags.ts'

export const fork = defineCommand({
  details: [
    'Plays the recorded episode up to the turn again, checking that it comes to the very same world, and goes on from there',
    'with the memory that the run had when the episode began. The draws are those of the run: with its own policy and',
    'parameters the episode comes out as it did. Nothing is recorded.',
  ].join(' '),
  schema: z.object({
    directory: z.string().meta({ operand: 'DIR', description: 'The folder of a run, as --out named it' }),
    episode: wholeNumber(1).meta({ value: 'E', description: 'The episode' }),
    turn: wholeNumber(0).meta({ value: 'T', description: 'The last turn that is kept; 0 keeps the opening alone' }),
    policy: policy().optional().meta({ value: 'P', description: "Who goes on, else the run's own policy" }),
    set: settings().prefault([]).meta({ value: 'NAME=X', description: 'Set a parameter of the policy; repeatable' }),
    seed: wholeNumber(0)
      .optional()
      .meta({ value: 'S', description: "Seed of the choices behind the fork, else the run's" }),
    story: z
      .string()
      .optional()
      .meta({ value: 'STORY', description: 'The story file, where its id is not in the catalogue' }),
    json,
  }),
  async run({ directory, episode, turn, policy, set, seed, story, json }) {
    const run = readRecordedRun(directory)
    const { config } = run
    const environment = openStory(story ?? config.story.id)
    const own = policy === undefined || policy === config.policy.name
    const result = await forkEpisode(
      {
        run,
        episode,
        turn,
        policy: policy ?? config.policy.name,
        parameters: { ...(own ? overridesOf(config.policy) : {}), ...set },
        seed: seed ?? config.seed,
      },
      environment,
      await priorOf(run, environment.story.id),
    )
    const { at, recorded, forked } = result
    if (json) {
      printJson({ directory, episode, turn, ...result })
      return 0
    }
    print(
      `Episode ${episode} behind turn ${turn}, in ${plainLine(at.location ?? 'a place unknown')} with ${at.score ?? '-'} points:`,
    )
    const rows = Math.max(recorded.turns.length, forked.turns.length)
    const cell = ({ turns }: Outcome, index: number) => {
      const played = turns[index]
      if (played === undefined) return ''
      const before = turns[index - 1]?.score ?? at.score ?? 0
      const gain = (played.score ?? 0) - before
      return plainLine(`${played.command}${gain === 0 ? '' : ` (${gain > 0 ? '+' : ''}${gain})`}`)
    }
    printTable([
      ['turn', `recorded: ${nameOf(recorded, forked)}`, `fork: ${nameOf(forked, recorded)}`],
      ...Array.from({ length: rows }, (_, index) => [
        String(turn + 1 + index),
        cell(recorded, index),
        cell(forked, index),
      ]),
      ['', ending(recorded), ending(forked)],
    ])
    return 0
  },
})

/** Of the run: its model plays from what it answered then, where that was kept. */
async function priorOf({ directory, config }: RecordedRun, story: string): Promise<MeteredPrior> {
  if (config.prior.name === 'lexical') return new MeteredPrior(new LexicalPrior())
  const { model } = readCell(join(directory, 'cell.json'))
  const opened = model && (await openModel(model, process.env, `${story}-fork`, config.temperature))
  return new MeteredPrior(opened?.prior ?? new LexicalPrior())
}

/** A policy by its name and the parameters in which it is not the other. */
function nameOf({ policy }: Outcome, other: Outcome): string {
  const differs = ([name, value]: readonly [string, unknown]) => other.policy.parameters[name] !== value
  const own = policy.name === other.policy.name ? Object.entries(policy.parameters).filter(differs) : []
  return [policy.name, ...own.map(([name, value]) => `${name}=${value}`)].join(' ')
}

function ending({ score, steps, victory, terminated }: Outcome): string {
  return `${score ?? '-'} points, ${steps} turns, ${victory ? 'won' : terminated ? 'ended' : 'step limit'}`
}
