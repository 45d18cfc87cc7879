import { join } from 'node:path'
import { z } from 'zod'
import { readRecordedRun } from '../../harness/index.ts'
import { cellFile, readCell } from '../cells/cell.ts'
import { forkEpisode, type Outcome } from '../fork-episode.ts'
import { openStory } from '../open-story.ts'
import { openPlayers } from '../players.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { json, wholeNumber } from './flags.ts'
import { modelFlags, modelOf, refuseIdleSampler } from './model-flags.ts'
import { print, printJson, printTable } from './output.ts'
import { agent, settings } from './run-flags.ts'

export const fork = defineCommand({
  details: [
    'Plays the recorded episode up to the turn again, checking that it comes to the very same world, and goes on from there',
    'with the memory that the run had when the episode began; where some of that has been forgotten since, it refuses. The',
    'draws are those of the run: with its own policy and parameters the episode comes out as it did. Nothing is recorded.',
  ].join(' '),
  schema: z.object({
    directory: z.string().meta({ operand: 'DIR', description: 'The folder of a run, as --out named it' }),
    episode: wholeNumber(1).meta({ value: 'E', description: 'The episode' }),
    turn: wholeNumber(0).meta({ value: 'T', description: 'The last turn that is kept; 0 keeps the opening alone' }),
    policy: agent().optional().meta({ value: 'P', description: "Who goes on, else the run's own policy" }),
    set: settings().prefault([]).meta({ value: 'NAME=X', description: 'Set a parameter of the policy; repeatable' }),
    seed: wholeNumber(0)
      .optional()
      .meta({ value: 'S', description: "Seed of the choices behind the fork, else the run's" }),
    story: z
      .string()
      .optional()
      .meta({ value: 'STORY', description: 'The story file, where its id is not in the catalogue' }),
    ...modelFlags,
    json,
  }),
  async run({ directory, episode, turn, policy, set, seed, story, json, ...asked }) {
    const run = readRecordedRun(directory)
    const cell = readCell(join(directory, cellFile))
    const environment = openStory(story ?? cell.story)
    const own = policy === undefined || policy === cell.policy
    const spec = policy ?? cell.policy
    // The model that the run asked plays from what it answered then, where that was kept.
    const isItsOwn = asked.model === undefined && asked.prior === undefined && cell.model !== null
    const model = isItsOwn ? cell.model : modelOf(asked, join(directory, 'answers'), [spec])
    const parameters = { ...(own ? cell.parameters : {}), ...set }
    if (!isItsOwn) refuseIdleSampler(model, spec, parameters)
    const result = await forkEpisode(
      {
        run,
        episode,
        turn,
        policy: spec,
        parameters,
        memory: cell.memory,
        seed: seed ?? cell.seed,
      },
      environment,
      await openPlayers(model, cell.temperature, `${environment.story.id}-fork`),
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
    const told = ({ turns }: Outcome, index: number) => {
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
        told(recorded, index),
        told(forked, index),
      ]),
      ['', ending(recorded), ending(forked)],
    ])
    return 0
  },
})

/** A policy by its name and the parameters in which it is not the other. */
function nameOf({ policy }: Outcome, other: Outcome): string {
  const differs = ([name, value]: readonly [string, unknown]) => other.policy.parameters[name] !== value
  const own = policy.name === other.policy.name ? Object.entries(policy.parameters).filter(differs) : []
  return plainLine([policy.name, ...own.map(([name, value]) => `${name}=${value}`)].join(' '))
}

function ending({ score, steps, victory, terminated }: Outcome): string {
  return `${score ?? '-'} points, ${steps} turns, ${victory ? 'won' : terminated ? 'ended' : 'step limit'}`
}
