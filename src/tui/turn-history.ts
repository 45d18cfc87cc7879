import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { RunEvent } from '../../harness/index.ts'
import { emptyView, reduce, type ViewModel } from './view-model.ts'

/** What a turn is found by. */
export interface TurnMark {
  readonly episode: number
  /** 0: the opening. */
  readonly turn: number
  /** Points that the turn earned. */
  readonly points: number
  /** The policy left the static choice. */
  readonly flip: boolean
  /** With this turn the episode ended. */
  readonly last: boolean
}

/** What came of a remembered turn. */
export interface TurnOutcome {
  readonly command: string
  readonly points: number
  readonly room: string
  readonly text: string
  /** The episode's score at its end; null while it is being played. */
  readonly finalScore: number | null
}

interface Block {
  readonly before: ViewModel
  readonly packed: Buffer
}

const turnsPerBlock = 32
/** Packed turns of a very long run; the oldest go first. About 200,000 turns. In bytes. */
const defaultBudget = 128 * 2 ** 20

/**
 * All turns of a run so far, and the view as it was at each of them: what was known then, not what is known now.
 * Turns are kept packed, 32 to a block, with the view from before each block to fold them onto again.
 */
export class TurnHistory {
  readonly #budget: number
  readonly #blocks: Block[] = []
  readonly #marks: TurnMark[] = []
  #dropped = 0
  #bytes = 0
  #tail: (readonly RunEvent[])[] = []
  #beforeTail: ViewModel = emptyView
  #newest: ViewModel = emptyView
  #unpacked: { readonly block: number; readonly turns: readonly (readonly RunEvent[])[] } | null = null
  #seen: { readonly index: number; readonly view: ViewModel } | null = null

  constructor(budget = defaultBudget) {
    this.#budget = budget
  }

  /** How many turns there are; they are numbered from `first` to `length - 1`. */
  get length(): number {
    return this.#marks.length
  }

  /** The oldest turn that is still kept. */
  get first(): number {
    return this.#dropped * turnsPerBlock
  }

  get newest(): ViewModel {
    return this.#newest
  }

  mark(index: number): TurnMark | undefined {
    return this.#marks[index]
  }

  /** One turn: the events up to the story's answer. */
  add(events: readonly RunEvent[]): void {
    this.#newest = events.reduce(reduce, this.#newest)
    this.#marks.push(markOf(events, this.#newest))
    this.#tail.push(events)
    if (this.#tail.length < turnsPerBlock) return
    const packed = deflateRawSync(JSON.stringify(this.#tail), { level: 1 })
    this.#blocks.push({ before: this.#beforeTail, packed })
    this.#bytes += packed.length
    this.#tail = []
    this.#beforeTail = this.#newest
    while (this.#bytes > this.#budget && this.#blocks.length > 1) {
      this.#bytes -= this.#blocks.shift()?.packed.length ?? 0
      this.#dropped += 1
    }
  }

  /** The view after that turn. */
  viewAt(index: number): ViewModel {
    if (index >= this.length - 1) return this.#newest
    const wanted = Math.max(this.first, index)
    const block = Math.floor(wanted / turnsPerBlock)
    const start = block * turnsPerBlock
    const seen = this.#seen
    const near = seen !== null && seen.index >= start && seen.index <= wanted
    const turns = this.#turnsOf(block)
    let view = near ? seen.view : (this.#blocks[block - this.#dropped]?.before ?? this.#beforeTail)
    for (let turn = near ? seen.index + 1 : start; turn <= wanted; turn += 1) {
      view = (turns[turn - start] ?? []).reduce(reduce, view)
    }
    this.#seen = { index: wanted, view }
    return view
  }

  /** The last turn at or before that one, -1 where there is none. */
  indexOf(episode: number, turn: number): number {
    let low = this.first
    let high = this.#marks.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const mark = this.#marks[middle]
      if (mark && (mark.episode < episode || (mark.episode === episode && mark.turn <= turn))) low = middle + 1
      else high = middle - 1
    }
    return high < this.first ? -1 : high
  }

  /** What was done at that turn, and what came of it; null where it is not known here. */
  outcome(episode: number, turn: number): TurnOutcome | null {
    const index = this.indexOf(episode, turn)
    const mark = this.#marks[index]
    if (mark?.episode !== episode || mark.turn !== turn) return null
    const block = Math.floor(index / turnsPerBlock)
    const events = this.#turnsOf(block)[index - block * turnsPerBlock] ?? []
    const stepped = events.find((event) => event.type === 'stepped')
    const observed = events.find((event) => event.type === 'observed')
    if (!stepped || !observed) return null
    const { text, location } = observed.observation
    const finalScore = this.#newest.scores[episode - 1] ?? null
    return { command: stepped.command, points: stepped.reward, room: location ?? '', text, finalScore }
  }

  #turnsOf(block: number): readonly (readonly RunEvent[])[] {
    const packed = this.#blocks[block - this.#dropped]?.packed
    if (!packed) return this.#tail
    if (this.#unpacked?.block !== block) {
      // What was packed above, in this process.
      const turns: readonly (readonly RunEvent[])[] = JSON.parse(inflateRawSync(packed).toString())
      this.#unpacked = { block, turns }
    }
    return this.#unpacked.turns
  }
}

function markOf(events: readonly RunEvent[], after: ViewModel): TurnMark {
  const stepped = events.find((event) => event.type === 'stepped')
  const last = events.some((event) => event.type === 'episode-ended')
  const flip = events.some(({ type }) => type === 'decided') && after.flippedFrom !== null
  return { episode: after.episode, turn: after.turn, points: stepped?.reward ?? 0, flip, last }
}
