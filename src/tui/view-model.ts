import type {
  Decided,
  Decision,
  EpisodeEnded,
  Intervened,
  ModelCall,
  ModelCalled,
  ModelFault,
  Observed,
  RunEvent,
  RunStarted,
  Stepped,
} from '../../harness/index.ts'
import { plainLine, plainText } from './plain-text.ts'
import { emptyMap, explored, type RoomMap } from './room-map.ts'

/** All that the screen shows, derived from the events alone. Every text in it but the decision's is safe to print. */
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
  /** What was weighed at the turn played last, as the policy put it. */
  readonly decision: Decision | null
  /** What the base policy would have done at that turn, where that is another command. */
  readonly flippedFrom: string | null
  /** Turns of this episode in which the policy chose otherwise than its base, and what these earned in points. */
  readonly flips: Flips
  /** Finished episodes, in order. */
  readonly scores: readonly number[]
  /** Experiences in the memory; null before the first episode is stored. */
  readonly memory: number | null
  readonly map: RoomMap
  /** What the run's calls to a model came to, those that had been answered before left out. */
  readonly calls: {
    readonly count: number
    readonly promptTokens: number
    readonly completionTokens: number
    /** Answers of no use. */
    readonly faults: number
  }
  /** How far the model's answers could be used when it was asked last; null before, in each episode. */
  readonly answers: Answers | null
  /** What can be done now, as the story takes it. */
  readonly validActions: readonly string[]
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

/** Of the calls of one turn. */
export interface Answers {
  readonly turn: number
  /** The least that fell on the offered labels, 0 to 1; null where no answer was labels. */
  readonly labelMass: number | null
  /** How far two orders of the same options led to different answers, 0 to 1; null where they were not asked twice. */
  readonly disagreement: number | null
  readonly faults: readonly ModelFault[]
}

interface Flips {
  readonly count: number
  readonly points: number
}

export type StoryBlock =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'command'
      readonly command: string
      readonly points: number
      /** Whether a person gave it. */
      readonly person: boolean
    }
  /** Something grue says, not the story. */
  | { readonly type: 'notice'; readonly text: string; readonly bad: boolean }

export const emptyView: ViewModel = {
  header: null,
  phase: 'starting',
  episode: 0,
  turn: 0,
  room: '',
  score: null,
  maxScore: null,
  story: [],
  decision: null,
  flippedFrom: null,
  flips: { count: 0, points: 0 },
  scores: [],
  memory: null,
  map: emptyMap,
  calls: { count: 0, promptTokens: 0, completionTokens: 0, faults: 0 },
  answers: null,
  validActions: [],
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
        room: '',
        story: view.story.filter((block) => block.type === 'notice').slice(-1),
        decision: null,
        flippedFrom: null,
        flips: emptyView.flips,
        answers: null,
      }
    case 'model-called':
      return called(view, event)
    case 'decided':
      return decided(view, event)
    case 'intervened':
      return intervened(view, event)
    case 'stepped':
      return stepped(view, event)
    case 'observed':
      return observed(view, event)
    case 'episode-ended':
      return say(
        { ...view, score: event.score, scores: [...view.scores, event.score] },
        `Episode ${event.episode} ended: ${scoreOf(event.score, event.maxScore)} after ${event.steps} turns, ${endingOf(event)}.`,
      )
    case 'rewarded':
      return event.unrated === 0
        ? view
        : say(
            view,
            `The evaluator gave ${event.unrated} of ${event.rewards.length} steps no number that could be used.`,
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
        { ...view, calls: event.calls.reduce(added, view.calls) },
      )
  }
}

function called(view: ViewModel, { turn, call }: ModelCalled): ViewModel {
  const { labelMass, disagreement, fault } = call
  const before = view.answers?.turn === turn ? view.answers : { labelMass: null, disagreement: null, faults: [] }
  const answers: Answers = {
    turn,
    labelMass: labelMass === null ? before.labelMass : Math.min(labelMass, before.labelMass ?? 1),
    disagreement: disagreement ?? before.disagreement,
    faults: fault === null ? before.faults : [...before.faults, fault],
  }
  return { ...view, answers, calls: added(view.calls, call) }
}

/** One that was answered before costs nothing. */
function added(
  calls: ViewModel['calls'],
  { promptTokens, completionTokens, fault, cached }: ModelCall,
): ViewModel['calls'] {
  if (cached) return calls
  return {
    count: calls.count + 1,
    promptTokens: calls.promptTokens + promptTokens,
    completionTokens: calls.completionTokens + completionTokens,
    faults: calls.faults + (fault === null ? 0 : 1),
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
  const flipped = decision.chosen !== decision.staticChoice
  return {
    ...view,
    decision,
    flippedFrom: flipped ? plainLine(decision.staticChoice) : null,
    flips: { ...view.flips, count: view.flips.count + (flipped ? 1 : 0) },
  }
}

/** A person's command takes the place of the policy's: what it earns is no flip's. */
function intervened(view: ViewModel, { doing }: Intervened): ViewModel {
  if (doing.type === 'policy') {
    const { name, parameters } = doing.policy
    const header = view.header && { ...view.header, policy: plainLine(name) }
    const settings = Object.entries(parameters).map(([parameter, value]) => `${parameter}=${value}`)
    return say({ ...view, header }, plainLine(`From here on ${name} ${settings.join(' ')}`))
  }
  const count = view.flips.count - (view.flippedFrom === null ? 0 : 1)
  const story: StoryBlock = { type: 'command', command: plainLine(doing.command), points: 0, person: true }
  return { ...view, flippedFrom: null, flips: { ...view.flips, count }, story: [...view.story, story] }
}

function stepped(view: ViewModel, { turn, command, reward }: Stepped): ViewModel {
  const earned = view.flippedFrom === null ? 0 : reward
  const before = view.story.at(-1)
  const taken = before?.type === 'command' && before.person ? view.story.slice(0, -1) : view.story
  const person = taken !== view.story
  return {
    ...view,
    turn,
    story: [...taken, { type: 'command', command: plainLine(command), points: reward, person }],
    flips: { ...view.flips, points: view.flips.points + earned },
  }
}

function observed(view: ViewModel, { observation, turn, validActions }: Observed): ViewModel {
  const text = storyText(observation.text)
  const room = plainLine(observation.location ?? '')
  const before = view.story.at(-1)
  const command = turn > 0 && before?.type === 'command' ? before : null
  return {
    ...view,
    room,
    score: observation.score,
    maxScore: observation.maxScore ?? view.maxScore,
    story: text === '' ? view.story : [...view.story, { type: 'text', text }],
    map: explored(view.map, {
      from: command && view.room !== '' ? view.room : null,
      by: command?.command ?? '',
      to: room,
      points: command?.points ?? 0,
    }),
    validActions,
  }
}

/** Without the prompt that waits for the next command, and with at most one empty line in a row. */
function storyText(raw: string): string {
  return plainText(raw.slice(-longestText))
    .replace(/\n>\s*$/, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
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
