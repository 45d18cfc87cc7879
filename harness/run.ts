import type { EpisodeRecord, ExperienceStore } from '../memory/index.ts'
import type { TextModel } from './contracts.ts'
import { type EpisodeDeps, playEpisode } from './episode.ts'
import type { ModelProbed, RunConfig, RunEvent } from './events.ts'
import { gameSeedOf } from './game-seed.ts'
import { recordedTurns } from './recorded-turns.ts'
import { rewardsOf, withRewards } from './rewards.ts'
import { runName } from './run-config.ts'

export interface RunDeps extends EpisodeDeps {
  readonly store: ExperienceStore
  /** The events of the episode in which the run was broken off, as far as they were recorded. */
  readonly unfinished?: readonly RunEvent[]
  /** Whom the reward `evaluator` asks; its calls are taken from the prior. */
  readonly model?: TextModel
  /** Said once, before the first episode of a run that uses a model. */
  readonly probed?: ModelProbed
}

/**
 * Plays the episodes of a run that the store does not have yet, each with its own random streams: a run that was
 * broken off and resumed goes on from its last finished turn as if it had never stopped.
 *
 * The caller must have dealt with an event before it asks for the next one: an episode enters the store only after its
 * `episode-ended` was taken, which is what lets the recorder reconcile log and store after a crash.
 */
export async function* runEpisodes(deps: RunDeps, config: RunConfig): AsyncGenerator<RunEvent> {
  const run = runName(config)
  const { episodes, stepLimit, seed } = config
  const { unfinished = [] } = deps
  const rewards = rewardsOf(config.policy, deps)
  const scores = deps.store.finished(run).map(({ score }) => score)
  yield { type: 'run-started', run, config }
  if (deps.probed && scores.length === 0) yield deps.probed

  const resumed = scores.length + 1
  for (const event of unfinished) if (event.type === 'decided') deps.store.noteRecalled(event.decision.neighbours)
  for (let episode = resumed; episode <= episodes; episode++) {
    const gameSeed = gameSeedOf(config, episode)
    const recorded = episode === resumed ? recordedTurns(unfinished) : []
    const texts: string[] = []
    const goesOn = episode === resumed && episode > 1
    const playing = playEpisode(deps, { run, episode, episodes, stepLimit, seed, gameSeed, recorded, resumed: goesOn })
    const finished = yield* overheard(playing, texts)
    const rewarded = await rewards?.of(finished, texts)
    for (const call of deps.prior.takeCalls())
      yield { type: 'model-called', episode, turn: finished.steps.length, call }
    if (rewarded) yield { type: 'rewarded', episode, ...rewarded }
    deps.store.addEpisode(rewarded ? withRewards(finished, rewarded.rewards) : finished)
    scores.push(finished.score)
    const { experiences, states } = deps.store.stats()
    yield { type: 'memory-stored', episode, experiences, states }
  }

  yield { type: 'run-ended', scores }
}

/** The events of an episode as they are; the story's texts are kept, the opening first. */
async function* overheard(
  episode: AsyncGenerator<RunEvent, EpisodeRecord>,
  texts: string[],
): AsyncGenerator<RunEvent, EpisodeRecord> {
  for (;;) {
    const next = await episode.next()
    if (next.done) return next.value
    if (next.value.type === 'observed') texts.push(next.value.observation.text)
    yield next.value
  }
}
