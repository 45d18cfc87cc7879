import { z } from 'zod'
import type { Environment, Timestep, ValidActions } from '../../games/index.ts'
import { openStory } from '../open-story.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { readCommands } from './command-file.ts'
import { commandsFlag, interpreterSeed, json, story } from './flags.ts'
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
    json,
  }),
  run({ story, commands, seed, each, json }) {
    const script = commands === undefined ? [] : readCommands(commands)
    const environment = openStory(story)
    const show = json ? showAsJson : showAsText
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

/** A story that has ended takes no command, so nothing is tried there. */
function findActions(environment: Environment, time: Timestep): ValidActions & { readonly ms: number } {
  if (time.terminated) return { actions: [], tried: 0, ms: 0 }
  // The story is learnt when its world is first asked for; `ms` is the search alone.
  environment.worldHash()
  const start = performance.now()
  const found = environment.validActions()
  return { ...found, ms: Math.round((performance.now() - start) * 10) / 10 }
}

function showAsJson(environment: Environment, turn: number, time: Timestep): void {
  const { actions, tried, ms } = findActions(environment, time)
  const rows = actions.map(({ command, equivalents, effect: { reward, terminated } }) => {
    return { command, equivalents, reward, terminated }
  })
  const { location } = time.observation
  printJson({ turn, location, actions: rows, tried, ms, worldHash: environment.worldHash() })
}

function showAsText(environment: Environment, turn: number, time: Timestep): void {
  const { actions, tried, ms } = findActions(environment, time)
  const location = plainLine(time.observation.location ?? 'nowhere known')
  print(`Turn ${turn}, ${location}: ${actions.length} valid actions of ${tried} tried, ${ms} ms`)
  for (const { command, equivalents, effect } of actions) {
    const points = effect.reward === 0 ? '' : `  [${effect.reward > 0 ? '+' : ''}${effect.reward}]`
    const end = effect.terminated ? '  [ends the story]' : ''
    const others = equivalents.filter((other) => other !== command)
    const same =
      others.length === 0 ? '' : `  (also: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', ...' : ''})`
    print(`  ${plainLine(`${command}${points}${end}${same}`)}`)
  }
}
