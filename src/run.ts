import { existsSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { ActionCache, Environment, StoryInfo } from '../games/index.ts'
import {
  type Asker,
  frozen,
  headerFile,
  Recorder,
  type RunConfig,
  type RunEvent,
  readRunHeader,
  runEpisodes,
  settingsDigest,
  wholeMemory,
} from '../harness/index.ts'
import { type ExperienceStore, openExperienceStore } from '../memory/index.ts'
import { type Cell, cellFile } from './cells/cell.ts'
import { lockFolder } from './folder-lock.ts'
import { handicapsOf } from './handicaps.ts'
import { makeFolder } from './make-folder.ts'
import { openActionCache, openStory } from './open-story.ts'
import { Person } from './person.ts'
import { openPlayers, type Players } from './players.ts'
import { programVersion } from './program-version.ts'
import { openStartingMemory, type StartingMemory } from './starting-memory.ts'

/** A run that is to be played: plain data, so that it can be handed to a worker thread. */
export type RunRequest = Cell & {
  /** The run's folder: `run.json`, `events.jsonl`, `memory.db`. An unfinished run in it is resumed. */
  readonly out: string
  /** The command line that asked for the run. */
  readonly command: string
}

/** What a run may be given; the story and its cache may be shared by runs one after another. */
export interface RunParts extends Asker {
  readonly environment?: Environment
  readonly cache?: ActionCache
  /** Who may interfere. */
  readonly person?: Person
}

/** Plays the episodes that the run's folder lacks, recording them. */
export async function* startRun(
  request: RunRequest,
  {
    environment = openStory(request.story),
    cache = openActionCache(environment.story),
    person = new Person(),
    signal,
    billed,
  }: RunParts = {},
): AsyncGenerator<RunEvent> {
  const { memoryLimit, seed, gameSeed, episodes, stepLimit, temperature, out } = request
  refuseOtherStory(request, environment)
  makeFolder(out)
  const unlock = lockFolder(out)
  let players: Players | null = null
  let store: ExperienceStore | null = null
  let start: StartingMemory | null = null
  try {
    const tape = tapeName(environment.story, request)
    const opened = await openPlayers(request.model, temperature, tape, { signal, billed })
    players = opened
    const { prior, writer, probed } = opened
    const file = join(out, 'memory.db')
    store = openExperienceStore(file, memoryLimit && { limit: memoryLimit })
    start = request.memory && openStartingMemory(request.memory, store, file, begunIn(out))
    const memory = start ? wholeMemory(start.store) : store
    const open = async (name: string, parameters: RunRequest['parameters']) => {
      const policy = await opened.policy(name, { store: memory, parameters, seed })
      return request.memory?.frozen ? frozen(policy) : policy
    }
    const asked = await open(request.policy, request.parameters)
    const { encoder } = asked.info.parameters
    const config: RunConfig = {
      story: environment.story,
      policy: asked.info,
      prior: { name: prior.name, rung: prior.rung },
      seed,
      gameSeed,
      episodes,
      stepLimit,
      temperature,
      handicaps: handicapsOf(
        { ...request, given: request.given ?? (encoder === 'world' ? ['world hash'] : []) },
        start?.handicap ?? null,
      ),
    }
    const recorder = Recorder.open({ directory: out, config, provenance: provenance(request.command), store })
    const { unfinished, policyInForce } = recorder
    leaveDescription(request)
    const policy = await person.sitsBeside(asked, open, policyInForce)
    const parts = { environment, policy, prior, store, interventions: person, ...(writer && { model: writer }) }
    yield* recorder.record(runEpisodes({ ...parts, cache, unfinished, ...(probed && { probed }) }, config))
  } finally {
    players?.close()
    if (request.memory?.frozen) start?.store.close()
    store?.close()
    unlock()
  }
}

/** The handicaps of the run that a folder holds already. */
function begunIn(out: string): readonly string[] | null {
  return existsSync(join(out, headerFile)) ? readRunHeader(out).config.handicaps : null
}

/** With it any worker can take the run over from its folder, and a fork can ask for the same. */
function leaveDescription({ out, command: _, ...cell }: RunRequest): void {
  writeFileSync(join(out, cellFile), `${JSON.stringify(cell, null, 2)}\n`)
}

/** As many letters of a story's id and a policy's path as a file's name has room for. */
const longestTitle = 100

/**
 * Under what name a run keeps its model's answers: several may share a folder. All that decides what is asked is in it,
 * so that the same run comes upon its own file whatever its limits are, and another never does: a question is cached where
 * the run itself asked it before.
 */
function tapeName({ id, sha256 }: StoryInfo, request: RunRequest): string {
  const { policy, parameters, model, memory, memoryLimit, seed, gameSeed, episodes, stepLimit, temperature } = request
  const { limits: _, prices: __, cassette: ___, ...asked } = model ?? {}
  const terms = { memory, memoryLimit, seed, gameSeed, episodes, stepLimit, temperature }
  const digest = settingsDigest({ sha256, policy, parameters, asked, ...terms })
  const title = `${id}-${policy}`.replace(/[^\w.-]+/g, '-').slice(0, longestTitle)
  return `${title}-seed-${seed}-${digest}`
}

function refuseOtherStory({ story, sha256 }: Cell, environment: Environment): void {
  const found = environment.story.sha256
  if (sha256 === undefined || sha256 === found) return
  throw new Error(
    `${story} is another file here (SHA-256 ${found}) than the one that is to be played (${sha256}): put that one where GRUE_GAMES points.`,
  )
}

function provenance(command: string) {
  const machine = `${platform()} ${arch()}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`
  return { command, version: programVersion(), node: process.version, machine }
}
