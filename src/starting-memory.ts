import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
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

/** How much of a memory somebody knows: of its run up to an episode, or the first so many of all. */
type Scope = { readonly until: { readonly run: string; readonly episode: number } } | { readonly first: number }

interface Described {
  readonly scope: Scope
  readonly handicap: string
}

/**
 * Opens the memory that a run begins with: the file itself where it is frozen, else the run's `own`, after the file's
 * episodes were copied into it. `begun`: the handicaps of the run where it is to go on; what has been added to the file
 * since is left out. Throws `MemoryError`, before anything is copied, where that run began with something else.
 */
export function openStartingMemory(
  settings: MemorySettings,
  own: ExperienceStore,
  ownFile: string,
  begun: readonly string[] | null,
): StartingMemory {
  const { file, frozen } = settings
  if (!existsSync(file))
    throw new MemoryError(
      `${resolve(file)} is not there, and that is the memory that the run begins with: put it back, or go where the run was started.`,
    )
  if (realpathSync(file) === realpathSync(ownFile))
    throw new MemoryError(
      `${file} is the memory of the very run that is to begin with it: name another folder by --out.`,
    )
  const { scope, handicap } = described(settings, begun)
  const source = openExperienceStore(file, { readonly: true, ...scope })
  if (frozen) return { store: source, handicap }
  try {
    // One that is there already is not stored twice, so that a copy broken off goes on.
    for (const record of source.episodes()) own.addEpisode(record, realpathSync(file))
    return { store: own, handicap }
  } finally {
    source.close()
  }
}

/** `StartingMemory.handicap` of a run that is to be opened so; throws what that throws where the run began otherwise. */
export function memoryHandicap(settings: MemorySettings, begun: readonly string[] | null): string {
  return described(settings, begun).handicap
}

function described({ file, episode, frozen }: MemorySettings, begun: readonly string[] | null): Described {
  const asked = latest(descriptions(file, episode === null ? null : { until: lastEpisode(file, episode) }, frozen))
  return begun === null || begun.includes(asked.handicap) ? asked : asItWas(file, frozen, begun)
}

/** The memory, or what is `within` a scope of it, up to each of its episodes, the empty one first. */
function* descriptions(file: string, within: Scope | null, frozen: boolean): Generator<Described> {
  const store = openExperienceStore(file, { readonly: true, ...within })
  try {
    const digest = createHash('sha256')
    let [episodes, steps] = [0, 0]
    const describe = (): Described => {
      const name = digest.copy().digest('hex').slice(0, 8)
      const handicap = `memory ${name} of ${episodes} episodes, ${steps} steps${frozen ? ', frozen' : ''}`
      return { scope: within ?? { first: episodes }, handicap }
    }
    yield describe()
    for (const record of store.episodes()) {
      digest.update(JSON.stringify(record))
      episodes += 1
      steps += record.steps.length
      yield describe()
    }
  } finally {
    store.close()
  }
}

function asItWas(file: string, frozen: boolean, begun: readonly string[]): Described {
  for (const described of descriptions(file, null, frozen)) if (begun.includes(described.handicap)) return described
  const was = begun.find((handicap) => /^memory [0-9a-f]{8} of /.test(handicap)) ?? 'no memory'
  throw new MemoryError(
    `${file} is not what the run began with (${was}), nor did it grow from that: name that one, or another folder by --out.`,
  )
}

function latest(all: Iterable<Described>): Described {
  let last: Described | undefined
  for (const each of all) last = each
  return last!
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
