import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { writeInto } from '../../reports/whole-file.ts'

// A device that takes nothing: writing fails by the open file, so that the system's error has no path.
const fullDisk = '/dev/full'

test.skipIf(!existsSync(fullDisk))('a full disk is told with the name of what could not be written', async () => {
  await expect(writeInto('/tmp/page.html', () => writeFile(fullDisk, 'a page'))).rejects.toThrow(
    '/tmp/page.html cannot be written (ENOSPC): name another.',
  )
})
