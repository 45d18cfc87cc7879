import type { TextModel, View } from '../contracts.ts'
import type { Notebook } from './noted-policy.ts'
import { courseOf, outcomeOf, type PastEpisode } from './past-episode.ts'

export type TipParameters = {
  /** Tips in one prompt at most. */
  readonly shown: number
  /** Tips in the memory at most; the least useful go first. */
  readonly kept: number
  /** Episodes in which a tip is shown before it can be dropped for doing no good. */
  readonly trial: number
  /** Commands of an episode that the model is shown, the last ones. */
  readonly steps: number
}

export const tipParameters: TipParameters = { shown: 5, kept: 50, trial: 3, steps: 80 }

interface Tip {
  readonly text: string
  readonly words: ReadonlySet<string>
  /** Episodes in which it was shown, and the sum of their scores above the mean of all before them. */
  readonly uses: number
  readonly gain: number
}

const instructions = `You play the same text adventure again and again and want the highest score it can give.
You are shown how the last episode went: commands by room, with the points they earned.
Write up to five tips for the next episodes, one a line, each beginning with "- ", then the room or thing it is about, a colon and the tip. Nothing else.`

/**
 * EMPO2's self-written tips (arXiv 2602.23008), the part that trains nothing: written by the model after each episode,
 * retrieved by how much of them the present state speaks of, capped, and dropped when the episodes that showed them
 * were no better than those before.
 */
export class Tips implements Notebook {
  readonly #model: TextModel
  readonly #parameters: TipParameters
  #tips: readonly Tip[] = []
  #scores: readonly number[] = []

  constructor(model: TextModel, parameters: TipParameters) {
    this.#model = model
    this.#parameters = parameters
  }

  async learn(episode: PastEpisode): Promise<void> {
    const { trial, kept, steps } = this.#parameters
    const shown = new Set(episode.steps.flatMap(({ tokens }) => this.#about(tokens)))
    const before = this.#scores
    const gain = before.length === 0 ? 0 : episode.score - before.reduce((a, b) => a + b, 0) / before.length
    this.#scores = [...before, episode.score]
    const judged = this.#tips
      .map((tip) => (shown.has(tip) ? { ...tip, uses: tip.uses + 1, gain: tip.gain + gain } : tip))
      .filter((tip) => tip.uses < trial || tip.gain > 0)
    const known = new Set(judged.map(({ text }) => text))
    const prompt = [outcomeOf(episode), ...courseOf(episode, steps).map((line) => `| ${line}`)].join('\n')
    const place = `${episode.episode}.end`
    const { text } = await this.#model.write({ purpose: 'write', place, instructions, prompt })
    const fresh = tipsIn(text ?? '').filter((tip) => !known.has(tip.text))
    // A stable sort: of equally useful ones the newest stay.
    this.#tips = [...fresh, ...judged].sort((a, b) => mean(b) - mean(a)).slice(0, kept)
  }

  consult({ state }: View) {
    const lines = this.#about(state.tokens).map(({ text }) => text)
    const note = { title: 'Your own tips for places and things like these', lines }
    return { notes: { standing: [], current: lines.length === 0 ? [] : [note] } }
  }

  /** The tips that share most words with a state, best first; those that share none are not about it. */
  #about(tokens: readonly string[]): readonly Tip[] {
    const words = new Set(tokens.map((token) => token.slice(token.indexOf(':') + 1)))
    return this.#tips
      .map((tip) => ({ tip, likeness: likeness(tip.words, words) }))
      .filter(({ likeness }) => likeness > 0)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, this.#parameters.shown)
      .map(({ tip }) => tip)
  }
}

function tipsIn(text: string): readonly Tip[] {
  const lines = text.split('\n').flatMap((line) => line.match(/^\s*[-*]\s+(.+)$/u)?.[1]?.trim() ?? [])
  return [...new Set(lines)].slice(0, 5).map((line) => ({ text: line, words: aboutWords(line), uses: 0, gain: 0 }))
}

/** What a tip is about stands before its colon; without one, all of it is. */
function aboutWords(tip: string): ReadonlySet<string> {
  const colon = tip.indexOf(':')
  const about = colon > 0 ? tip.slice(0, colon) : tip
  return new Set(about.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
}

/** Jaccard. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length
  return shared === 0 ? 0 : shared / (a.size + b.size - shared)
}

function mean({ uses, gain }: Tip): number {
  return uses === 0 ? 0 : gain / uses
}
