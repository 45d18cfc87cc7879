import { BoundedCache } from './bounded-cache.ts'
import type { EpisodeRecord, StateRecord } from './experience-store.ts'
import type { IndexedFile } from './indexed-file.ts'
import { numbers } from './json-lists.ts'
import { DamageError, InvalidEpisodeError } from './memory-error.ts'
import { canonicalState, digest, textDigest } from './records.ts'
import { discountedReturn } from './returns.ts'
import type { RowDigests } from './row-digests.ts'
import type { Statements } from './statements.ts'

const CACHED = 20_000

/** Episodes as rows of the file. Everything within a transaction in which the index has caught up. */
export class EpisodeRows {
  readonly #sql: Statements
  readonly #file: IndexedFile
  /** Ids are never used again, so what is kept here stays true. */
  readonly #states = new BoundedCache<number, StateRecord>(CACHED)

  constructor(sql: Statements, file: IndexedFile) {
    this.#sql = sql
    this.#file = file
  }

  /** `moment` is when it was of use, in episodes stored; `origin` the file it comes from. */
  insert(record: EpisodeRecord, moment: number, origin?: string): void {
    const { run, episode, gameSeed, score, terminated, victory, steps, finalState } = record
    const rewards = steps.map(({ reward }) => reward)
    const total = discountedReturn(rewards, 1)
    if (!Number.isFinite(total)) throw new InvalidEpisodeError('a reward is no number')
    const newTokens = new Map<string, number>()
    const newActions = new Map<string, number>()
    const actions = steps.map(({ action }) => {
      return this.#file.actions.id(action) ?? numbered(newActions, action, this.#sql.addAction)
    })
    const states = [...steps.map(({ state }) => state), finalState].map((state) => this.#stateId(state, newTokens))
    const ends = steps.flatMap((step, at) => (step.terminated ? [at] : []))
    const runId = this.#sql.runId.get(run) ?? this.#sql.addRun(run, origin ?? null)
    const flags = [Number(terminated), Number(victory)] as const
    const id = this.#sql.addEpisode(runId, episode, gameSeed, score, ...flags, steps.length, total, moment)
    const columns = [states, actions, rewards, ends].map((list) => JSON.stringify(list))
    this.#sql.addSteps(id, columns[0]!, columns[1]!, columns[2]!, columns[3]!)
  }

  #stateId(given: StateRecord, newTokens: Map<string, number>): number {
    const known = this.#file.knownStates.id(given)
    if (known !== undefined) return known
    const state = canonicalState(given)
    const code = digest(state)
    const id = this.#stored(this.#file.stateDigests, code, this.#sql.hasState, () => {
      const tokens = state.tokens.map((token) => {
        return this.#file.tokens.id(token) ?? numbered(newTokens, token, this.#sql.addToken)
      })
      return this.#sql.addState(code, state.key, this.#situationId(state.situation), JSON.stringify(tokens))
    })
    this.#file.knownStates.set(given, id)
    return id
  }

  #situationId(text: string): number {
    const code = textDigest(text)
    return this.#stored(this.#file.situationDigests, code, this.#sql.hasSituation, () =>
      this.#sql.addSituation(code, text),
    )
  }

  /** The id of the row that has the digest and is there still, or else of one that is added. */
  #stored(digests: RowDigests, code: Buffer, has: Statements['hasState'], add: () => number): number {
    const known = digests.id(code)
    if (known !== undefined && has.get(known) !== undefined) return known
    const id = add()
    digests.add(code, id)
    return id
  }

  /** Forgets the steps of these episodes, and the states that nothing else names. */
  forget(ids: readonly number[]): void {
    const unnamed = this.#file.index.namedOnlyBy(ids)
    this.#file.knownStates.clear()
    let last = found(this.#sql.lastForgotten.get())
    for (const id of ids) {
      this.#sql.forgetEpisode(++last, id)
      this.#sql.deleteSteps(id)
    }
    for (const { state } of unnamed) this.#sql.deleteState(state)
    for (const situation of new Set(unnamed.map(({ situation }) => situation))) {
      this.#sql.deleteUnusedSituation(situation)
    }
  }

  /** Undefined when it is forgotten, or of another run than the one asked for. */
  read(id: number, run?: string): EpisodeRecord | undefined {
    const row = found(this.#sql.episode.get(id))
    const steps = found(this.#sql.steps.get(id))
    if (steps.states === null || (run !== undefined && row.run !== run)) return undefined
    const list = (column: string | null) => numbers(found(column ?? undefined))
    const states = list(steps.states).map((state) => this.state(state))
    const [rewards, ends] = [list(steps.rewards), new Set(list(steps.ends))]
    const finalState = found(states.pop())
    return {
      run: row.run,
      episode: row.episode,
      gameSeed: row.gameSeed,
      score: row.score,
      terminated: row.terminated === 1,
      victory: row.victory === 1,
      steps: list(steps.actions).map((action, at) => ({
        state: found(states[at]),
        action: this.action(action),
        reward: found(rewards[at]),
        terminated: ends.has(at),
      })),
      finalState,
    }
  }

  state(id: number): StateRecord {
    return this.#states.get(id, () => {
      const { key, situation, tokens } = found(this.#sql.state.get(id))
      return { key, situation, tokens: numbers(tokens).map((token) => found(this.#file.tokens.text(token))) }
    })
  }

  action(id: number): string {
    return found(this.#file.actions.text(id))
  }
}

function numbered(numbers: Map<string, number>, text: string, add: (text: string) => number): number {
  const id = numbers.get(text) ?? add(text)
  numbers.set(text, id)
  return id
}

export function found<T>(row: T | undefined): T {
  if (row === undefined) throw new DamageError('a row that another one names is not there')
  return row
}
