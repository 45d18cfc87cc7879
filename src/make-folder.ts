import { makeFolders } from '../harness/index.ts'

/** The folder of a run, made where it is not there. */
export function makeFolder(path: string): void {
  try {
    makeFolders(path)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error
    throw new Error(`${path} cannot be made a folder (${reason}): name another by --out.`)
  }
}
