import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeInto, writeWhole } from '../../reports/whole-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grue-whole-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

// A device that takes nothing: writing fails by the open file, so that the system's error has no path.
const fullDisk = '/dev/full'

test.skipIf(!existsSync(fullDisk))('a full disk is told with the name of what could not be written', async () => {
  await expect(writeInto('/tmp/page.html', () => writeFile(fullDisk, 'a page'))).rejects.toThrow(
    '/tmp/page.html cannot be written (ENOSPC): name another.',
  )
})

test('what a link names is written, and the link stays', async () => {
  const [page, link] = [join(folder, 'page.html'), join(folder, 'link.html')]
  await writeFile(page, 'an old page')
  await symlink('page.html', link)
  await writeWhole(link, 'a page')
  expect(await readFile(page, 'utf8')).toBe('a page')
  expect((await lstat(link)).isSymbolicLink()).toBe(true)
  expect((await readdir(folder)).sort()).toEqual(['link.html', 'page.html'])
})

test('what is there and is no file, as a device, is not replaced by one', async () => {
  const [socket, link, nowhere] = ['socket', 'link', 'nowhere'].map((name) => join(folder, name))
  const server = createServer().listen(socket)
  await once(server, 'listening')
  await symlink(socket!, link!)
  await symlink(join(folder, 'missing'), nowhere!)
  for (const path of [socket!, link!, nowhere!, folder])
    await expect(writeWhole(path, 'a page')).rejects.toThrow(
      `${path} cannot be written (no regular file): name another.`,
    )
  expect((await lstat(socket!)).isSocket()).toBe(true)
  expect((await readdir(folder)).sort()).toEqual(['link', 'nowhere', 'socket'])
  server.close()
})
