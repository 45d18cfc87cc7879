import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { ExperienceStore } from '../memory/index.ts'
import type { PolicyInfo } from './contracts.ts'
import { runEventSchema } from './event-schema.ts'
import type { RunConfig, RunEvent } from './events.ts'
import { logLines } from './log-lines.ts'
import { makeFolders } from './make-folders.ts'
import { headerFile, logFile, type Provenance, readRunHeader } from './recorded-run.ts'
import { RecordingError } from './recording-error.ts'
import { configDifferences, runName } from './run-config.ts'

/** The folder records another run than the one asked for. */
export class RunMismatchError extends Error {
  override readonly name = 'RunMismatchError'
}

export interface RecorderOptions {
  readonly directory: string
  readonly config: RunConfig
  readonly provenance: Provenance
  readonly store: ExperienceStore
  /** The clock of the lines' `time`. */
  readonly now?: () => Date
}

/**
 * Writes a run into its folder: `run.json` (what was asked) and `events.jsonl` (one event per line, with its `time`,
 * the only thing in which the logs of equal runs differ).
 *
 * Each finished turn is handed to the system, so that it outlives the process. Order at an episode's end:
 * `episode-ended`, and what its steps were worth, reach the disk, the store commits the episode, `memory-stored` is handed
 * to the system. So the store is at most one `memory-stored` ahead of the log: on opening the log is cut back to the
 * episodes that the store has and the finished turns of the next one, and a missing `memory-stored` is added. A store that
 * lacks an episode with its `memory-stored` has lost it, and nothing is cut.
 */
export class Recorder {
  /** The run had already ended when its folder was opened: there is nothing to play, and nothing will be written. */
  readonly finished: boolean
  /** The events of the finished turns of an unfinished episode, for the run to go on from. */
  readonly unfinished: readonly RunEvent[]
  /** Who decides from the episode's start that the run goes on in: null for the configuration's policy. */
  readonly policyInForce: PolicyInfo | null
  readonly #path: string
  readonly #now: () => Date
  readonly #file: number
  /** The log holds the run's opening already. */
  readonly #opened: boolean
  /** How many of the run's events the log has already: those of the unfinished episode come again. */
  #known: number
  #pending = ''

  /** Opens the folder, making it where it is not there. Throws `RunMismatchError` or `RecordingError`, the log untouched. */
  static open({ directory, config, provenance, store, now = () => new Date() }: RecorderOptions): Recorder {
    makeFolders(directory)
    const run = runName(config)
    if (existsSync(join(directory, headerFile))) refuseOtherRun(directory, config)
    else writeHeader(directory, { format: 1, run, config, provenance })

    const path = join(directory, logFile)
    const log = surveyLog(existsSync(path) ? readFileSync(path) : Buffer.alloc(0))
    const stored = store.finished(run).length
    const end = log.finished ? null : consistentEnd(log, stored, directory)
    const recorder = new Recorder(path, now, log, end)
    if (end?.unconfirmed === true) {
      const { experiences, states } = store.stats()
      recorder.write({ type: 'memory-stored', episode: stored, experiences, states })
    }
    return recorder
  }

  private constructor(path: string, now: () => Date, { finished, policyInForce }: LogSurvey, end: LogEnd | null) {
    this.#path = path
    this.#file = openSync(path, 'a')
    this.#now = now
    this.finished = finished
    this.unfinished = end?.unfinished ?? []
    this.policyInForce = this.unfinished.length > 0 ? policyInForce.before : policyInForce.after
    this.#known = this.unfinished.length
    this.#opened = end !== null && end.offset > 0
    if (end !== null) ftruncateSync(this.#file, end.offset)
  }

  /** A finished turn outlives the process when this returns, and a finished episode a power cut. */
  write(event: RunEvent): void {
    if (this.finished || (opens(event) && this.#opened)) return
    if (this.#known > 0) {
      this.#known--
      return
    }
    this.#pending += `${JSON.stringify({ time: this.#now().toISOString(), ...event })}\n`
    if (event.type === 'observed' || event.type === 'memory-stored') this.#flush()
    if (isMilestone(event)) this.#sync()
  }

  /** Passes a run's events on, each recorded before anybody sees it. */
  async *record(events: AsyncIterable<RunEvent>): AsyncGenerator<RunEvent> {
    try {
      for await (const event of events) {
        this.write(event)
        yield event
      }
    } finally {
      this.close()
    }
  }

  close(): void {
    try {
      this.#sync()
    } finally {
      closeSync(this.#file)
    }
  }

  #sync(): void {
    if (this.finished) return
    this.#flush()
    this.#guarded(() => fsyncSync(this.#file))
  }

  #flush(): void {
    const text = this.#pending
    // Taken out first: what the disk has refused is not offered to it again on closing.
    this.#pending = ''
    this.#guarded(() => writeAll(this.#file, text))
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      const full = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
      const what = full
        ? 'the disk is full'
        : `it cannot be written (${error instanceof Error ? error.message : error})`
      throw new RecordingError(
        `${this.#path}: ${what}. Every finished turn is kept: ${full ? 'free some space' : 'remove the cause'} and give the same command again.`,
        { cause: error },
      )
    }
  }
}

/** What must be on the disk before the store commits an episode, and what says that it has. */
function isMilestone({ type }: RunEvent): boolean {
  return type === 'episode-ended' || type === 'rewarded' || type === 'run-ended'
}

/** Of the run as a whole, before its first episode. */
function opens({ type }: RunEvent): boolean {
  return type === 'run-started' || type === 'model-probed'
}

interface LogSurvey {
  readonly finished: boolean
  /** Byte offset behind the run's opening; 0 without it. */
  readonly start: number
  /** Byte offsets behind `episode-ended` (or the rewards that follow it) and `memory-stored`, by episode. */
  readonly ended: ReadonlyMap<number, number>
  readonly stored: ReadonlyMap<number, number>
  /** The finished turns of the episode that started last, and the byte offset behind them. */
  readonly latest: { readonly episode: number; readonly events: readonly RunEvent[]; readonly offset: number } | null
  /** Whom a person has put in charge by the start of the episode that started last, and by the end of the last. */
  readonly policyInForce: { readonly before: PolicyInfo | null; readonly after: PolicyInfo | null }
}

/** Where a log is to go on. */
interface LogEnd {
  readonly offset: number
  /** The last episode that the store has still lacks its `memory-stored`. */
  readonly unconfirmed: boolean
  readonly unfinished: readonly RunEvent[]
}

/** Where the log's trustworthy marks are; a damaged line ends the trust. */
function surveyLog(bytes: Buffer): LogSurvey {
  let start = 0
  const ended = new Map<number, number>()
  const stored = new Map<number, number>()
  let policyInForce: LogSurvey['policyInForce'] = { before: null, after: null }
  let changed: PolicyInfo | null = null
  let events: RunEvent[] = []
  let latest: { readonly episode: number; readonly count: number; readonly offset: number } | null = null
  for (const { text, end } of logLines(bytes)) {
    const event = parseEvent(text)
    if (event === null) break
    if (event.type === 'run-ended') return { finished: true, start, ended, stored, latest: null, policyInForce }
    if (opens(event)) start = end
    if (event.type === 'episode-started') {
      events = []
      policyInForce = { ...policyInForce, before: changed }
    }
    events.push(event)
    if (event.type === 'intervened' && event.doing.type === 'policy') changed = event.doing.policy
    if (event.type === 'observed') {
      latest = { episode: event.episode, count: events.length, offset: end }
    }
    if (event.type === 'episode-ended' || event.type === 'rewarded') ended.set(event.episode, end)
    if (event.type === 'episode-ended') policyInForce = { ...policyInForce, after: changed }
    if (event.type === 'memory-stored') stored.set(event.episode, end)
  }
  const turns = latest && { ...latest, events: events.slice(0, latest.count) }
  return { finished: false, start, ended, stored, latest: turns, policyInForce }
}

function consistentEnd(log: LogSurvey, storedEpisodes: number, directory: string): LogEnd {
  const recordedEpisodes = Math.max(0, ...log.stored.keys())
  if (recordedEpisodes > storedEpisodes) {
    const rest =
      storedEpisodes > 0 ? `what follows "memory-stored" of episode ${storedEpisodes} from the log` : 'the log'
    throw new RecordingError(
      `${join(directory, logFile)} has ${recordedEpisodes} finished episodes of this run, its memory has ${storedEpisodes}. ` +
        `Put the memory back, or, to have what it lacks played again, remove ${rest}.`,
    )
  }
  if (log.latest?.episode === storedEpisodes + 1) {
    const { offset, events } = log.latest
    return { offset, unconfirmed: false, unfinished: events }
  }
  const end = { unconfirmed: false, unfinished: [] }
  if (storedEpisodes === 0) return { ...end, offset: log.start }
  const confirmed = log.stored.get(storedEpisodes)
  if (confirmed !== undefined) return { ...end, offset: confirmed }
  const ended = log.ended.get(storedEpisodes)
  if (ended !== undefined) return { ...end, offset: ended, unconfirmed: true }
  throw new RecordingError(
    `The memory has ${storedEpisodes} episodes of this run, ${join(directory, logFile)} has ${log.stored.size}. ` +
      'Put the missing log back, or start the run again in an empty folder.',
  )
}

function refuseOtherRun(directory: string, config: RunConfig): void {
  const differences = configDifferences(readRunHeader(directory).config, config)
  if (differences.length === 0) return
  throw new RunMismatchError(
    `${directory} records another run (${differences.join('; ')}). Ask for the same run to resume it, or name another folder.`,
  )
}

/** By way of a temporary file: a header is there whole or not at all. */
function writeHeader(directory: string, header: object): void {
  const path = join(directory, headerFile)
  writeFileSync(`${path}.new`, `${JSON.stringify(header, null, 2)}\n`, { flush: true })
  renameSync(`${path}.new`, path)
}

/** `writeSync` may write less than it is given. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset)
}

function parseEvent(text: string): RunEvent | null {
  try {
    return runEventSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
