import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Calibration } from './calibration.ts'
import type { MachineState } from './machine.ts'
import type { Outcome } from './probe.ts'
import type { Learned } from './story-knowledge.ts'

/** What a thread needs to play a story that was learnt elsewhere. */
export interface LearntStory {
  readonly bytes: Uint8Array
  readonly calibration: Calibration
  readonly learned: Learned
}

/** Where a search begins, the dice that always fall alike in it, and its number. */
export interface SearchStart {
  readonly search: number
  readonly start: MachineState
  readonly kept: readonly number[]
}

/**
 * Commands that will be played, in this order. On the board, in shared memory, all threads mark what they take: the
 * search's own from the front, as it comes to them, the others from the back.
 */
export interface Batch {
  readonly commands: readonly string[]
  readonly board: Int32Array
}

/** `spent`: what the turn was worth in steps, as the machine that played it has it. */
interface Foreseen {
  readonly outcome: Outcome | null
  readonly spent: number
}

export interface Played {
  readonly search: number
  readonly outcomes: readonly (readonly [command: string, foreseen: Foreseen])[]
}

/** On the board: how many messages were posted about it, whether it is of no use any more, and then a mark by command. */
export const POSTED = 0
const CLOSED = 1
const FIRST = 2

const FREE = 0
const OWN = 1
const ANOTHERS = 2

/** Commands that a thread takes at a time: a message costs as much as a turn. */
const BLOCK = 2

/** No block takes nearly so long, in milliseconds: an endless turn is given up within a second. */
const PATIENCE = 60_000

/** Takes the last commands that nobody has taken; none where none are left. */
export function takeLast({ commands, board }: Batch): readonly string[] {
  if (Atomics.load(board, CLOSED) !== 0) return []
  const taken: string[] = []
  for (let i = commands.length - 1; i >= 0 && taken.length < BLOCK; i--) {
    if (Atomics.compareExchange(board, FIRST + i, FREE, ANOTHERS) === FREE) taken.push(commands[i]!)
  }
  return taken
}

/**
 * Threads that play the commands a search is about to play, each on a machine of its own. What a command does hangs on
 * the state and the dice alone, so it does not matter who plays it. Nobody waits for a thread that is still starting,
 * for it has taken nothing.
 */
export class Foresight {
  readonly threads: number
  readonly #helpers: readonly { readonly worker: Worker; readonly port: MessagePort }[]
  #search = 0
  #board = boardFor([])
  #places: ReadonlyMap<string, number> = new Map()
  readonly #outcomes = new Map<string, Foreseen>()

  /** `threads`: with the caller's own. They end with the process, or by `close`. */
  constructor(story: LearntStory, threads: number) {
    this.threads = threads
    this.#helpers = Array.from({ length: threads - 1 }, () => {
      const { port1: port, port2: theirs } = new MessageChannel()
      const worker = new Worker(new URL('./foresight-worker.js', import.meta.url), {
        workerData: { story, port: theirs },
        transferList: [theirs],
      })
      worker.unref()
      port.unref()
      return { worker, port }
    })
  }

  /** All commands are played from `start` from now on. */
  begin(start: MachineState, kept: readonly number[]): void {
    this.end()
    this.#search++
    const message: SearchStart = { search: this.#search, start, kept }
    for (const { port } of this.#helpers) port.postMessage(message)
  }

  /** Hands out commands; what is left of those before is of no use any more. */
  offer(commands: readonly string[]): void {
    Atomics.store(this.#board, CLOSED, 1)
    this.#board = boardFor(commands)
    this.#places = new Map(commands.map((command, i) => [command, i]))
    const message: Batch = { commands, board: this.#board }
    for (const { port } of this.#helpers) port.postMessage(message)
  }

  /** What another thread found that the command does; undefined where none has taken it, and none will then. */
  outcomeOf(command: string): Foreseen | undefined {
    const place = this.#places.get(command)
    if (place === undefined) return undefined
    const board = this.#board
    if (Atomics.compareExchange(board, FIRST + place, FREE, OWN) !== ANOTHERS) return undefined
    for (;;) {
      const posted = Atomics.load(board, POSTED)
      const known = this.#outcomes.get(command)
      if (known !== undefined) return known
      if (this.#receive()) continue
      if (Atomics.wait(board, POSTED, posted, PATIENCE) === 'timed-out') {
        throw new Error('A thread that plays commands ahead answers no more. Go on without --jobs.')
      }
    }
  }

  /** What is left to play is of no use any more. */
  end(): void {
    Atomics.store(this.#board, CLOSED, 1)
    this.#places = new Map()
    this.#outcomes.clear()
  }

  async close(): Promise<void> {
    await Promise.all(this.#helpers.map(({ worker }) => worker.terminate()))
  }

  #receive(): boolean {
    let received = false
    for (const { port } of this.#helpers) {
      for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
        const { search, outcomes }: Played = next.message
        if (search !== this.#search) continue
        for (const [command, foreseen] of outcomes) this.#outcomes.set(command, foreseen)
        received = true
      }
    }
    return received
  }
}

function boardFor(commands: readonly string[]): Int32Array {
  return new Int32Array(new SharedArrayBuffer((FIRST + commands.length) * Int32Array.BYTES_PER_ELEMENT))
}
