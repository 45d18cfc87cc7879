import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Environment, openCatalogue, openEnvironment } from '../../games/index.ts'
import { PlayedStory } from '../../src/played-story.ts'
import { readSavedGame } from '../../src/saved-game.ts'
import { showPlay } from '../../src/show-play.ts'
import type { FromStory, StoryThread, ToStory } from '../../src/story-thread.ts'
import type { Terminal } from '../../src/tui/terminal-screen.tsx'
import { EmulatedKeyboard, EmulatedTerminal } from './tui/emulated-terminal.ts'

let folder = ''
let environment: Environment
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-play-'))
  const { id, title, bytes } = openCatalogue({ env: {}, cwd: folder }).resolve('minizork')
  environment = openEnvironment(bytes, { id, title })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** The story in this thread. */
function storyHere(): StoryThread {
  const played = new PlayedStory(environment, 1, null)
  const waiting: FromStory[] = [{ type: 'opened', story: environment.story }]
  let wake = () => {}
  let closed = false
  const answer = async (message: ToStory): Promise<FromStory> => {
    switch (message.type) {
      case 'begin':
        return { type: 'begun', events: [...played.begin(message.commands)] }
      case 'step':
        return { type: 'played', events: [...played.step(message.command)] }
      case 'undo':
        return { type: 'undone', done: played.undo() }
      case 'choices':
        return { type: 'choices', choices: await played.choices() }
    }
  }
  async function* messages(): AsyncGenerator<FromStory> {
    while (!closed) {
      const next = waiting.shift()
      if (next) yield next
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return {
    messages: messages(),
    send: (message) =>
      void answer(message).then((said) => {
        waiting.push(said)
        wake()
      }),
    close: () => {
      closed = true
      wake()
    },
  }
}

test('a story is played on the screen: completed, taken back, saved, restored, written down, and left', async () => {
  const terminal = new EmulatedTerminal(100, 30)
  const keyboard = new EmulatedKeyboard()
  // The emulations have the members that are used of a terminal's two streams.
  const streams = { stdin: keyboard, stdout: terminal } as unknown as Pick<Terminal, 'stdin' | 'stdout'>
  const request = { story: 'minizork', seed: 1, hints: null }
  const transcript = join(folder, 'said.txt')
  writeFileSync(transcript, 'Of yesterday.\n')
  const saved = join(folder, 'game.json')
  const outcome = showPlay({ ...streams, env: {}, request, thread: storyHere(), transcript })
  const shows = async (text: string | RegExp) => {
    for (let tries = 0; tries < 300; tries += 1) {
      const screen = (await terminal.screen()).join('\n')
      if (typeof text === 'string' ? screen.includes(text) : text.test(screen)) return
      await sleep(10)
    }
    throw new Error(`${text} did not come about.`)
  }

  await shows('West of House')
  keyboard.type('open mailb\t')
  await shows('> open mailbox')
  keyboard.type('\r')
  await shows('turn 1')
  keyboard.type('north\r')
  await shows(/^North of House/)
  keyboard.type(`save\r\u0015${saved}\r`)
  await shows('2 turns.')
  keyboard.type('undo\r')
  await shows(/^West of House.*turn 1/)
  keyboard.type(`save\r\u0015${join(folder, 'short.json')}\r`)
  await shows(': 1 turn.')
  keyboard.type('north\r')
  await shows(/^North of House.*turn 2/)
  keyboard.type('undo\r')
  await shows(/^West of House.*turn 1/)
  keyboard.type(`restore\r\u0015${saved}\r`)
  await shows(/^North of House.*turn 2/)
  keyboard.type('\u0007')
  await shows('map 2 rooms, 1 way found')
  keyboard.type('\u0004')

  expect(await outcome).toBe(0)
  await terminal.screen()
  expect(terminal.isAlternate).toBe(false)
  expect(terminal.cursorIsVisible).toBe(true)
  expect(keyboard.isRaw).toBe(false)
  expect(readSavedGame(saved, environment.story, 1)).toEqual(['open mailbox', 'north'])
  expect(() => readSavedGame(saved, environment.story, 2)).toThrow('start with --seed 1')
  expect(() => readSavedGame(transcript, environment.story, 1)).toThrow('no saved game')
  const said = readFileSync(transcript, 'utf8')
  expect(said).toMatch(/^Of yesterday\.\n/)
  expect(said).toMatch(/^> open mailbox\nOpening the small mailbox/m)
  expect(said).toMatch(/^> north\nNorth of House\n[^>]*\n\n\[Taken back: north\.\]\n\n/m)
})
