import { type ExperienceStore, type MemoryFile, openExperienceStore } from '../memory/index.ts'
import { RecordedRunError } from './recorded-run.ts'

/**
 * Opens a run's memory, to be read only, as it was when one of its episodes began. Throws `RecordedRunError` where some
 * of that has been forgotten since, or imported again in another order.
 */
export function openMemoryBefore(file: string, run: string, episode: number): ExperienceStore {
  const scope = episode > 1 ? { until: { run, episode: episode - 1 } } : { runs: othersIn(file, run) }
  const store = openExperienceStore(file, { readonly: true, ...scope })
  try {
    refuseForgotten(store, file, run, episode)
    return store
  } catch (error) {
    store.close()
    throw error
  }
}

function othersIn(file: string, run: string): readonly string[] {
  const store = openExperienceStore(file, { readonly: true })
  try {
    return store.runs().flatMap((summary) => (summary.run === run ? [] : [summary.run]))
  } finally {
    store.close()
  }
}

function refuseForgotten(store: MemoryFile, file: string, run: string, episode: number): void {
  const other = store.runs().find((summary) => summary.run !== run && summary.forgotten > 0)
  if (other !== undefined)
    throw new RecordedRunError(
      `${file} has forgotten episodes of ${other.run}, which the run began with, so no episode of it can be forked: play the run again without --memory-limit, in another folder, and fork that.`,
    )
  const before = store.finished(run).filter((finished) => finished.episode < episode)
  const changed = before.findIndex((finished, at) => finished.forgotten || finished.episode !== at + 1)
  const kept = changed < 0 ? before.length : changed
  if (kept < episode - 1)
    throw new RecordedRunError(
      `${file} has forgotten episode ${kept + 1}, so it is not what the run knew when episode ${episode} began: fork an episode up to ${kept + 1}, or a run that was played without --memory-limit.`,
    )
}
