import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those that it is in, where they are not there. Not by Node's own recursion, which never ends where
 * a parent is there and the system says that it is not, as in /proc.
 */
export function makeFolders(path: string): void {
  const whole = resolve(path)
  const parent = dirname(whole)
  if (parent !== whole && !existsSync(parent)) makeFolders(parent)
  try {
    mkdirSync(whole)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    // Another may have made it; a file in its place is an error still.
    mkdirSync(whole, { recursive: true })
  }
}
