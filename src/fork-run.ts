import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type ForkPoint, forkRecording, readRecordedRun } from '../harness/index.ts'
import { cellFile, readCell } from './cells/cell.ts'
import { finishedEpisodes } from './finished-episodes.ts'
import type { RunRequest } from './run.ts'
import type { Forked } from './tui/show-run.ts'
import { watchRun } from './watched-run.ts'

interface ForkOptions extends ForkPoint {
  /** What is played instead of what was played then. */
  readonly command: string
  /** Turns per second. */
  readonly speed: number
  /** The command line that continues the fork in its folder. */
  readonly resume: (folder: string) => string
}

/** Plays the run of `request` on from one of its past turns, in a folder of its own beside it. */
export function forkRun(request: RunRequest, { episode, turn, command, speed, resume }: ForkOptions): Forked {
  const out = freeFolder(`${request.out}-fork-e${episode}t${turn}`)
  forkRecording(request.out, { episode, turn }, out)
  const run = watchRun({ ...request, out }, { speed, first: command })
  // What was played before is lived through at once, and with it the turn that was taken over.
  run.control({ type: 'pause' })
  for (let step = 0; step <= turn; step += 1) run.control({ type: 'step' })
  return {
    run,
    before: finishedEpisodes(readRecordedRun(out)),
    folder: out,
    resume: resume(out),
  }
}

/** The request that a recording answers, to be played on. Throws where its folder lacks the description. */
export function requestOf(directory: string): RunRequest {
  return { ...readCell(join(directory, cellFile)), out: directory, command: 'grue replay' }
}

function freeFolder(wish: string): string {
  let number = 1
  const name = () => (number === 1 ? wish : `${wish}-${number}`)
  while (existsSync(name())) number += 1
  return name()
}
