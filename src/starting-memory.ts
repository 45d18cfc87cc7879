import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { type EpisodeRecord, type ExperienceStore, MemoryError, openExperienceStore } from '../memory/index.ts'

/** What an agent remembers before its first episode. */
export interface MemorySettings {
  /** Another run's memory; it is only read. */
  readonly file: string
  /** As it was after this episode; null for all of it. */
  readonly episode: number | null
  /** Nothing is learnt beyond it. */
  readonly frozen: boolean
}

export interface StartingMemory {
  /** To recall from. */
  readonly store: ExperienceStore
  /** What it is, for the protocol: other contents, other words. */
  readonly handicap: string
}

/**
 * Opens the memory that a run begins with: the file itself where it is frozen, else the run's `own`, after the file's
 * episodes were copied into it. Throws `MemoryError`.
 */
export function openStartingMemory(settings: MemorySettings, own: ExperienceStore, ownFile: string): StartingMemory {
  const { file, episode, frozen } = settings
  const until = episode === null ? {} : { until: lastEpisode(file, episode) }
  const source = openExperienceStore(file, { readonly: true, ...until })
  try {
    if (realpathSync(file) === realpathSync(ownFile))
      throw new MemoryError(
        `${file} is the memory of the very run that is to begin with it: name another folder by --out.`,
      )
    const digest = createHash('sha256')
    let [episodes, steps] = [0, 0]
    for (const record of source.episodes()) {
      digest.update(JSON.stringify(record))
      episodes += 1
      steps += record.steps.length
      // One that is there already is not stored twice, so that a copy broken off goes on.
      if (!frozen) own.addEpisode(record, realpathSync(file))
    }
    const name = digest.digest('hex').slice(0, 8)
    const handicap = `memory ${name} of ${episodes} episodes, ${steps} steps${frozen ? ', frozen' : ''}`
    if (!frozen) source.close()
    return { store: frozen ? source : own, handicap }
  } catch (error) {
    source.close()
    throw error
  }
}

/** The episode of that number which was stored last, as a memory may hold several runs. */
function lastEpisode(file: string, number: number): { readonly run: string; readonly episode: number } {
  const store = openExperienceStore(file, { readonly: true })
  try {
    let found: EpisodeRecord | undefined
    let last = 0
    for (const record of store.episodes()) {
      last = Math.max(last, record.episode)
      if (record.episode === number) found = record
    }
    if (found !== undefined) return { run: found.run, episode: number }
    throw new MemoryError(`${file} has no episode ${number}: its last is ${last}.`)
  } finally {
    store.close()
  }
}
