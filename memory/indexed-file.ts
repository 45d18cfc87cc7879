import { ints } from './growing-array.ts'
import { listsOfNumbers, numbers } from './json-lists.ts'
import { KnownStates } from './known-states.ts'
import { DamageError } from './memory-error.ts'
import { textDigest } from './records.ts'
import { RowDigests } from './row-digests.ts'
import type { Statements, StepsRow } from './statements.ts'
import { StepIndex } from './step-index.ts'
import { Words } from './words.ts'

/** Which of a file's episodes are recalled. */
export interface Scope {
  /** Only those of these runs. */
  readonly runs?: readonly string[]
  /** Only those of this run up to this episode, and of other runs those that were stored before it. */
  readonly until?: { readonly run: string; readonly episode: number }
  /** Only so many of those that are remembered at the opening, the first that were stored. */
  readonly first?: number
}

const BATCH = 1000
const CACHED = 20_000

/**
 * What is in this process of a memory's file: its words and the index of its steps, built from the file and following
 * it. One's own episodes come in by the same way as those of others, so it is always what a reopening builds.
 */
export class IndexedFile {
  readonly #sql: Statements
  readonly #scope: Scope
  readonly tokens = new Words()
  readonly actions = new Words()
  readonly stateDigests: RowDigests
  readonly situationDigests: RowDigests
  /** Until something is forgotten, as its states may be gone. */
  readonly knownStates = new KnownStates(CACHED)
  #index = new StepIndex()
  #dataVersion: number | undefined
  #lastState = 0
  #lastEpisode = 0
  #lastForgotten = 0
  /** The id of the last episode that is in scope by when it was stored; fixed by the first look. */
  #lastInScope: number | undefined

  constructor(sql: Statements, scope: Scope) {
    this.#sql = sql
    this.#scope = scope
    this.stateDigests = new RowDigests((id) => sql.stateDigests.all(id))
    this.situationDigests = new RowDigests((id) => sql.situationDigests.all(id))
  }

  get index(): StepIndex {
    return this.#index
  }

  /** Takes in what other processes have committed since the last look. Within a transaction. */
  catchUp(): void {
    const version = this.#sql.dataVersion.get()
    if (version === this.#dataVersion) return
    this.readOn()
    // Of what was forgotten and imported again since the last look, the row that would tell is gone.
    if (this.#index.remembered !== this.#sql.remembered.get()) this.#rebuild()
    this.stateDigests.expectMore()
    this.situationDigests.expectMore()
    this.#dataVersion = version
  }

  /** What was written since the last commit is not there after all. */
  rollBack(): void {
    this.knownStates.clear()
    this.stateDigests.reset()
    this.situationDigests.reset()
  }

  situationId(text: string): number | undefined {
    const id = this.situationDigests.id(textDigest(text))
    return id === undefined ? undefined : this.#sql.hasSituation.get(id) && id
  }

  /** Takes in what was committed since the last look, here or elsewhere. Within a transaction. */
  readOn(): void {
    for (const { id, text } of this.#sql.tokens.all(this.tokens.count)) this.tokens.add(id, text)
    for (const { id, text } of this.#sql.actions.all(this.actions.count)) this.actions.add(id, text)
    this.#readStates()
    this.#readEpisodes()
    for (const { id, forgotten } of this.#sql.forgotten.all(this.#lastForgotten)) {
      this.#index.forgetEpisode(id)
      this.#lastForgotten = forgotten
      this.knownStates.clear()
    }
    if (this.#index.isSparse) this.#rebuild()
  }

  #rebuild(): void {
    this.knownStates.clear()
    this.#index = new StepIndex()
    this.#lastState = 0
    this.#lastEpisode = 0
    this.#readStates()
    this.#readEpisodes()
  }

  #readStates(): void {
    const states = { ids: ints(), situations: ints(), tokens: ints(), ends: ints() }
    for (const batch of this.#sql.states.all(this.#lastState)) {
      for (const id of numbers(batch.ids)) states.ids.push(id)
      for (const situation of numbers(batch.situations)) states.situations.push(situation)
      for (const tokens of listsOfNumbers(batch.tokens)) {
        for (const token of tokens) states.tokens.push(this.#known(token))
        states.ends.push(states.tokens.length)
      }
    }
    if (this.#lastState === 0 && this.#lastEpisode === 0)
      this.#index = new StepIndex(this.#frequencies(states.tokens.values, states.tokens.length))
    for (let at = 0; at < states.ids.length; at++) {
      const start = at === 0 ? 0 : states.ends.values[at - 1]!
      const tokens = Array.from(states.tokens.values.subarray(start, states.ends.values[at]))
      this.#lastState = states.ids.values[at]!
      this.#index.addState(this.#lastState, states.situations.values[at]!, tokens)
    }
  }

  #frequencies(tokens: Int32Array, length: number): Int32Array {
    const frequencies = new Int32Array(this.tokens.count + 1)
    for (let at = 0; at < length; at++) frequencies[tokens[at]!]!++
    return frequencies
  }

  #readEpisodes(): void {
    this.#lastInScope ??= this.#boundary()
    const lastInScope = this.#lastInScope
    for (;;) {
      const rows = this.#sql.stepsAfter.all(this.#lastEpisode, BATCH)
      for (const row of rows) {
        this.#index.addEpisode(indexed(row), this.#isInScope(row, lastInScope))
        this.#lastEpisode = row.id
      }
      if (rows.length < BATCH) return
    }
  }

  #boundary(): number {
    const { until, first } = this.#scope
    if (until !== undefined) return this.#sql.episodeId.get(until.run, until.episode) ?? 0
    return first === undefined ? Infinity : (this.#sql.lastOfFirst.get(first) ?? 0)
  }

  #isInScope({ id, run, episode }: StepsRow, lastInScope: number): boolean {
    const { runs, until } = this.#scope
    if (runs !== undefined && !runs.includes(run)) return false
    // By number: one that was imported again is stored behind later ones.
    return until?.run === run ? episode <= until.episode : id <= lastInScope
  }

  #known(token: number): number {
    if (this.tokens.text(token) === undefined) throw new DamageError('a state names a token that is not there')
    return token
  }
}

function indexed({ id, run, episode, victory, states, actions, rewards, ends }: StepsRow) {
  const list = (column: string | null) => (column === null ? [] : numbers(column))
  return {
    id,
    run,
    episode,
    victory: victory === 1,
    states: list(states),
    actions: list(actions),
    rewards: list(rewards),
    ends: list(ends),
  }
}
