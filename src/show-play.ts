import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { StoryInfo } from '../games/index.ts'
import type { RunEvent } from '../harness/index.ts'
import { readSavedGame, saveGame } from './saved-game.ts'
import type { FromStory, PlayRequest, StoryThread } from './story-thread.ts'
import { counted } from './tui/figures.ts'
import { plainText } from './tui/plain-text.ts'
import { completeNow, initialPlay, type PlayEffect, pressPlay } from './tui/play-controls.ts'
import { playFrame, playPage } from './tui/play-frame.ts'
import { exitCodeOf } from './tui/signals.ts'
import { onTerminal, type Terminal, type TerminalScreen } from './tui/terminal-screen.tsx'
import { emptyView, pointsOf, reduce, scoreOf, type ViewModel } from './tui/view-model.ts'

export interface PlayOptions extends Terminal {
  readonly request: PlayRequest
  readonly thread: StoryThread
  /** A file that the transcript is appended to from the start. */
  readonly transcript: string | null
}

/** A person plays on the screen, until the person leaves. Returns the exit code. */
export async function showPlay({ request, thread, transcript, ...terminal }: PlayOptions): Promise<number> {
  let story: StoryInfo | null = null
  /** The view after each turn, the opening first; undo takes the last away. */
  let views: readonly ViewModel[] = [emptyView]
  let commands: readonly string[] = []
  let inputs: readonly ('line' | 'char' | 'none')[] = ['line']
  let choicesFor = -1
  let controls = initialPlay(request.hints !== null)
  let transcriptPath = transcript
  let exitCode = 0
  let failure: string | null = null
  let screen: TerminalScreen | null = null
  let close = () => {}

  const view = () => views.at(-1) ?? emptyView
  const input = () => inputs.at(-1) ?? 'line'
  const say = (message: string) => {
    controls = { ...controls, message }
  }
  const tell = (attempt: () => string) => {
    try {
      say(attempt())
    } catch (error) {
      say(plainText(error instanceof Error ? error.message : String(error)))
    }
  }

  const turnsOf = (events: readonly RunEvent[]) => {
    for (const event of events) {
      const next = reduce(view(), event)
      if (event.type === 'stepped') {
        views = [...views, next]
        commands = [...commands, event.command]
        inputs = [...inputs, 'line']
      } else views = [...views.slice(0, -1), next]
      if (event.type === 'observed') inputs = [...inputs.slice(0, -1), event.observation.input]
    }
    write(events.map(transcriptOf).join(''))
    if (controls.panel === 'hints') thread.send({ type: 'choices' })
  }
  const write = (text: string) => {
    const path = transcriptPath
    if (path === null) return
    tell(() => {
      appendFileSync(path, text)
      return controls.message
    })
  }
  const startTranscript = (path: string, how: 'append' | 'write over') =>
    tell(() => {
      writeFileSync(path, '', { flag: how === 'append' ? 'a' : 'w' })
      transcriptPath = path
      return `The transcript goes to ${path} from here on.`
    })

  const onMessage = (message: FromStory) => {
    switch (message.type) {
      case 'opened':
        story = message.story
        return thread.send({ type: 'begin', commands: [] })
      case 'begun':
        views = [emptyView]
        commands = []
        inputs = ['line']
        return turnsOf(message.events)
      case 'played':
        return turnsOf(message.events)
      case 'undone': {
        if (!message.done) return say('There is no turn to take back.')
        const taken = `Taken back: ${plainText(commands.at(-1) ?? '')}.`
        say(taken)
        views = views.slice(0, -1)
        commands = commands.slice(0, -1)
        inputs = inputs.slice(0, -1)
        write(`[${taken}]\n\n`)
        if (controls.panel === 'hints') thread.send({ type: 'choices' })
        return
      }
      case 'choices': {
        const { turn, validActions, decision } = message.choices
        // Of a turn that was taken back, or played beyond, meanwhile.
        if (turn !== commands.length) return
        choicesFor = turn
        views = [...views.slice(0, -1), { ...view(), validActions, decision, flippedFrom: null }]
        controls = completeNow(controls, validActions)
        return
      }
      case 'failed':
        return say(plainText(message.message))
    }
  }

  const carryOut = (effect: PlayEffect) => {
    switch (effect.type) {
      case 'step':
      case 'undo':
      case 'choices':
        return thread.send(effect)
      case 'save':
        return tell(() => {
          if (!story) return 'The story is still being opened.'
          saveGame(effect.path, story, request.seed, commands)
          return `Saved to ${effect.path}: ${counted(commands.length, 'turn')}.`
        })
      case 'restore':
        return tell(() => {
          if (!story) return 'The story is still being opened.'
          const restored = readSavedGame(effect.path, story, request.seed)
          thread.send({ type: 'begin', commands: restored })
          return `Restored from ${effect.path}.`
        })
      case 'transcript':
        return startTranscript(effect.path, 'write over')
      case 'leave':
        exitCode = effect.how === 'interrupt' ? exitCodeOf.SIGINT : 0
        return close()
      case 'suspend':
        return screen?.suspend()
    }
  }
  const onKey = (key: string) => {
    const hadHints = controls.panel === 'hints'
    const pressed = pressPlay(controls, key, {
      input: input(),
      validActions: choicesFor === commands.length ? view().validActions : null,
      hasHints: request.hints !== null,
      page: screen ? playPage(screen.size()) : 1,
      savedAs: `${story?.id ?? 'game'}.json`,
      exists: existsSync,
    })
    controls = pressed.controls
    for (const effect of pressed.effects) carryOut(effect)
    if (!hadHints && controls.panel === 'hints') thread.send({ type: 'choices' })
    screen?.changed()
  }

  if (transcript !== null) startTranscript(transcript, 'append')
  try {
    await onTerminal(terminal, {
      lines: (size) => playFrame({ title: titleOf(story, request), view: view(), controls, input: input(), size }),
      onKey,
      onLeave: (code) => {
        exitCode = code
        close()
      },
      run: (opened) => {
        screen = opened
        return new Promise<void>((resolve, reject) => {
          close = resolve
          const listen = async () => {
            for await (const message of thread.messages) {
              onMessage(message)
              opened.changed()
            }
          }
          listen().catch((error) => {
            failure = error instanceof Error ? error.message : String(error)
            reject(error)
          })
        })
      },
    })
  } finally {
    thread.close()
  }
  const { score, maxScore } = view()
  terminal.stdout.write(`${counted(commands.length, 'turn')}, ${scoreOf(score, maxScore)} points.\n`)
  return failure === null ? exitCode : 1
}

function titleOf(story: StoryInfo | null, { story: asked }: PlayRequest): string {
  return story ? plainText(story.title) : `opening ${basename(asked)} …`
}

function transcriptOf(event: RunEvent): string {
  switch (event.type) {
    case 'stepped': {
      const points = pointsOf(event.reward)
      return `> ${plainText(event.command)}${points === '' ? '' : `  [${points}]`}\n`
    }
    case 'observed':
      return `${plainText(event.observation.text)
        .replace(/\n>\s*$/, '')
        .trim()}\n\n`
    default:
      return ''
  }
}
