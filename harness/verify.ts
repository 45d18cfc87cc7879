import type { Environment } from '../games/index.ts'
import type { RecordedRun } from './recorded-run.ts'
import { RunMismatchError } from './recorder.ts'

/** One turn played again, 0 being the opening. The first difference is the last thing that is told. */
export type Verification =
  | { readonly type: 'same'; readonly episode: number; readonly turn: number }
  | {
      readonly type: 'different'
      readonly episode: number
      readonly turn: number
      readonly what: 'world hash' | 'score'
      readonly recorded: string | number | null
      readonly replayed: string | number | null
    }

/**
 * Plays the recorded commands again, without any policy or model, and compares world hash and score of every turn.
 * Throws `RunMismatchError` when the environment has another story.
 */
export async function* verifyRun(run: RecordedRun, environment: Environment): AsyncGenerator<Verification> {
  const { story } = run.config
  if (environment.story.sha256 !== story.sha256) {
    throw new RunMismatchError(
      `${run.directory} was recorded with another file of ${story.id} (SHA-256 ${story.sha256}, here ${environment.story.sha256}). Give the same story file.`,
    )
  }
  let score: number | null = null
  for await (const event of run.events()) {
    if (event.type === 'episode-started') score = environment.reset({ seed: event.gameSeed }).observation.score
    if (event.type === 'stepped') score = environment.step(event.command).observation.score
    if (event.type !== 'observed') continue

    const { episode, turn } = event
    const different = { type: 'different', episode, turn } as const
    const replayed = environment.worldHash()
    if (event.worldHash !== replayed) {
      yield { ...different, what: 'world hash', recorded: event.worldHash, replayed }
      return
    }
    if (event.observation.score !== score) {
      yield { ...different, what: 'score', recorded: event.observation.score, replayed: score }
      return
    }
    yield { type: 'same', episode, turn }
  }
}
