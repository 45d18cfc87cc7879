import type { MemoryFile } from '../../memory/index.ts'
import { UsageError } from './usage-error.ts'

/** The run that `--run` names. Throws `UsageError` where the memory does not know it. */
export function knownRun(store: MemoryFile, run: string | undefined): string | undefined {
  const runs = store.runs().map((summary) => summary.run)
  if (run === undefined || runs.includes(run)) return run
  throw new UsageError(`There is no run ${run} in this memory. There are: ${runs.join(', ')}.`)
}
