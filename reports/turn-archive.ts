import { deflateRawSync } from 'node:zlib'
import type { Candidate, Decision, Evidence, RunEvent } from '../harness/index.ts'
import { printableLines } from './reported-run.ts'

// Read by browser/turn-browser.js: what is changed here has to be changed there.

/** Texts by number, each once for all runs of a page. */
export class TextTable {
  /** By the text as the story wrote it: most come again and again, and are made printable once. */
  readonly #numbers = new Map<string, number>()
  readonly #shown: string[] = []

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#shown.push(printableLines(text)) - 1
    this.#numbers.set(text, number)
    return number
  }

  get size(): number {
    return this.#shown.length
  }

  /** The texts from that number on. */
  since(number: number): readonly string[] {
    return this.#shown.slice(number)
  }
}

export function packTexts(texts: readonly string[]): string {
  return pack(texts)
}

/** An episode for the turn browser: both parts are JSON, deflated, in base64. */
export interface ArchivedEpisode {
  readonly episode: number
  readonly score: number
  /** What was said and done, turn by turn. */
  readonly story: string
  /** What was weighed: the advantage tables and the memories behind them. */
  readonly tables: string
}

/**
 * The story part: one entry per observation (turn 0 is the opening), one less of commands, choices and rewards. Texts
 * by number; a null score is null.
 */
interface StoryPart {
  readonly text: number[]
  readonly location: number[]
  readonly inventory: number[]
  readonly score: (number | null)[]
  readonly command: number[]
  readonly chosen: number[]
  readonly static: number[]
  readonly reward: number[]
}

type Row = readonly [
  command: number,
  perMille: number,
  centiQ: number | null,
  milliAdvantage: number,
  perMille: number,
  visits: number,
  memories: readonly (readonly [episode: number, turn: number, next: number, reward: number])[] | 0,
]

/** One turn of the tables part. */
interface TablePart {
  readonly value: number
  readonly rows: readonly Row[]
  /** Commands that were left out as too improbable, and their probability together, per mille. */
  readonly left: readonly [count: number, perMille: number]
  readonly neighbours: readonly (readonly [
    episode: number,
    turn: number,
    command: number,
    perMille: number,
    centi: number,
  ])[]
}

/** Title screens are set in the middle of a screen that is not here. */
const BLANK_LINES = /\n{3,}/g

/** Rows of a table at most: the likeliest, and what was chosen either way. */
const MOST_ROWS = 12
const MOST_MEMORIES = 3

/** Packs a run's finished episodes for the turn browser, as its events pass. */
export class TurnArchivist {
  readonly #texts: TextTable
  readonly #episodes: ArchivedEpisode[] = []
  #story = emptyStory()
  #tables: TablePart[] = []

  constructor(texts: TextTable) {
    this.#texts = texts
  }

  take(event: RunEvent): void {
    switch (event.type) {
      case 'episode-started':
        this.#story = emptyStory()
        this.#tables = []
        break
      case 'observed': {
        const { text, location, inventory, score } = event.observation
        this.#story.text.push(this.#texts.numberOf(text.trim().replace(BLANK_LINES, '\n\n')))
        this.#story.location.push(this.#texts.numberOf(location ?? ''))
        this.#story.inventory.push(this.#texts.numberOf(inventory.join(', ')))
        this.#story.score.push(score)
        break
      }
      case 'decided':
        this.#story.chosen.push(this.#texts.numberOf(event.decision.chosen))
        this.#story.static.push(this.#texts.numberOf(event.decision.staticChoice))
        this.#tables.push(this.#table(event.decision))
        break
      case 'stepped':
        this.#story.command.push(this.#texts.numberOf(event.command))
        this.#story.reward.push(event.reward)
        break
      case 'episode-ended':
        this.#episodes.push({
          episode: event.episode,
          score: event.score,
          story: pack(this.#story),
          tables: pack(this.#tables),
        })
    }
  }

  result(): readonly ArchivedEpisode[] {
    return this.#episodes
  }

  #table({ candidates, chosen, staticChoice, value, neighbours }: Decision): TablePart {
    const order = candidates.toSorted((a, b) => b.probability - a.probability)
    const isShown = ({ action }: Candidate, rank: number) =>
      rank < MOST_ROWS || action === chosen || action === staticChoice
    const left = order.filter((candidate, rank) => !isShown(candidate, rank))
    return {
      value: scaled(value, 100),
      rows: order.filter(isShown).map((candidate) => this.#row(candidate)),
      left: [
        left.length,
        scaled(
          left.reduce((sum, { probability }) => sum + probability, 0),
          1000,
        ),
      ],
      neighbours: neighbours.map(({ episode, turn, action, similarity, return: earned }) => [
        episode,
        turn,
        this.#texts.numberOf(action),
        scaled(similarity, 1000),
        scaled(earned, 100),
      ]),
    }
  }

  #row({ action, prior, q, advantage, probability, visits, evidence }: Candidate): Row {
    const seen = evidence.filter((one) => one.type === 'transition').slice(-MOST_MEMORIES)
    return [
      this.#texts.numberOf(action),
      scaled(prior, 1000),
      q === null ? null : scaled(q, 100),
      scaled(advantage, 1000),
      scaled(probability, 1000),
      visits,
      seen.length === 0 ? 0 : seen.map((one) => this.#memory(one)),
    ]
  }

  #memory({
    episode,
    turn,
    next,
    reward,
  }: Extract<Evidence, { type: 'transition' }>): readonly [number, number, number, number] {
    return [episode, turn, this.#texts.numberOf(next.split(' | ')[0]!), reward]
  }
}

function emptyStory(): StoryPart {
  return { text: [], location: [], inventory: [], score: [], command: [], chosen: [], static: [], reward: [] }
}

function scaled(value: number, units: number): number {
  return Math.round(value * units)
}

function pack(value: unknown): string {
  return deflateRawSync(JSON.stringify(value)).toString('base64')
}
