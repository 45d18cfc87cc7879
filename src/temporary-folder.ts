import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { onEndingSignals } from './tui/signals.ts'

/** A folder that is gone afterwards, also where a signal ends the program. */
export async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'grue-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const forgetSignals = onEndingSignals((exitCode) => {
    remove()
    process.exit(exitCode)
  })
  try {
    return await use(folder)
  } finally {
    remove()
    forgetSignals()
  }
}
