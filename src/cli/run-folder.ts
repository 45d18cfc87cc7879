import { join } from 'node:path'

/** Where a run goes without `--out`. Colons are no characters for every file system. */
export function runFolder(story: string, policy: string, seed: number): string {
  return join('runs', `${story}-${folderName(policy)}-seed${seed}`)
}

/** A policy's name, or its file's path, as a folder's name. */
export function folderName(policy: string): string {
  return policy.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '')
}
