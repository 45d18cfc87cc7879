import { existsSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { z } from 'zod'
import { type RecordedRun, readRecordedRun, readRunHeader } from '../../harness/index.ts'
import { plainLine } from '../tui/plain-text.ts'
import { tell } from './output.ts'
import { UsageError } from './usage-error.ts'

export const runFolders = z
  .array(z.string())
  .meta({ operand: 'DIR...', description: 'Folders of runs, comparisons or sweeps; a fork only if named itself' })

/** The folder's own run, or else the runs below it; forks among those are left out, and named on stderr. */
export function runsIn(directory: string): readonly RecordedRun[] {
  const found = runFoldersIn(directory)
  const forks = found.filter((folder) => folder !== directory && isFork(folder))
  if (forks.length > 0) tell(`Left out, as forks: ${forks.map(plainLine).join(', ')}.`)
  const folders = found.filter((folder) => !forks.includes(folder))
  // Without any, the reader says what the folder lacks.
  return (folders.length > 0 ? folders : [directory]).map(readRecordedRun)
}

/** The folder itself, or else those below it, as far as they hold a run. */
function runFoldersIn(directory: string): readonly string[] {
  const isRun = (folder: string) => existsSync(join(folder, 'run.json'))
  return isRun(directory) ? [directory] : foldersBelow(directory).filter(isRun)
}

/** The runs of a comparison in its folder: a fork that lies beside its run is none of them. */
export function comparedFoldersIn(directory: string): readonly string[] {
  return runFoldersIn(directory).filter((folder) => !isFork(folder))
}

function isFork(folder: string): boolean {
  return readRunHeader(folder).provenance.forkedFrom !== undefined
}

/** Throws `UsageError` where a run that is to begin in the folder would hide others, which lie below it. */
export function refuseToHideRuns(directory: string): void {
  const folders = runFoldersIn(directory)
  if (folders.length > 0 && !folders.includes(directory))
    throw new UsageError(`${directory} holds other runs: name another folder by --out.`)
}

function foldersBelow(directory: string): readonly string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(byFolders)
}

/** `jitrl/seed-1` before `jitrl-paper/seed-1`, and `seed-2` before `seed-10`. */
function byFolders(a: string, b: string): number {
  const [ours, theirs] = [a.split(sep), b.split(sep)]
  const differing = ours.findIndex((folder, depth) => folder !== theirs[depth])
  return (ours[differing] ?? '').localeCompare(theirs[differing] ?? '', 'en', { numeric: true })
}
