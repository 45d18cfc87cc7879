import type { Observation } from '../../games/index.ts'
import type { Decided, Decision, EpisodeEnded, RunEvent, RunStarted } from '../../harness/index.ts'
import { plainLine, plainText } from './plain-text.ts'

/** All that the screen shows, derived from the events alone. Every text in it is safe to print. */
export interface ViewModel {
  readonly header: Header | null
  readonly phase: 'starting' | 'playing' | 'ended' | 'failed'
  /** 0 before the first episode. */
  readonly episode: number
  /** Turns played in this episode. */
  readonly turn: number
  readonly room: string
  readonly score: number | null
  readonly maxScore: number | null
  /** This episode, oldest first. */
  readonly story: readonly StoryBlock[]
  /** The turn played last. */
  readonly table: AdvantageTable | null
  /** Turns of this episode in which the policy chose otherwise than its base, and what these earned in points. */
  readonly flips: { readonly count: number; readonly points: number }
  /** Finished episodes, in order. */
  readonly scores: readonly number[]
  /** Experiences in the memory; null before the first episode is stored. */
  readonly memory: number | null
}

interface Header {
  readonly story: string
  readonly release: string
  readonly policy: string
  readonly prior: string
  readonly rung: string
  readonly seed: number
  readonly episodes: number
  readonly stepLimit: number
}

export type StoryBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'command'; readonly command: string; readonly points: number }
  /** Something grue says, not the story. */
  | { readonly type: 'notice'; readonly text: string; readonly bad: boolean }

export interface AdvantageTable {
  /** Most probable first; equals by prior, then in the policy's order. */
  readonly rows: readonly TableRow[]
  readonly state: string
  readonly value: number
  readonly neighbours: number
  /** What the base policy would have chosen, where that is another command; null where it is the same. */
  readonly flippedFrom: string | null
}

export interface TableRow {
  readonly command: string
  readonly prior: number
  readonly visits: number
  readonly q: number | null
  readonly advantage: number
  readonly adjusted: number
  readonly probability: number
  readonly chosen: boolean
  readonly staticChoice: boolean
}

export const emptyView: ViewModel = {
  header: null,
  phase: 'starting',
  episode: 0,
  turn: 0,
  room: '',
  score: null,
  maxScore: null,
  story: [],
  table: null,
  flips: { count: 0, points: 0 },
  scores: [],
  memory: null,
}

/** More than any terminal shows of one answer; the rest of a flood stays in the recording. */
const longestText = 20_000

export function reduce(view: ViewModel, event: RunEvent): ViewModel {
  switch (event.type) {
    case 'run-started':
      return { ...view, header: headerOf(event), maxScore: event.config.story.maxScore }
    case 'episode-started':
      return {
        ...view,
        phase: 'playing',
        episode: event.episode,
        turn: 0,
        story: view.story.filter((block) => block.type === 'notice').slice(-1),
        table: null,
        flips: emptyView.flips,
      }
    case 'decided':
      return decided(view, event)
    case 'stepped': {
      const earned = view.table && view.table.flippedFrom !== null ? event.reward : 0
      return {
        ...view,
        turn: event.turn,
        story: [...view.story, { type: 'command', command: plainLine(event.command), points: event.reward }],
        flips: { ...view.flips, points: view.flips.points + earned },
      }
    }
    case 'observed':
      return observed(view, event.observation)
    case 'episode-ended':
      return say(
        { ...view, score: event.score, scores: [...view.scores, event.score] },
        `Episode ${event.episode} ended: ${scoreOf(event.score, event.maxScore)} after ${event.steps} turns, ${endingOf(event)}.`,
      )
    case 'memory-stored':
      return { ...view, memory: event.experiences }
    case 'run-ended':
      // A resumed run names the episodes that were played before as well.
      return { ...view, phase: 'ended', scores: event.scores }
    case 'failed':
      return say({ ...view, phase: 'failed' }, plainText(event.message), true)
    case 'model-probed':
      return event.rejected.reduce(
        (said, { rung, reason }) => say(said, `${plainLine(rung)}: the model ${plainLine(reason)}.`),
        view,
      )
    case 'model-called':
    case 'intervened':
      return view
  }
}

function headerOf({ config }: RunStarted): Header {
  return {
    story: plainLine(config.story.title),
    release: `release ${config.story.release}.${plainLine(config.story.serial)}`,
    policy: plainLine(config.policy.name),
    prior: plainLine(config.prior.name),
    rung: plainLine(config.prior.rung),
    seed: config.seed,
    episodes: config.episodes,
    stepLimit: config.stepLimit,
  }
}

function decided(view: ViewModel, { decision }: Decided): ViewModel {
  const table = tableOf(decision)
  return { ...view, table, flips: { ...view.flips, count: view.flips.count + (table.flippedFrom === null ? 0 : 1) } }
}

function tableOf(decision: Decision): AdvantageTable {
  const rows = decision.candidates.map(
    (candidate): TableRow => ({
      command: plainLine(candidate.action),
      prior: candidate.prior,
      visits: candidate.visits,
      q: candidate.q,
      advantage: candidate.advantage,
      adjusted: candidate.adjusted,
      probability: candidate.probability,
      chosen: candidate.action === decision.chosen,
      staticChoice: candidate.action === decision.staticChoice,
    }),
  )
  return {
    rows: rows.toSorted((a, b) => b.probability - a.probability || b.prior - a.prior),
    state: plainLine(decision.state.summary),
    value: decision.value,
    neighbours: decision.neighbours.length,
    flippedFrom: decision.chosen === decision.staticChoice ? null : plainLine(decision.staticChoice),
  }
}

function observed(view: ViewModel, observation: Observation): ViewModel {
  const text = storyText(observation.text)
  return {
    ...view,
    room: plainLine(observation.location ?? ''),
    score: observation.score,
    maxScore: observation.maxScore ?? view.maxScore,
    story: text === '' ? view.story : [...view.story, { type: 'text', text }],
  }
}

/** Without the prompt that waits for the next command, and with at most one empty line in a row. */
function storyText(raw: string): string {
  return plainText(raw.slice(-longestText))
    .replace(/\n>\s*$/, '')
    .replaceAll(/[^\S\n]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(/^\n+|\n+$/g, '')
}

function say(view: ViewModel, text: string, bad = false): ViewModel {
  return { ...view, story: [...view.story, { type: 'notice', text, bad }] }
}

export function scoreOf(score: number | null, maxScore: number | null): string {
  if (score === null) return 'no score'
  return maxScore === null ? `${score}` : `${score}/${maxScore}`
}

/** `+5`, `-10`; empty for nothing. */
export function pointsOf(points: number): string {
  if (points === 0) return ''
  return points > 0 ? `+${points}` : `${points}`
}

function endingOf(episode: EpisodeEnded): string {
  if (episode.victory) return 'won'
  if (episode.terminated) return 'the story ended'
  return episode.truncated ? 'the step limit' : 'broken off'
}
