import process from 'node:process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type Environment, openCatalogue, type Timestep } from '../../games/index.ts'
import { openStory } from '../open-story.ts'
import { showPlay } from '../show-play.ts'
import { openStoryThread } from '../story-thread.ts'
import { plainText } from '../tui/plain-text.ts'
import { exitCodeOf } from '../tui/signals.ts'
import { sizeOf } from '../tui/terminal-size.ts'
import { canShowScreen } from '../tui/without-screen.ts'
import { wordWrap } from '../tui/word-wrap.ts'
import { defineCommand } from './command.ts'
import { readCommands } from './command-file.ts'
import { commandsFlag, interpreterSeed, json, story } from './flags.ts'
import { namedMemory } from './memory-path.ts'
import { print, printJson, tell } from './output.ts'
import { UsageError } from './usage-error.ts'

export const play = defineCommand({
  details:
    'Without --commands the commands are typed, on a screen where there is a terminal (Ctrl-G shows its keys), or read ' +
    'from stdin, one a line. Ctrl-D ends it.',
  schema: z.object({
    story,
    commands: commandsFlag,
    seed: interpreterSeed,
    hints: z.string().optional().meta({
      value: 'DB',
      description: 'Show what this memory (a memory.db, or its folder) thinks of each command; on a terminal',
    }),
    transcript: z.string().optional().meta({ value: 'FILE', description: 'Append a transcript there; on a terminal' }),
    json,
  }),
  async run({ story, commands, seed, hints, transcript, json }) {
    const { stdin, stdout, env } = process
    const memory = hints === undefined ? null : namedMemory('--hints', hints)
    const onTerminal = canShowScreen({ stdin, stdout, env })
    refuseScreenFlags({ hints, transcript }, { commands, json, onTerminal })
    if (commands === undefined && !json && onTerminal) {
      // Resolved here as well as in the thread that plays: wrong usage is found out before there is a screen.
      openCatalogue({ env, cwd: process.cwd() }).resolve(story)
      const request = { story, seed, hints: memory }
      const thread = openStoryThread(request)
      return showPlay({ request, thread, transcript: transcript ?? null, stdin, stdout, env })
    }
    // Read first: a script that is missing should not cost the start of a story.
    const script = commands === undefined ? null : readCommands(commands)
    const environment = openStory(story)
    const prompting = script === null && !json && process.stdin.isTTY === true
    const show = json ? showAsJson : prompting ? showToTypist : showAsTranscript
    show(environment, 0, null, environment.reset({ seed }))
    let turn = 0
    for await (const command of script ?? typedCommands(prompting)) {
      turn += 1
      const time = environment.step(command)
      show(environment, turn, command, time)
      if (!time.terminated) continue
      const left = script === null ? 0 : script.length - turn
      if (left > 0) tell(`The story ended at turn ${turn}; ${left} more commands were not played.`)
      return 0
    }
    return 0
  },
})

/** Throws `UsageError` where a flag of the screen is given and none will be shown. */
function refuseScreenFlags(
  flags: Readonly<Record<string, string | undefined>>,
  { commands, json, onTerminal }: { commands: string | undefined; json: boolean; onTerminal: boolean },
): void {
  const flag = Object.keys(flags).find((name) => flags[name] !== undefined)
  if (flag === undefined) return
  const use = `--${flag} is for the screen of a terminal`
  if (json) throw new UsageError(`${use}: leave it out with --json.`)
  if (commands !== undefined) throw new UsageError(`${use}: leave it out with --commands.`)
  if (!onTerminal) throw new UsageError(`${use}, and here is none.`)
}

function showAsJson(environment: Environment, turn: number, command: string | null, time: Timestep): void {
  const { text, score, maxScore, moves, location, inventory } = time.observation
  const { reward, terminated, victory } = time
  const worldHash = environment.worldHash()
  const game = { score, maxScore, moves, location, inventory }
  printJson({ turn, command, observation: text, ...game, reward, terminated, victory, worldHash })
}

function showAsTranscript(environment: Environment, turn: number, command: string | null, time: Timestep): void {
  if (command !== null) print(`> ${plainText(command)}`)
  showToTypist(environment, turn, command, time)
}

/** Whoever types a command at a terminal sees it there already. */
function showToTypist(_environment: Environment, _turn: number, _command: string | null, time: Timestep): void {
  const { observation, reward } = time
  print(readable(observation.text))
  if (reward !== 0) print(`[${reward > 0 ? '+' : ''}${reward}: score ${observation.score}]`)
  print('')
}

/** A story's text without anything that steers a terminal, its lines broken between words where there is one. */
function readable(text: string): string {
  const plain = plainText(text).trim()
  return process.stdout.isTTY ? wordWrap(plain, sizeOf(process.stdout).columns).join('\n') : plain
}

/** What a person types, or another program writes, line by line until there is no more. */
async function* typedCommands(prompting: boolean): AsyncGenerator<string> {
  const terminal = prompting ? { output: process.stdout, prompt: '> ' } : {}
  const lines = createInterface({ input: process.stdin, ...terminal })
  lines.on('SIGINT', () => {
    lines.close()
    print('')
    process.exit(exitCodeOf.SIGINT)
  })
  if (prompting) lines.prompt()
  for await (const line of lines) {
    yield line
    if (prompting) lines.prompt()
  }
  // Ctrl-D leaves the cursor behind the prompt.
  if (prompting) print('')
}
