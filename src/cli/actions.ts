import { z } from 'zod'
import type { Environment, SearchOptions, Timestep, ValidActions } from '../../games/index.ts'
import { openStory } from '../open-story.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { readCommands } from './command-file.ts'
import { commandsFlag, interpreterSeed, json, story, wholeNumber } from './flags.ts'
import { print, printJson } from './output.ts'

export const actions = defineCommand({
  details: 'Commands with the same effect are listed once, under the shortest that stands for them.',
  schema: z.object({
    story,
    commands: commandsFlag,
    seed: interpreterSeed,
    each: z
      .boolean()
      .prefault(false)
      .meta({ description: 'List them for every state along the commands, not the last alone' }),
    probeBudget: wholeNumber(1)
      .optional()
      .meta({ value: 'N', description: 'Try N candidates at most, the most promising first, and say so' }),
    jobs: wholeNumber(1)
      .prefault('1')
      .meta({ value: 'N', description: "Spread a state's candidates over N threads; the list is the same" }),
    json,
  }),
  run({ story, commands, seed, each, probeBudget, jobs, json }) {
    const script = commands === undefined ? [] : readCommands(commands)
    const environment = openStory(story)
    const showFound = json ? showAsJson : showAsText
    const show = (environment: Environment, turn: number, time: Timestep) =>
      showFound(environment, turn, time, findActions(environment, time, { budget: probeBudget, jobs }))
    let time = environment.reset({ seed })
    let turn = 0
    if (each) show(environment, turn, time)
    for (const command of script) {
      if (time.terminated) break
      time = environment.step(command)
      turn += 1
      if (each) show(environment, turn, time)
    }
    if (!each) show(environment, turn, time)
    return 0
  },
})

type Found = ValidActions & { readonly ms: number }

/** A story that has ended takes no command, so nothing is tried there. */
function findActions(environment: Environment, time: Timestep, options: SearchOptions): Found {
  if (time.terminated) return { actions: [], tried: 0, partial: false, ms: 0 }
  // The story is learnt when its world is first asked for; `ms` is the search alone.
  environment.worldHash()
  const start = performance.now()
  const found = environment.validActions(options)
  return { ...found, ms: Math.round((performance.now() - start) * 10) / 10 }
}

function showAsJson(environment: Environment, turn: number, time: Timestep, found: Found): void {
  const { actions, tried, partial, ms } = found
  const rows = actions.map(({ command, equivalents, effect }) => {
    return { command, equivalents, ...effect }
  })
  const { location } = time.observation
  printJson({ turn, location, actions: rows, tried, partial, ms, worldHash: environment.worldHash() })
}

function showAsText(_: Environment, turn: number, time: Timestep, { actions, tried, partial, ms }: Found): void {
  const location = plainLine(time.observation.location ?? 'nowhere known')
  print(
    `Turn ${turn}, ${location}: ${actions.length} valid actions of ${tried} tried, ${ms} ms${partial ? '; the budget ended the search' : ''}`,
  )
  for (const { command, equivalents, effect } of actions) {
    const points = effect.reward === 0 ? '' : `  [${effect.reward > 0 ? '+' : ''}${effect.reward}]`
    const end = effect.terminated ? '  [ends the story]' : ''
    const others = equivalents.filter((other) => other !== command)
    const same =
      others.length === 0 ? '' : `  (also: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', ...' : ''})`
    const things = effect.changed.length === 0 ? '' : `  changes ${effect.changed.slice(0, 4).join(', ')}`
    print(`  ${plainLine(`${command}${points}${end}${things}${same}`)}`)
  }
}
