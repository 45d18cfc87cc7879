import type { Observation, StoryInfo } from '../../../games/index.ts'
import type { Candidate, Decision, RunConfig, RunEvent } from '../../../harness/index.ts'
import { TurnGate, turns, type WatchedRun } from '../../../src/tui/turn-gate.ts'

const story: StoryInfo = {
  id: 'weir',
  title: 'The Weir',
  version: 5,
  release: 1,
  serial: '260101',
  sha256: '0'.repeat(64),
  maxScore: 50,
}

export const config: RunConfig = {
  story,
  policy: { name: 'jitrl', parameters: { beta: 1 } },
  prior: { name: 'lexical', rung: 'lexical features' },
  seed: 7,
  gameSeed: { type: 'per-episode' },
  episodes: 4,
  stepLimit: 6,
  temperature: 1,
  handicaps: ['valid actions'],
}

export function observation(change: Partial<Observation> = {}): Observation {
  return {
    text: 'Lock House\nThe keeper has left in a hurry. A ledger lies open beside the cold stove.',
    location: 'Lock House',
    inventory: [],
    score: 0,
    maxScore: null,
    moves: 0,
    input: 'line',
    ...change,
  }
}

export function candidate(action: string, probability: number, change: Partial<Candidate> = {}): Candidate {
  return {
    action,
    prior: probability,
    logit: Math.log(probability),
    visits: 0,
    q: null,
    advantage: 0,
    adjusted: Math.log(probability),
    probability,
    source: 'valid',
    evidence: [],
    ...change,
  }
}

export function decision(candidates: readonly Candidate[], change: Partial<Decision> = {}): Decision {
  const first = candidates[0]?.action ?? 'wait'
  return {
    state: { summary: '[lock house][oilskin coat, tallow candle][open, take, north]', situation: '', tokens: [] },
    candidates,
    neighbours: [],
    value: 1.25,
    chosen: first,
    staticChoice: first,
    ...change,
  }
}

const rooms = ['Lock House', 'Towpath', 'Eel Traps', 'Sluice Gallery', 'Pump Room', 'Weir Crest']
const commands = [
  'open ledger',
  'take tallow candle',
  'north',
  'light candle with match',
  'unlock the iron sluice gate with the brass key',
  'turn wheel',
  'east',
  'put eel in bucket',
  'wait',
  'south',
  'read ledger',
  'push lever',
  'drop tallow candle',
  'climb ladder',
  'close ledger',
  'west',
]

/** A run such as the loop yields: each episode earns 5 points more than the last, on its third turn. */
export async function* syntheticRun(
  episodes = config.episodes,
  stepLimit = config.stepLimit,
): AsyncGenerator<RunEvent> {
  const scores: number[] = []
  yield { type: 'run-started', run: 'r1', config: { ...config, episodes, stepLimit } }
  for (let episode = 1; episode <= episodes; episode += 1) {
    yield { type: 'episode-started', episode, gameSeed: episode }
    yield {
      type: 'observed',
      episode,
      turn: 0,
      observation: observation(),
      worldHash: '0'.repeat(16),
      validActions: commands,
    }
    let score = 0
    for (let turn = 1; turn <= stepLimit; turn += 1) {
      yield { type: 'decided', episode, turn, decision: decisionOf(episode, turn) }
      const command = commands[(turn * 5 + episode) % commands.length] ?? 'wait'
      const reward = turn === 3 ? 5 * episode : 0
      score += reward
      yield { type: 'stepped', episode, turn, command, reward, terminated: false, truncated: turn === stepLimit }
      const location = rooms[(turn + episode) % rooms.length] ?? null
      const text = `${location}\nWater slides over the sill and out of sight. You ${command}, and somewhere below a chain takes up its slack with a sound like coins.\n\nThe lamp on the far bank goes out.${reward > 0 ? `\n\n[Your score has just gone up by ${reward} points.]` : ''}\n\n>`
      yield {
        type: 'observed',
        episode,
        turn,
        observation: observation({ text, location, score, inventory: ['oilskin coat'], moves: turn }),
        worldHash: '0'.repeat(16),
        validActions: turn === stepLimit ? [] : commands,
      }
    }
    scores.push(score)
    yield {
      type: 'episode-ended',
      episode,
      score,
      maxScore: 50,
      steps: stepLimit,
      terminated: false,
      truncated: true,
      victory: false,
    }
    yield { type: 'memory-stored', episode, experiences: episode * stepLimit, states: episode * 3 }
  }
  yield { type: 'run-ended', scores }
}

function decisionOf(episode: number, turn: number): Decision {
  const weights = commands.map((_, index) => Math.exp(-((index * 7 + turn * 3 + episode) % 16) / 3))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const candidates = commands.map((action, index) => {
    const probability = (weights[index] ?? 0) / total
    const seen = (index + turn) % 3 === 0
    const advantage = seen ? ((index % 5) - 2) * 0.85 : 0
    return candidate(action, probability, {
      prior: 1 / commands.length,
      visits: seen ? index * episode : 0,
      q: seen ? 1.25 + advantage : null,
      advantage,
      adjusted: Math.log(1 / commands.length) + advantage,
    })
  })
  const chosen = commands[(turn * 5 + episode) % commands.length] ?? 'wait'
  const staticChoice = turn % 3 === 0 ? 'north' : chosen
  const neighbour = { run: 'r1', episode: 1, turn: 1, action: 'north', similarity: 0.97, return: 5 }
  return decision(candidates, { chosen, staticChoice, neighbours: Array(turn).fill(neighbour) })
}

/** The events as a run that somebody watches, played in this process. */
export function playedBy(events: AsyncIterable<RunEvent>, turnsPerSecond = Infinity): WatchedRun {
  const gate = new TurnGate(turnsPerSecond)
  const abandon = () => gate.accept({ type: 'stop' })
  return { turns: turns(events, gate), control: (command) => gate.accept(command), abandon }
}
