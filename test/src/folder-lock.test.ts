import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { lockFolder } from '../../src/folder-lock.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'grue-lock-'))

test('a folder is locked once, until it is given back', () => {
  const [ours, other] = [folder(), folder()]
  const unlock = lockFolder(ours)
  expect(() => lockFolder(ours)).toThrow(/is being played already: let that run end/)
  lockFolder(other)()
  unlock()
  lockFolder(ours)()
})

test('a process that was killed has left no lock', async () => {
  const ours = folder()
  const module = new URL('../../dist/src/folder-lock.js', import.meta.url).href
  const script = `const { lockFolder } = await import(${JSON.stringify(module)}); globalThis.unlock = lockFolder(${JSON.stringify(ours)}); console.log('locked'); setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(other.stdout, 'data')
  expect(() => lockFolder(ours)).toThrow(/is being played already/)
  other.kill('SIGKILL')
  await once(other, 'exit')
  lockFolder(ours)()
})
