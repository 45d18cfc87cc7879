import { closeSync, createReadStream, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { episodeSchema } from './episode-schema.ts'
import type { EpisodeRecord } from './experience-store.ts'
import { MemoryError } from './memory-error.ts'

/**
 * Writes episodes into a file, as JSON lines or, where the name ends in `.parquet`, as Parquet. What was in the file is
 * replaced when all has been written. Throws `MemoryError`.
 */
export async function writeExport(path: string, episodes: Iterable<EpisodeRecord>): Promise<void> {
  const part = `${path}.part`
  try {
    // Loaded when it is called for: the agents that remember have no use for it.
    if (isParquet(path)) (await import('./parquet.ts')).writeParquet(part, episodes)
    else writeJsonLines(part, episodes)
    renameSync(part, path)
  } catch (error) {
    try {
      rmSync(part, { force: true })
    } catch {
      // Where it could not be made it may not be looked for either.
    }
    throw unlessOurs(error, `${path} could not be written, and what was there is still there`)
  }
}

/** The episodes of such a file, in order. Throws `MemoryError` at the first thing that is none. */
export async function* readExport(path: string): AsyncIterable<EpisodeRecord> {
  let number = 0
  try {
    for await (const value of isParquet(path)
      ? (await import('./parquet.ts')).readParquet(path)
      : readJsonLines(path)) {
      number++
      yield episodeSchema.parse(value)
    }
  } catch (error) {
    throw unlessOurs(error, `${path} is no export of a memory, or a damaged one (after ${number} episodes)`)
  }
}

function unlessOurs(error: unknown, what: string): Error {
  if (error instanceof MemoryError) return error
  const reason =
    error instanceof z.ZodError ? z.prettifyError(error) : String(error instanceof Error ? error.message : error)
  return new MemoryError(`${what}: name another file. (${reason.replaceAll(/\s+/g, ' ')})`, { cause: error })
}

function isParquet(path: string): boolean {
  return path.endsWith('.parquet')
}

function writeJsonLines(path: string, episodes: Iterable<EpisodeRecord>): void {
  const file = openSync(path, 'w')
  try {
    for (const episode of episodes) {
      const line = Buffer.from(`${JSON.stringify(episode)}\n`)
      for (let at = 0; at < line.length; ) at += writeSync(file, line, at)
    }
  } finally {
    closeSync(file)
  }
}

async function* readJsonLines(path: string): AsyncIterable<unknown> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line !== '') yield JSON.parse(line)
  }
}
