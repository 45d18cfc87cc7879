import type { Environment, Snapshot, Timestep } from '../games/index.ts'
import {
  type Decision,
  encodeState,
  encodingOf,
  type Observed,
  type PastTurn,
  type Policy,
  placeOf,
  type RunEvent,
  type Standing,
  standingAfter,
  type View,
} from '../harness/index.ts'

/** One turn that a person has played, and all that is needed to take it back. */
interface Moment {
  readonly command: string | null
  readonly time: Timestep
  readonly standing: Standing
  readonly snapshot: Snapshot
}

/** What can be done after a turn. */
export interface Choices {
  readonly turn: number
  readonly validActions: readonly string[]
  /** Null without a memory to ask. */
  readonly decision: Decision | null
}

/** A story that a person plays, told as events, so that the screen is that of a run. */
export class PlayedStory {
  readonly #environment: Environment
  readonly #seed: number
  readonly #hints: Policy | null
  #moments: Moment[] = []

  /** `hints`: a policy that has begun its episode and is asked what it would do. */
  constructor(environment: Environment, seed: number, hints: Policy | null) {
    this.#environment = environment
    this.#seed = seed
    this.#hints = hints
  }

  /** The opening, and then the commands: what a saved game is made of. */
  *begin(commands: readonly string[] = []): Generator<RunEvent> {
    yield { type: 'episode-started', episode: 1, gameSeed: this.#seed }
    const time = this.#environment.reset({ seed: this.#seed })
    this.#moments = []
    this.#moments.push(this.#moment(null, time))
    yield this.#observed(time)
    for (const command of commands) {
      if (this.#last.terminated) return
      yield* this.step(command)
    }
  }

  *step(command: string): Generator<RunEvent> {
    const time = this.#environment.step(command)
    this.#moments.push(this.#moment(command, time))
    const turn = this.#moments.length - 1
    const { reward, terminated } = time
    yield { type: 'stepped', episode: 1, turn, command, reward, terminated, truncated: false }
    yield this.#observed(time)
  }

  /** Takes the last turn back; false where there is none. */
  undo(): boolean {
    if (this.#moments.length < 2) return false
    this.#moments.pop()
    const before = this.#moments.at(-1)
    if (before) this.#environment.restore(before.snapshot)
    return true
  }

  /** What can be done now, and what the memory thinks of it. */
  async choices(): Promise<Choices> {
    const { observation, terminated } = this.#last
    const standing = this.#moments.at(-1)!.standing
    const turn = this.#moments.length - 1
    const validActions = terminated ? [] : this.#environment.validActions().actions.map(({ command }) => command)
    if (!this.#hints || validActions.length === 0) return { turn, validActions, decision: null }
    const commands = this.#moments.flatMap(({ command }) => (command === null ? [] : [command]))
    const { story } = this.#environment
    const moment = { observation, validActions, commands, standing, worldHash: this.#environment.worldHash() }
    const state = encodeState(moment, encodingOf(this.#hints.info))
    const view: View = { story, episode: 1, turn: turn + 1, observation, state, validActions, history: this.#history() }
    // No draw decides anything for a person: the middle of the range.
    return { turn, validActions, decision: await this.#hints.decide(view, { next: () => 0.5 }) }
  }

  #moment(command: string | null, time: Timestep): Moment {
    const environment = this.#environment
    const before = this.#moments.at(-1)?.standing ?? null
    const standing = standingAfter(time.observation, environment.locationId(), before)
    return { command, time, standing, snapshot: environment.snapshot() }
  }

  get #last(): Timestep {
    const moment = this.#moments.at(-1)
    if (!moment) throw new TypeError('The story has not begun.')
    return moment.time
  }

  #history(): readonly PastTurn[] {
    return this.#moments.slice(1).map(({ command, time: { observation, reward } }, index) => {
      const { time, standing } = this.#moments[index]!
      const { location } = time.observation
      return {
        command: command ?? '',
        text: observation.text,
        location,
        place: placeOf(time.observation, standing),
        reward,
      }
    })
  }

  #observed({ observation }: Timestep): Observed {
    const environment = this.#environment
    const worldHash = environment.worldHash()
    return { type: 'observed', episode: 1, turn: this.#moments.length - 1, observation, worldHash, validActions: [] }
  }
}
