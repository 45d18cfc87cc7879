import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openExperienceStore } from '../memory/index.ts'
import { runEventSchema } from './event-schema.ts'
import { linesWith } from './log-lines.ts'
import { makeFolders } from './make-folders.ts'
import { openMemoryBefore } from './memory-before.ts'
import { headerFile, logFile, RecordedRunError, readRunHeader } from './recorded-run.ts'

const memoryFile = 'memory.db'

/** The turn behind which a fork leaves the run it was made from. */
export interface ForkPoint {
  readonly episode: number
  /** 0: the opening. */
  readonly turn: number
}

/**
 * Makes `target` a run's folder as it was behind that turn: what was asked, the log up to it, and of the memory what
 * was known by then. Started there with the same configuration, the run goes on from that very state. `run.json` says
 * where the fork comes from. Throws `RecordedRunError`, before anything is made, where the turn was not recorded, the
 * memory has forgotten something of what was known, or the target is taken.
 */
export function forkRecording(directory: string, { episode, turn }: ForkPoint, target: string): void {
  if (existsSync(join(target, headerFile))) {
    throw new RecordedRunError(`${target} holds a run already: name another folder for the fork.`)
  }
  const header = readRunHeader(directory)
  const bytes = readFileSync(join(directory, logFile))
  const end = endOf(bytes, { episode, turn })
  if (end === null) {
    throw new RecordedRunError(
      `${directory} holds no turn ${turn} of episode ${episode}: fork it from one that it holds.`,
    )
  }
  const source = openMemoryBefore(join(directory, memoryFile), header.run, episode)
  try {
    makeFolders(target)
    const copy = openExperienceStore(join(target, memoryFile))
    try {
      for (const record of source.episodes()) copy.addEpisode(record)
    } finally {
      copy.close()
    }
  } finally {
    source.close()
  }
  writeFileSync(join(target, logFile), bytes.subarray(0, end))
  const forkedFrom = { directory, episode, turn }
  const provenance = { ...header.provenance, forkedFrom }
  writeFileSync(join(target, headerFile), `${JSON.stringify({ format: 1, ...header, provenance }, null, 2)}\n`)
}

function endOf(bytes: Buffer, { episode, turn }: ForkPoint): number | null {
  for (const { text, end } of linesWith(bytes, '"type":"observed"')) {
    const event = runEventSchema.safeParse(JSON.parse(text)).data
    if (event?.type === 'observed' && event.episode === episode && event.turn === turn) return end
  }
  return null
}
