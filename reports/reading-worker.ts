import { readRecordedRun } from '../harness/index.ts'
import { type ReadRun, RunReader } from './read-runs.ts'

const reader = new RunReader()

/** Reads a run in a thread of a pool. */
export default function read(directory: string): Promise<ReadRun> {
  return reader.read(readRecordedRun(directory))
}
