import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of the files that this one stands among, 64 hex digits: what they find out may change with any of them. */
export function codeFingerprint(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(import.meta.dirname).sort()) {
    if (/\.[jt]s$/.test(name) && !name.endsWith('.d.ts')) hash.update(readFileSync(join(import.meta.dirname, name)))
  }
  return hash.digest('hex')
}
