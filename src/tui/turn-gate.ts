import type { RunEvent } from '../../harness/index.ts'
import type { PolicyChange } from './policy-change.ts'

/** What a person can ask of a run. It is heeded between turns, never within one. */
export type RunCommand =
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Lets one turn pass, paused or not. */
  | { readonly type: 'step' }
  /** Turns per second; `Infinity` is as fast as it can. */
  | { readonly type: 'speed'; readonly turnsPerSecond: number }
  /** Lets turns pass as fast as they come until the episode has ended, and then pauses. */
  | { readonly type: 'rush' }
  /** Does something in the policy's place at the next turn, or to it. */
  | { readonly type: 'intervene'; readonly doing: Doing }
  /** Ends the run before its next turn; finished episodes are kept. */
  | { readonly type: 'stop' }

/** What a person does to a run. */
export type Doing =
  | { readonly type: 'command'; readonly command: string }
  | ({ readonly type: 'policy' } & PolicyChange)

type RunControl = (command: RunCommand) => void

/** A run that somebody watches, wherever it is played. */
export interface WatchedRun {
  /** The events of one turn after another, as `turns` groups them. */
  readonly turns: AsyncIterable<readonly RunEvent[]>
  readonly control: RunControl
  /** Gives the run up at once, in the middle of a turn if need be; `turns` then ends. */
  readonly abandon: () => void
}

/** When somebody wants to leave, a turn that takes longer than this to end is given up. In ms. */
export const patience = 2000

/** Decides when the next turn may be played. */
export class TurnGate {
  #turnsPerSecond: number
  #paused = false
  #rushing = false
  #stopped = false
  #steps = 0
  #lastPass = performance.now()
  #changed = () => {}

  constructor(turnsPerSecond: number) {
    this.#turnsPerSecond = turnsPerSecond
  }

  accept(command: RunCommand): void {
    switch (command.type) {
      case 'pause':
        this.#paused = true
        this.#rushing = false
        break
      case 'resume':
        this.#paused = false
        this.#rushing = false
        break
      case 'rush':
        this.#rushing = true
        break
      case 'intervene':
        // Whoever plays the run keeps it for the next turn.
        break
      case 'step':
        this.#steps += 1
        break
      case 'speed':
        this.#turnsPerSecond = command.turnsPerSecond
        break
      case 'stop':
        this.#stopped = true
        break
    }
    this.#changed()
  }

  /** An episode has ended: who was in a hurry to see its end has seen it. */
  episodeEnded(): void {
    if (!this.#rushing) return
    this.#rushing = false
    this.#paused = true
  }

  /** Resolves when a turn may be played, with false when none will be any more. */
  async pass(): Promise<boolean> {
    // Commands and key presses arrive as events, which a chain of resolved promises would keep out for ever.
    await new Promise((resolve) => setImmediate(resolve))
    while (!this.#stopped) {
      const wait = this.#rushing
        ? 0
        : this.#paused
          ? Infinity
          : this.#lastPass + 1000 / this.#turnsPerSecond - performance.now()
      if (this.#steps > 0 || wait <= 0) {
        this.#steps = Math.max(0, this.#steps - 1)
        this.#lastPass = performance.now()
        return true
      }
      await this.#changeOr(wait)
    }
    return false
  }

  async #changeOr(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#changed = resolve
      if (milliseconds < Infinity) timer = setTimeout(resolve, milliseconds)
    })
    clearTimeout(timer)
  }
}

/**
 * The events in groups, one a turn, each let out when the gate opens. A group ends where a person can take in what
 * happened: after the story's answer, or once a finished episode is remembered. What is thrown becomes a last
 * `failed` event.
 */
export async function* turns(events: AsyncIterable<RunEvent>, gate: TurnGate): AsyncGenerator<readonly RunEvent[]> {
  let group: RunEvent[] = []
  let episodeIsOver = false
  try {
    for await (const event of events) {
      group.push(event)
      if (event.type === 'episode-started') episodeIsOver = false
      if (event.type === 'stepped') episodeIsOver = event.terminated || event.truncated
      if (event.type === 'memory-stored') gate.episodeEnded()
      if (event.type === 'memory-stored' || (event.type === 'observed' && !episodeIsOver)) {
        yield group
        group = []
        if (!(await gate.pass())) return
      }
    }
  } catch (error) {
    group.push({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
  if (group.length > 0) yield group
}
