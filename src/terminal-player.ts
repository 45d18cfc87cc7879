import process from 'node:process'
import { createInterface, type Interface } from 'node:readline'
import { isMainThread } from 'node:worker_threads'
import type { Player } from '../harness/index.ts'
import { plainText } from './tui/plain-text.ts'

/** The person at the terminal has gone, or there is none. */
class PlayerLeftError extends Error {
  override readonly name = 'PlayerLeftError'
}

/**
 * Shows the story's text on stderr and takes commands from stdin, one a line: stdout is for results. Stdin is listened to
 * from when a player is asked for, and by one reader, as two would share the lines.
 */
export class TerminalPlayer {
  #lines: Interface | null = null
  #player: Player | null = null

  get player(): Player {
    this.#player ??= this.#open()
    return this.#player
  }

  /** Stdin keeps the program from ending no more. */
  close(): void {
    this.#lines?.close()
  }

  #open(): Player {
    if (!isMainThread) throw new PlayerLeftError('human plays in "grue learn" alone: there is no one to ask here.')
    const lines = createInterface({ input: process.stdin, ...(process.stdin.isTTY && { output: process.stderr }) })
    this.#lines = lines
    lines.on('SIGINT', () => lines.close())
    const typed = lines[Symbol.asyncIterator]()
    return async ({ episode, turn, observation }) => {
      if (turn === 1) process.stderr.write(`\nEpisode ${episode}\n\n`)
      process.stderr.write(`${plainText(observation.text).trim()}\n\n> `)
      for (;;) {
        const { value, done } = await typed.next()
        if (done) throw new PlayerLeftError('No more commands: every finished turn is kept, the same command goes on.')
        const command = plainText(value).trim()
        if (command !== '') return command
      }
    }
  }
}
