import type { Decision, Observed, RecordedRun } from '../harness/index.ts'

/** One turn of a run, flat, as data sets hold it. Texts are as the story wrote them. */
export interface TurnRow {
  readonly run: string
  readonly story: string
  readonly policy: string
  readonly seed: number
  readonly episode: number
  /** 1-based. */
  readonly turn: number
  /** What the policy saw. */
  readonly observation: Observed['observation']
  readonly validActions: readonly string[]
  readonly worldHash: string
  readonly action: string
  readonly reward: number
  readonly terminated: boolean
  readonly truncated: boolean
  /** What followed. */
  readonly next: Observed['observation']
  /** Null for a turn that no policy decided. */
  readonly decision: Decision | null
}

interface Seen {
  readonly observation: Observed['observation']
  readonly validActions: readonly string[]
  readonly worldHash: string
}

/** The turns of a run's finished episodes, in order; what was broken off is left out. */
export async function* turnRows({ run, config, episodes, events }: RecordedRun): AsyncGenerator<readonly TurnRow[]> {
  const finished = new Set(episodes.map(({ episode }) => episode))
  const source = { run, story: config.story.id, policy: config.policy.name, seed: config.seed }
  let rows: TurnRow[] = []
  let before: Seen | null = null
  let decision: Decision | null = null
  let step: Omit<TurnRow, 'next'> | null = null
  for await (const event of events()) {
    if (event.type === 'episode-started') {
      rows = []
      before = null
      step = null
    } else if (event.type === 'decided') decision = event.decision
    else if (event.type === 'stepped' && before !== null) {
      const { episode, turn, command, reward, terminated, truncated } = event
      step = { ...source, episode, turn, ...before, action: command, reward, terminated, truncated, decision }
      decision = null
    } else if (event.type === 'observed') {
      const { observation, validActions, worldHash } = event
      if (step !== null) rows.push({ ...step, next: observation })
      before = { observation, validActions, worldHash }
      step = null
    } else if (event.type === 'episode-ended' && finished.has(event.episode)) yield rows
  }
}
