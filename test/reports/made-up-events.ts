import type { Candidate, Decision, ModelCall, Neighbour, RunEvent } from '../../harness/index.ts'

export interface MadeUpTurn {
  readonly chosen?: string
  readonly staticChoice?: string
  readonly reward?: number
  readonly valid?: readonly string[]
  readonly candidates?: readonly Candidate[]
  readonly neighbours?: readonly Neighbour[]
  readonly value?: number
  readonly situation?: string
  readonly calls?: readonly ModelCall[]
  /** The command that a person gave instead. */
  readonly intervened?: string
  /** Where the turn led, what was said there, and the score then. */
  readonly to?: string | null
  readonly text?: string
  readonly score?: number | null
  readonly inventory?: readonly string[]
}

export const turn = (settings: MadeUpTurn): MadeUpTurn => settings

/** The events of an episode that starts in the Hall, in the order of `playEpisode`. */
export function episode(number: number, turns: readonly MadeUpTurn[], opening: number | null = 0): readonly RunEvent[] {
  const offered = (index: number) => turns[index]?.valid ?? [turns[index]?.chosen ?? 'wait']
  const last = turns.at(-1)
  return [
    { type: 'episode-started', episode: number, gameSeed: number },
    observed(number, 0, { to: 'Hall', score: opening, text: 'You are in the hall.' }, offered(0)),
    ...turns.flatMap((made, index) => played(number, index + 1, made, offered(index), offered(index + 1))),
    {
      type: 'episode-ended',
      episode: number,
      score: last?.score ?? 0,
      maxScore: 50,
      steps: turns.length,
      terminated: false,
      truncated: true,
      victory: false,
    },
  ]
}

function played(
  episode: number,
  turn: number,
  made: MadeUpTurn,
  valid: readonly string[],
  next: readonly string[],
): readonly RunEvent[] {
  const { chosen = 'wait', staticChoice = chosen, reward = 0, calls = [], intervened } = made
  const decision: Decision = {
    state: { summary: '[Hall][][]', situation: made.situation ?? 'Hall |  | 0 | 00000000', tokens: ['at:hall'] },
    candidates: made.candidates ?? valid.map((action) => candidate({ action, prior: 1 / valid.length })),
    neighbours: made.neighbours ?? [],
    value: made.value ?? 0,
    chosen,
    staticChoice,
  }
  return [
    ...calls.map((call): RunEvent => ({ type: 'model-called', episode, turn, call })),
    { type: 'decided', episode, turn, decision },
    ...(intervened === undefined
      ? []
      : [{ type: 'intervened', episode, turn, doing: { type: 'command', command: intervened } } as const]),
    { type: 'stepped', episode, turn, command: intervened ?? chosen, reward, terminated: false, truncated: false },
    observed(episode, turn, made, next),
  ]
}

function observed(episode: number, turn: number, made: MadeUpTurn, validActions: readonly string[]): RunEvent {
  const { to = 'Hall', text = `Turn ${turn}.`, score = 0, inventory = [] } = made
  return {
    type: 'observed',
    episode,
    turn,
    observation: { text, location: to, inventory, score, maxScore: 50, moves: turn, input: 'line' },
    worldHash: '0123456789abcdef',
    validActions,
  }
}

export function candidate(settings: Partial<Candidate> & { readonly action: string }): Candidate {
  const { prior = 0.5, logit = Math.log(prior) } = settings
  return {
    prior,
    logit,
    visits: 0,
    q: null,
    advantage: 0,
    adjusted: logit,
    probability: prior,
    source: 'valid',
    evidence: [],
    ...settings,
  }
}

export function called(settings: Partial<ModelCall>): ModelCall {
  return {
    model: 'tiny',
    purpose: 'score',
    promptTokens: 10,
    completionTokens: 1,
    labelMass: 0.9,
    missing: 0,
    strangers: 0,
    disagreement: null,
    fault: null,
    retries: 0,
    cached: false,
    ...settings,
  }
}
