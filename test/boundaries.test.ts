import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const project = resolve(import.meta.dirname, '..')

let house: string
beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'grue-house-'))
  for (const file of ['biome.json', '.gitignore']) cpSync(join(project, file), join(house, file))
})
afterEach(() => rmSync(house, { recursive: true }))

/** Lints a house in which each file holds one export, with the import in it if one is given. */
function lint(files: Readonly<Record<string, string | null>>) {
  for (const [path, imported] of Object.entries(files)) {
    const text = imported === null ? 'export const thing = 1\n' : `export { thing } from '${imported}'\n`
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), text)
  }
  const biome = join(project, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--max-diagnostics=none'], {
    cwd: house,
    encoding: 'utf8',
  })
  return { passes: status === 0, says: stdout + stderr }
}

const faces = { 'games/index.ts': null, 'memory/index.ts': null, 'harness/index.ts': null, 'reports/index.ts': null }

it('lets every room import the faces of the rooms below it', () => {
  const { passes, says } = lint({
    ...faces,
    'harness/a.ts': '../memory/index.ts',
    'harness/b.ts': '../games/index.ts',
    'reports/a.ts': '../harness/index.ts',
    'src/a.ts': '../reports/index.ts',
    'src/cli/a.ts': '../../games/index.ts',
    'src/tui/a.ts': '../a.ts',
  })
  expect(says).not.toMatch(/noRestrictedImports|noImportCycles/)
  expect(passes).toBe(true)
})

it.each([
  ['games/a.ts', '../memory/index.ts', 'games/ and memory/ import nothing of ours'],
  ['memory/a.ts', '../games/index.ts', 'games/ and memory/ import nothing of ours'],
  ['games/a.ts', '../src/run.ts', 'games/ and memory/ import nothing of ours'],
  ['harness/a.ts', '../reports/index.ts', 'harness/ imports only memory/ and games/'],
  ['harness/a.ts', '../src/run.ts', 'harness/ imports only memory/ and games/'],
  ['harness/a.ts', '../games/machine.ts', 'Another room is entered by its index.ts'],
  ['reports/a.ts', '../games/index.ts', 'reports/ imports only harness/'],
  ['reports/a.ts', '../harness/run.ts', 'Another room is entered by its index.ts'],
  ['src/cli/a.ts', '../../games/machine.ts', 'Another room is entered by its index.ts'],
])('refuses %s an import of %s', (file, imported, message) => {
  const { passes, says } = lint({
    ...faces,
    'src/run.ts': null,
    'games/machine.ts': null,
    'harness/run.ts': null,
    [file]: imported,
  })
  expect(says).toContain(message)
  expect(passes).toBe(false)
})

it('refuses a cycle of imports', () => {
  const { passes, says } = lint({ 'memory/a.ts': './b.ts', 'memory/b.ts': './a.ts' })
  expect(says).toContain('noImportCycles')
  expect(passes).toBe(false)
})
