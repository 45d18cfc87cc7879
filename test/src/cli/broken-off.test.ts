import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openExperienceStore } from '../../../memory/index.ts'
import { grue, inFreshFolder, program } from './grue.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const learn = ['learn', 'minizork', '--episodes', '3', '--steps', '12', '--policy', 'jitrl', '--out', 'run', '--json']

/** A run that nothing stopped, made once. */
let whole: { readonly stdout: string; readonly log: readonly string[] }
let gone = () => {}
beforeAll(async () => {
  await inFreshFolder(async (cwd) => {
    const { stdout } = await grue(learn, { cwd })
    whole = { stdout, log: log(cwd) }
  })
})
afterAll(() => gone())

describe('a run that is broken off', () => {
  it('by kill -9, at a beginning, in the middle of a turn, between episodes, ends as if it had never stopped', async () => {
    await inFreshFolder(async (cwd) => {
      for (const lines of [2, 13, 29, 61]) await killedAt(lines, cwd)
      expect(await grue(learn, { cwd })).toMatchObject({ code: 0, stdout: whole.stdout })
      expect(log(cwd)).toEqual(whole.log)
    })
  })

  // The shell's limit on the size of files is what a full disk is to whoever writes.
  it.skipIf(platform() === 'win32')('by a full disk says so in one line and keeps what was played', async () => {
    await inFreshFolder(async (cwd) => {
      const { code, stdout, stderr } = await onFullDisk(cwd)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^grue: [^\n]*run\/(memory\.db|events\.jsonl): [^\n]+\n$/)
      const store = openExperienceStore(join(cwd, 'run', 'memory.db'), { readonly: true })
      const kept = Array.from(store.episodes()).length
      store.close()
      expect(kept).toBeLessThan(3)
      expect(await grue(learn, { cwd })).toMatchObject({ code: 0, stdout: whole.stdout })
      expect(log(cwd)).toEqual(whole.log)
    })
  })
})

/** Starts the run and kills it when its log has that many lines. */
async function killedAt(lines: number, cwd: string): Promise<void> {
  let kill = () => {}
  const path = join(cwd, 'run', 'events.jsonl')
  const watch = setInterval(() => {
    if (existsSync(path) && readFileSync(path, 'utf8').split('\n').length > lines) kill()
  }, 1)
  gone = () => clearInterval(watch)
  const { code } = await grue(learn, {
    cwd,
    onStart: (signal) => {
      kill = () => signal('SIGKILL')
    },
  })
  gone()
  expect(code).toBeNull()
}

/** Runs it where no file can grow beyond 80 kB: a whole run does not fit. */
function onFullDisk(
  cwd: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const shell = spawn(
    'bash',
    ['-c', 'trap "" XFSZ; ulimit -f 80; exec "$@"', 'bash', process.execPath, program, ...learn],
    {
      cwd,
    },
  )
  let [stdout, stderr] = ['', '']
  shell.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  shell.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  return new Promise((done) => shell.on('close', (code) => done({ code, stdout, stderr })))
}

/** The lines of the run's log, times aside. */
function log(cwd: string): readonly string[] {
  const lines = readFileSync(join(cwd, 'run', 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => line.replace(/^\{"time":"[^"]*",/, '{'))
}
