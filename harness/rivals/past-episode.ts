import type { EpisodeRecord } from '../../memory/index.ts'
import type { EpisodeEnd, Transition } from '../contracts.ts'
import { oneLine } from '../models/quotation.ts'

/** A finished episode as far as an agent keeps it in words. The same from the memory and from living through it. */
export interface PastEpisode {
  readonly episode: number
  readonly score: number
  readonly terminated: boolean
  readonly victory: boolean
  readonly steps: readonly PastStep[]
}

export interface PastStep {
  readonly room: string
  readonly tokens: readonly string[]
  readonly command: string
  readonly reward: number
}

export function rememberedEpisode({ episode, score, terminated, victory, steps }: EpisodeRecord): PastEpisode {
  return {
    episode,
    score,
    terminated,
    victory,
    steps: steps.map(({ state, action, reward }) => ({
      room: roomOf(state.key),
      tokens: state.tokens,
      command: action,
      reward,
    })),
  }
}

export function livedStep({ view, action, reward }: Transition): PastStep {
  const { summary, tokens } = view.state
  // Sorted as the memory gives them back.
  return { room: roomOf(summary), tokens: [...new Set(tokens)].sort(), command: action, reward }
}

export function livedEpisode(
  { episode, score, terminated, victory }: EpisodeEnd,
  steps: readonly PastStep[],
): PastEpisode {
  return { episode, score, terminated, victory, steps }
}

/** `Episode 4 ended with 12 points after 60 turns: by death.` */
export function outcomeOf({ episode, score, terminated, victory, steps }: PastEpisode): string {
  const end = victory ? 'in victory' : terminated ? 'by the end of the story, without victory' : 'by the limit of turns'
  return `Episode ${episode} ended with ${score} points after ${steps.length} turns, ${end}.`
}

/** The commands in their order, by room, with the points they earned; the last `most` of them. */
export function courseOf({ steps }: PastEpisode, most: number): readonly string[] {
  const lines: string[] = []
  let room: string | null = null
  for (const step of steps.slice(-most)) {
    const command = oneLine(step.command)
    const said = step.reward === 0 ? command : `${command} (${step.reward > 0 ? '+' : ''}${step.reward})`
    if (step.room === room) lines.push(`${lines.pop()}, ${said}`)
    else lines.push(`${step.room}: ${said}`)
    room = step.room
  }
  return lines
}

/** Of `[room][inventory][verbs]`. */
function roomOf(summary: string): string {
  return summary.slice(1, summary.indexOf(']'))
}
