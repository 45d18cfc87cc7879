import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
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

/** `write` fills a draft beside the file, which takes its place once it is full. Throws `UnwritableError`. */
export async function writeInto(path: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    await write(draft)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    const { path: failed, syscall, code } = error as NodeJS.ErrnoException
    // What fails elsewhere, as where the turns are read, has its own words. Only the draft is written; a full disk has no path.
    throw failed === draft || syscall === 'write' ? new UnwritableError(path, code ?? String(error)) : error
  }
}
