import { hash } from 'node:crypto'
import type { EpisodeRecord, StateRecord } from './experience-store.ts'

/** An episode as the store gives it back: its own fields only, the tokens of its states sorted and each once. */
export function canonical(episode: EpisodeRecord): EpisodeRecord {
  return {
    run: episode.run,
    episode: episode.episode,
    gameSeed: episode.gameSeed,
    score: episode.score,
    terminated: episode.terminated,
    victory: episode.victory,
    steps: episode.steps.map(({ state, action, reward, terminated }) => ({
      state: canonicalState(state),
      action,
      reward,
      terminated,
    })),
    finalState: canonicalState(episode.finalState),
  }
}

/** A state as it is stored. */
export function canonicalState({ key, situation, tokens }: StateRecord): StateRecord {
  return { key, situation, tokens: [...new Set(tokens)].sort() }
}

/** Whether two canonical episodes are equal. As JSON, because there as in SQLite -0 is 0. */
export function isSame(a: EpisodeRecord, b: EpisodeRecord): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** So many that no two states, and no two situations, ever met will share them. */
export const DIGEST_BYTES = 16

/** What tells a canonical state from all others. */
export function digest({ key, situation, tokens }: StateRecord): Buffer {
  return textDigest(JSON.stringify([key, situation, tokens]))
}

/** What tells a text from all others. */
export function textDigest(text: string): Buffer {
  return hash('sha256', text, 'buffer').subarray(0, DIGEST_BYTES)
}
