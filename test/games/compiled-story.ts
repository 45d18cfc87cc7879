import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect } from 'vitest'

const LIBRARY = '/usr/share/inform6/library'

/** A suite that needs Inform 6's library; without it, it is skipped and says so. */
export function describeCompiled(title: string, body: () => void): void {
  const missing = !existsSync(LIBRARY)
  describe.skipIf(missing)(missing ? `${title} (no Inform 6 library in ${LIBRARY})` : title, body)
}

/** Stories of a few rooms in Inform 6, for what the stories at hand do not have. */
export function compile(version: 3 | 5 | 8, body: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'grue-compiled-'))
  try {
    const source = join(folder, 'story.inf')
    const story = join(folder, `story.z${version}`)
    writeFileSync(source, `Constant Story "Test"; Constant Headline "^test^"; Release 1; Serial "261124";\n${body}`)
    const { stdout } = spawnSync('inform6', [`-v${version}~S`, `+include_path=${LIBRARY}`, source, story])
    expect(String(stdout)).not.toMatch(/error/i)
    return new Uint8Array(readFileSync(story))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
