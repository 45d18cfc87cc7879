import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { calibrationSchema } from './calibration.ts'
import { codeFingerprint } from './code-fingerprint.ts'

const addresses = z.array(z.int()).readonly()

/** What takes long to find out about a story, as plain data. */
const findings = z.object({
  calibration: calibrationSchema,
  /** Null: not yet asked for. */
  learned: z
    .object({
      directObject: z.object({ global: z.int(), isTable: z.boolean() }).readonly().nullable(),
      noise: addresses,
      scratch: addresses,
      states: z.object({ open: z.int().nullable(), lit: z.int().nullable() }).readonly(),
    })
    .readonly()
    .nullable(),
})

export type Findings = Readonly<z.infer<typeof findings>>

/** Keeps what was found out about stories, by the SHA-256 of the story. */
export interface StoryCache {
  get(sha256: string): Findings | null
  set(sha256: string, found: Findings): void
}

/**
 * One small file per story in a folder. A file counts only for the very code that wrote it, and a broken one not at
 * all; it is written aside and renamed, so a crash leaves the old one. A folder that cannot be written to is no failure:
 * everything is found out again.
 */
export function fileStoryCache(folder: string): StoryCache {
  const code = codeFingerprint()
  const path = (sha256: string) => join(folder, `${sha256}.json`)
  return {
    get(sha256) {
      try {
        const { code: writer, digest, found } = kept.parse(JSON.parse(readFileSync(path(sha256), 'utf8')))
        return writer === code && digest === digestOf(found) ? findings.parse(found) : null
      } catch {
        return null
      }
    },
    set(sha256, found) {
      const unfinished = `${path(sha256)}.${process.pid}.part`
      try {
        mkdirSync(folder, { recursive: true })
        writeFileSync(unfinished, JSON.stringify({ code, digest: digestOf(found), found }))
        renameSync(unfinished, path(sha256))
      } catch {
        discard(unfinished)
      }
    },
  }
}

/** Where the folder itself is not to be had, there is nothing to discard. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {}
}

/** An address that lies outside the story is as sound to read as any other: only the digest tells. */
function digestOf(found: unknown): string {
  return createHash('sha256').update(JSON.stringify(found)).digest('hex')
}

const kept = z.object({ code: z.string(), digest: z.string(), found: z.unknown() })
