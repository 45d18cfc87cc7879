import type { ActionCache, Environment, Timestep } from '../games/index.ts'
import type { EpisodeRecord, StateRecord, StepRecord } from '../memory/index.ts'
import type { PastTurn, Policy, PolicyInfo, State, View } from './contracts.ts'
import { type Standing, standingAfter } from './darkness.ts'
import type { Intervened, RunEvent } from './events.ts'
import type { MeteredPrior } from './metered-prior.ts'
import { checkReplayed, type RecordedTurn } from './recorded-turns.ts'
import { randomStream } from './rng.ts'
import { commandsSeen, type Encoding, encodeState, encodingOf, roomOf } from './state-encoder.ts'

export interface EpisodeDeps {
  readonly environment: Environment
  readonly policy: Policy
  /** The prior that the policy asks: its model calls become events. */
  readonly prior: MeteredPrior
  /** Where valid actions that were searched once are looked up. */
  readonly cache: ActionCache
  /** Somebody who may interfere; without it nobody does. */
  readonly interventions?: Interventions
}

/** What a person does to a run. It is heeded between turns, and recorded. */
export interface Interventions {
  /** What was done since the last call, oldest first; a change of the policy is in force when this resolves. */
  take(): Promise<readonly Intervened['doing'][]>
  /** Puts in charge again who was put in charge at a recorded turn. */
  repeat(policy: PolicyInfo): Promise<void>
}

export interface EpisodeOptions {
  readonly run: string
  readonly episode: number
  readonly episodes: number
  readonly stepLimit: number
  /** The run's seed; each turn draws from its own stream of it. */
  readonly seed: number
  readonly gameSeed: number
  /** The turns of this episode that were played before the run was broken off, the opening (turn 0) first. */
  readonly recorded?: readonly RecordedTurn[]
  /** The run was broken off before: what the policy asks of earlier episodes as it begins was asked then. */
  readonly resumed?: boolean
}

/**
 * One episode from the story's opening to its end or the step limit; returns what the memory is to keep of it.
 *
 * Recorded turns are lived through again, for the story, the policy and whoever listens: the same events, but the policy
 * is not asked what it would do, nor its model. Throws `RecordingError` where the story takes another way than recorded.
 */
export async function* playEpisode(
  { environment, policy, prior, cache, interventions }: EpisodeDeps,
  { run, episode, episodes, stepLimit, seed, gameSeed, recorded = [], resumed = false }: EpisodeOptions,
): AsyncGenerator<RunEvent, EpisodeRecord> {
  const steps: StepRecord[] = []
  let history: readonly PastTurn[] = []
  let time = environment.reset({ seed: gameSeed })
  const encoding = encodingOf(policy.info)
  let moment = look(environment, time, history, null, cache, encoding)
  checkReplayed(recorded[0], moment)

  yield { type: 'episode-started', episode, gameSeed }
  yield observed(0)
  await policy.begin({ run, episode, episodes, stepLimit })
  const asked = resumed ? prior.takeCallsDuring(episode) : prior.takeCalls()
  // With the first turn its record has them.
  if (recorded[1] === undefined) for (const call of asked) yield { type: 'model-called', episode, turn: 0, call }

  while (!time.terminated && steps.length < stepLimit) {
    const turn = steps.length + 1
    const view: View = {
      story: environment.story,
      episode,
      turn,
      observation: time.observation,
      state: moment.state,
      validActions: moment.validActions,
      history,
    }
    const past = recorded[turn]
    if (past !== undefined) yield* repeated(past.before)
    const action = past?.command ?? (yield* decide(view))

    const { location } = time.observation
    const place = roomOf(moment.state.situation)
    time = environment.step(action)
    const { observation, reward, terminated, victory } = time
    const truncated = !terminated && turn === stepLimit
    history = [...history, { command: action, text: observation.text, location, place, reward }]
    moment = look(environment, time, history, moment.standing, cache, encoding)
    checkReplayed(past, moment)
    steps.push({ state: record(view.state), action, reward, terminated })
    const { state: nextState, validActions: nextValidActions } = moment
    policy.observe({ view, action, reward, observation, nextState, nextValidActions, terminated, truncated, victory })
    yield { type: 'stepped', episode, turn, command: action, reward, terminated, truncated }
    yield observed(turn)
  }

  const { terminated, victory, observation } = time
  const score = observation.score ?? steps.reduce((sum, step) => sum + step.reward, 0)
  await policy.end({ run, episode, score, terminated, victory })
  for (const call of prior.takeCalls()) yield { type: 'model-called', episode, turn: steps.length, call }
  const end = { episode, score, maxScore: observation.maxScore, steps: steps.length }
  yield { type: 'episode-ended', ...end, terminated, truncated: !terminated, victory }
  return { run, episode, gameSeed, score, terminated, victory, steps, finalState: record(moment.state) }

  /** What a person did then is done again where it changed who decides; what was asked then is not. */
  async function* repeated(before: readonly RunEvent[]): AsyncGenerator<RunEvent> {
    for (const event of before) {
      if (event.type === 'intervened' && event.doing.type === 'policy') await interventions?.repeat(event.doing.policy)
      if (event.type === 'model-called') prior.relive(event.call, event)
      yield event
    }
  }

  async function* decide(view: View): AsyncGenerator<RunEvent, string> {
    const { turn } = view
    const doings = (await interventions?.take()) ?? []
    for (const doing of doings) if (doing.type === 'policy') yield { type: 'intervened', episode, turn, doing }
    // A stream per turn: what one decision draws moves none of the next, so that policies stay paired and a turn can be
    // taken up alone.
    const decision = await policy.decide(view, randomStream(seed, episode, 'policy', turn))
    for (const call of prior.takeCalls()) yield { type: 'model-called', episode, turn, call }
    yield { type: 'decided', episode, turn, decision }
    const doing = doings.findLast((each) => each.type === 'command')
    if (doing === undefined) return decision.chosen
    yield { type: 'intervened', episode, turn, doing }
    return doing.command
  }

  function observed(turn: number): RunEvent {
    const { worldHash, validActions } = moment
    return { type: 'observed', episode, turn, observation: time.observation, worldHash, validActions }
  }
}

interface Moment {
  readonly state: State
  readonly standing: Standing
  readonly worldHash: string
  readonly validActions: readonly string[]
}

/** What can be done and where one is; nothing can be done in a story that has ended, so nothing is probed there. */
function look(
  environment: Environment,
  { observation, terminated }: Timestep,
  history: readonly PastTurn[],
  before: Standing | null,
  cache: ActionCache,
  encoding: Encoding,
): Moment {
  const worldHash = environment.worldHash()
  const validActions = terminated ? [] : environment.recallActions(cache)
  const commands = history.slice(-commandsSeen(encoding)).map(({ command }) => command)
  const standing = standingAfter(observation, environment.locationId(), before)
  const state = encodeState({ observation, validActions, commands, standing, worldHash }, encoding)
  return { state, standing, worldHash, validActions }
}

function record({ summary, situation, tokens }: State): StateRecord {
  return { key: summary, situation, tokens }
}
