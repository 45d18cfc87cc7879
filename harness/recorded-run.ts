import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { runEventSchema, runHeaderSchema } from './event-schema.ts'
import type { EpisodeEnded, EpisodeStarted, RunConfig, RunEvent } from './events.ts'
import { type LogLine, lineNumber, linesWith, logLines } from './log-lines.ts'

/** A finished (or broken-off) episode of a recorded run. */
export interface RecordedEpisode {
  readonly episode: number
  readonly gameSeed: number
  readonly score: number
  readonly maxScore: number | null
  readonly steps: number
  readonly terminated: boolean
  readonly truncated: boolean
  readonly victory: boolean
  /** By the clock, from its first line in the log to its last; null where the log tells no time. */
  readonly seconds: number | null
}

/** A run as its folder holds it: `run.json` (what was asked) and `events.jsonl` (what happened). */
export interface RecordedRun {
  readonly directory: string
  readonly run: string
  readonly config: RunConfig
  /** The command line that made it, the version and the machine; for people, not part of the event log. */
  readonly provenance: Provenance
  /** Finished episodes, in order. */
  readonly episodes: readonly RecordedEpisode[]
  /** Reads `events.jsonl` again, line by line. */
  events(): AsyncIterable<RunEvent>
}

export interface Provenance {
  readonly command: string
  readonly version: string
  readonly node: string
  readonly machine: string
  /** The turn of another recording that this run goes on from. */
  readonly forkedFrom?: { readonly directory: string; readonly episode: number; readonly turn: number } | undefined
}

/** A run's folder is missing or cannot be read, or what it holds is not a recorded run. */
export class RecordedRunError extends Error {
  override readonly name = 'RecordedRunError'
}

export const headerFile = 'run.json'
export const logFile = 'events.jsonl'

/** Reads a run's folder, finished or not; throws `RecordedRunError` for a folder that holds none. */
export function readRecordedRun(directory: string): RecordedRun {
  const { run, config, provenance } = readRunHeader(directory)
  return { directory, run, config, provenance, episodes: [...finishedEpisodes(directory)], events }

  async function* events(): AsyncGenerator<RunEvent> {
    const bytes = readLog(directory)
    for (const line of logLines(bytes)) yield parseEvent(directory, bytes, line)
  }
}

/** `run.json`; throws `RecordedRunError` where it is missing or no header of a run. */
export function readRunHeader(directory: string): { run: string; config: RunConfig; provenance: Provenance } {
  const path = join(directory, headerFile)
  const missing = `${directory} holds no recorded run: there is no ${headerFile}. Give the folder that --out named.`
  const parsed = runHeaderSchema.safeParse(parseJson(read(path, missing).toString()))
  if (parsed.success) return parsed.data
  throw new RecordedRunError(
    `${path} is damaged or was written by another version of grue. Record the run again into a new folder.`,
  )
}

function* finishedEpisodes(directory: string): Generator<RecordedEpisode> {
  let started: EpisodeStarted | undefined
  let start: number | null = null
  // Most of a log is decisions; reading two lines per episode instead keeps a report over many runs quick.
  const bytes = readLog(directory)
  for (const line of linesWith(bytes, '"type":"episode-')) {
    const event = parseEvent(directory, bytes, line)
    if (event.type === 'episode-started') {
      started = event
      start = lineTime(line)
    } else if (event.type === 'episode-ended' && started !== undefined) {
      const end = lineTime(line)
      yield recordedEpisode(started, event, start === null || end === null ? null : (end - start) / 1000)
    }
  }
}

function recordedEpisode({ gameSeed }: EpisodeStarted, ended: EpisodeEnded, seconds: number | null): RecordedEpisode {
  const { type: _, ...outcome } = ended
  return { gameSeed, ...outcome, seconds }
}

const timed = z.object({ time: z.iso.datetime() })

/** When a line was written, in milliseconds since 1970. */
function lineTime({ text }: LogLine): number | null {
  const parsed = timed.safeParse(parseJson(text))
  return parsed.success ? Date.parse(parsed.data.time) : null
}

function readLog(directory: string): Buffer {
  const missing = `${directory} holds no ${logFile}. Start the run again with the same --out to record it.`
  return read(join(directory, logFile), missing)
}

/** `missing` is said where there is no such file. */
function read(path: string, missing: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new RecordedRunError(missing)
    const why = error instanceof Error ? error.message : error
    throw new RecordedRunError(
      `${path} cannot be read (${why}). Nothing of it is lost: remove the cause and try again.`,
    )
  }
}

function parseEvent(directory: string, bytes: Buffer, { text, start }: LogLine): RunEvent {
  const parsed = runEventSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new RecordedRunError(
    `${join(directory, logFile)} is damaged at line ${lineNumber(bytes, start)}. If the run is unfinished, resuming it with the same --out repairs the file; otherwise record it again.`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
