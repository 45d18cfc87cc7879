import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { ExperienceStore } from '../memory/index.ts'
import type { ActionMemo } from './action-memo.ts'
import { runEventSchema } from './event-schema.ts'
import type { RunConfig, RunEvent } from './events.ts'
import { logLines } from './log-lines.ts'
import { headerFile, logFile, type Provenance, readRunHeader } from './recorded-run.ts'
import { configDifferences, runName } from './run-config.ts'

/** The folder records another run than the one asked for. */
export class RunMismatchError extends Error {
  override readonly name = 'RunMismatchError'
}

/** Log and memory cannot be brought to agree. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError'
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
 * Order at an episode's end: `episode-ended` reaches the disk, the store commits the episode, `memory-stored` reaches
 * the disk. So the store is at most one `memory-stored` ahead of the log, and on opening it is the authority: the log
 * is cut back to the episodes that the store has, and a missing `memory-stored` is added.
 */
export class Recorder {
  /** The run had already ended when its folder was opened: there is nothing to play, and nothing will be written. */
  readonly finished: boolean
  /** The valid actions that the log holds, for the run to go on with. */
  readonly actions: ActionMemo
  readonly #now: () => Date
  readonly #file: number
  #started: boolean
  #pending = ''

  /** Opens the folder, making it where it is not there. Throws `RunMismatchError` or `RecordingError`. */
  static open({ directory, config, provenance, store, now = () => new Date() }: RecorderOptions): Recorder {
    mkdirSync(directory, { recursive: true })
    const run = runName(config)
    if (existsSync(join(directory, headerFile))) refuseOtherRun(directory, config)
    else writeHeader(directory, { format: 1, run, config, provenance })

    const path = join(directory, logFile)
    const log = surveyLog(existsSync(path) ? readFileSync(path) : Buffer.alloc(0))
    const stored = Array.from(store.episodes(run)).length
    const end = log.finished ? null : consistentEnd(log, stored, directory)
    const recorder = new Recorder(openSync(path, 'a'), now, log, end !== null && end.offset > 0)
    if (end !== null) ftruncateSync(recorder.#file, end.offset)
    if (end?.unconfirmed === true) {
      const { experiences, states } = store.stats()
      recorder.write({ type: 'memory-stored', episode: stored, experiences, states })
    }
    return recorder
  }

  private constructor(file: number, now: () => Date, { finished, actions }: LogSurvey, started: boolean) {
    this.#file = file
    this.#now = now
    this.finished = finished
    this.actions = actions
    this.#started = started
  }

  /** What marks an episode's progress is on the disk when this returns; the rest follows with it. */
  write(event: RunEvent): void {
    if (this.finished || (event.type === 'run-started' && this.#started)) return
    this.#started = true
    this.#pending += `${JSON.stringify({ time: this.#now().toISOString(), ...event })}\n`
    if (event.type === 'episode-ended' || event.type === 'memory-stored' || event.type === 'run-ended') this.#flush()
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
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    if (this.#pending === '') return
    writeAll(this.#file, this.#pending)
    this.#pending = ''
    fsyncSync(this.#file)
  }
}

interface LogSurvey {
  readonly finished: boolean
  /** Byte offset behind `run-started`; 0 without it. */
  readonly start: number
  /** Byte offsets behind `episode-ended` and `memory-stored`, by episode. */
  readonly ended: ReadonlyMap<number, number>
  readonly stored: ReadonlyMap<number, number>
  readonly actions: ActionMemo
}

/** Where the log's trustworthy marks are; a damaged line ends the trust. */
function surveyLog(bytes: Buffer): LogSurvey {
  let start = 0
  const ended = new Map<number, number>()
  const stored = new Map<number, number>()
  const actions: ActionMemo = new Map()
  for (const { text, end } of logLines(bytes)) {
    const event = parseEvent(text)
    if (event === null) break
    if (event.type === 'run-started') start = end
    if (event.type === 'observed' && event.validActions.length > 0) actions.set(event.reachHash, event.validActions)
    if (event.type === 'episode-ended') ended.set(event.episode, end)
    if (event.type === 'memory-stored') stored.set(event.episode, end)
    if (event.type === 'run-ended') return { finished: true, start, ended, stored, actions }
  }
  return { finished: false, start, ended, stored, actions }
}

/** Where the log is to go on, and whether the last episode that the store has still lacks its `memory-stored`. */
function consistentEnd(
  log: LogSurvey,
  storedEpisodes: number,
  directory: string,
): { readonly offset: number; readonly unconfirmed: boolean } {
  if (storedEpisodes === 0) return { offset: log.start, unconfirmed: false }
  const confirmed = log.stored.get(storedEpisodes)
  if (confirmed !== undefined) return { offset: confirmed, unconfirmed: false }
  const ended = log.ended.get(storedEpisodes)
  if (ended !== undefined) return { offset: ended, unconfirmed: true }
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
