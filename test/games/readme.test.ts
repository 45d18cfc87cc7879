import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

it("the README's example of the library runs as it stands there", { timeout: 120_000 }, () => {
  const example = /```ts\n(import [^`]+from 'grue\/games'\n[^`]+)```/.exec(
    readFileSync(join(root, 'README.md'), 'utf8'),
  )?.[1]
  // A package can import itself by its name, from anywhere below its package.json.
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', example ?? ''], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(run.stderr).toBe('')
  const lines = run.stdout.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^Yard 0 false [0-9a-f]{16}$/)
  // Back where it began, it can go there again.
  expect(lines.find((line) => line.startsWith('north '))).toBeDefined()
  expect(lines).toContainEqual(expect.stringMatching(/^wait \[/))
  expect(lines.at(-1)).toMatch(/^\d+ Causeway Head \[/)
})
