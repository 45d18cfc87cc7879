import { randomUUID } from 'node:crypto'
import { lstat, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { makeFolders } from '../harness/index.ts'
import { printable } from './reported-run.ts'

/** A file or folder cannot be made where it was to go. */
export class UnwritableError extends Error {
  constructor(path: string, reason: string) {
    super(printable(`${path} cannot be written (${reason}): name another.`))
    this.name = 'UnwritableError'
  }
}

/** The folder, made where it is not there. Throws `UnwritableError`. */
export async function makeFolder(path: string): Promise<void> {
  try {
    makeFolders(path)
  } catch (error) {
    throw new UnwritableError(path, (error as NodeJS.ErrnoException).code ?? String(error))
  }
}

/** The file appears whole or not at all. Throws `UnwritableError`. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeInto(path, (draft) => writeFile(draft, content, { flag: 'wx' }))
}

/**
 * `write` fills a draft beside the file, which takes its place once it is full; where `path` is a link, that of the file
 * it leads to. Throws `UnwritableError`.
 */
export async function writeInto(path: string, write: (draft: string) => Promise<void>): Promise<void> {
  const place = await placeOf(path)
  const draft = join(dirname(place), `.${basename(place)}.${randomUUID()}`)
  try {
    await write(draft)
    await rename(draft, place)
  } catch (error) {
    await rm(draft, { force: true })
    const { path: failed, syscall, code } = error as NodeJS.ErrnoException
    // What fails elsewhere, as where the turns are read, has its own words. Only the draft is written; a full disk has no path.
    throw failed === draft || syscall === 'write' ? new UnwritableError(path, code ?? String(error)) : error
  }
}

/** A rename would replace a link itself, and a device as well as a file. */
async function placeOf(path: string): Promise<string> {
  const place = await realpath(path).catch(() => path)
  const there = await lstat(place).catch(() => null)
  if (there !== null && !there.isFile()) throw new UnwritableError(path, 'no regular file')
  return place
}
