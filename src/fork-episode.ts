import { join } from 'node:path'
import type { Environment } from '../games/index.ts'
import {
  frozen,
  type Overrides,
  openMemoryBefore,
  type PolicyInfo,
  playEpisode,
  type RecordedRun,
  type RecordedTurn,
  type RunEvent,
  recordedTurns,
  wholeMemory,
} from '../harness/index.ts'
import { type ExperienceStore, openExperienceStore } from '../memory/index.ts'
import { openActionCache } from './open-story.ts'
import type { Players } from './players.ts'
import { type MemorySettings, openStartingMemory } from './starting-memory.ts'

export interface ForkRequest {
  readonly run: RecordedRun
  readonly episode: number
  /** The last turn that both have in common; 0 for the opening alone. */
  readonly turn: number
  /** As a command line names it. */
  readonly policy: string
  readonly parameters: Overrides
  /** What the run began with; null for nothing. */
  readonly memory: MemorySettings | null
  /** Of the agent's choices behind the fork; those of the run's own seed meet the same draws. */
  readonly seed: number
}

interface ForkedTurn {
  readonly turn: number
  readonly command: string
  readonly score: number | null
  readonly location: string | null
}

/** What came of an episode behind a fork. */
export interface Outcome {
  readonly policy: PolicyInfo
  readonly score: number | null
  readonly steps: number
  readonly terminated: boolean
  readonly victory: boolean
  /** The turns behind the fork. */
  readonly turns: readonly ForkedTurn[]
}

export interface Fork {
  readonly at: { readonly score: number | null; readonly location: string | null; readonly worldHash: string }
  readonly recorded: Outcome
  readonly forked: Outcome
}

/**
 * Plays a recorded episode again up to a turn and goes on from that very state with another policy, which has the memory
 * that the run had when the episode began. Nothing is recorded. Throws where there is no such turn, `RecordedRunError`
 * where that memory has forgotten something since, and `RecordingError` where the story does not come to the recorded
 * state again.
 */
export async function forkEpisode(
  { run, episode, turn, policy: spec, parameters, memory: start, seed }: ForkRequest,
  environment: Environment,
  { prior, policy: called }: Players,
): Promise<Fork> {
  const events = await eventsOf(run, episode)
  const turns = recordedTurns(events)
  if (turn >= turns.length - 1)
    throw new Error(
      `Episode ${episode} of ${run.directory} has ${Math.max(0, turns.length - 1)} turns: fork it behind one of 0 to ${turns.length - 2}.`,
    )
  const common = turns.slice(0, turn + 1)
  const { observation, worldHash } = common.at(-1)!.observed
  const store = start?.frozen ? frozenMemory(run, start) : openMemoryBefore(memoryOf(run), run.run, episode)
  try {
    const { stepLimit, episodes, policy: before } = run.config
    const open = await called(spec, { store: wholeMemory(store), parameters, seed })
    const policy = start?.frozen ? frozen(open) : open
    const deps = { environment, policy, prior, cache: openActionCache(environment.story) }
    const gameSeed = events.find((event) => event.type === 'episode-started')?.gameSeed ?? 0
    const options = { run: run.run, episode, episodes, stepLimit, seed, gameSeed, recorded: common }
    const played: RunEvent[] = []
    for await (const event of playEpisode(deps, options)) played.push(event)
    return {
      at: { score: observation.score, location: observation.location, worldHash },
      recorded: outcome(before, events, turns.slice(turn + 1)),
      forked: outcome(policy.info, played, recordedTurns(played).slice(turn + 1)),
    }
  } finally {
    store.close()
  }
}

async function eventsOf(run: RecordedRun, episode: number): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of run.events()) if ('episode' in event && event.episode === episode) events.push(event)
  if (events.length > 0) return events
  throw new Error(`${run.directory} has no episode ${episode}: its last is ${run.episodes.at(-1)?.episode ?? 'none'}.`)
}

function memoryOf({ directory }: RecordedRun): string {
  return join(directory, 'memory.db')
}

/** What a run that learns nothing has from beginning to end. */
function frozenMemory(run: RecordedRun, start: MemorySettings): ExperienceStore {
  const file = memoryOf(run)
  const own = openExperienceStore(file, { readonly: true })
  try {
    return openStartingMemory(start, own, file, run.config.handicaps).store
  } finally {
    own.close()
  }
}

function outcome(policy: PolicyInfo, events: readonly RunEvent[], turns: readonly RecordedTurn[]): Outcome {
  const end = events.find((event) => event.type === 'episode-ended')
  const last = turns.at(-1)?.observed
  return {
    policy,
    score: end?.score ?? last?.observation.score ?? null,
    steps: end?.steps ?? last?.turn ?? 0,
    terminated: end?.terminated ?? false,
    victory: end?.victory ?? false,
    turns: turns.map(({ command, observed: { turn, observation } }) => ({
      turn,
      command: command ?? '',
      score: observation.score,
      location: observation.location,
    })),
  }
}
