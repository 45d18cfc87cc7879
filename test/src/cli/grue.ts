import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { vi } from 'vitest'
import { runCommandLine } from '../../../src/cli/run-command-line.ts'

/** The built program: `npm test` builds before it tests. */
export const program = resolve(import.meta.dirname, '../../../dist/src/cli/main.js')

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Circumstances {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** What is typed. */
  readonly input?: string
  /** Whether more may be typed when that is read. */
  readonly staysOpen?: boolean
  /** Given a way to send signals. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void
}

/** Runs the program as a shell would, without a terminal. */
export function grue(words: readonly string[], circumstances: Circumstances = {}): Promise<Outcome> {
  const { cwd = tmpdir(), env = {}, input = '', staysOpen = false, onStart = () => {} } = circumstances
  const child = spawn(process.execPath, [program, ...words], { cwd, env: { ...cleanEnvironment(), ...env } })
  let stdout = ''
  let stderr = ''
  onStart((signal) => child.kill(signal))
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  child.stdin.on('error', () => {})
  if (staysOpen) child.stdin.write(input)
  else child.stdin.end(input)
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
}

/**
 * The same within this process, for what plays nothing in threads: a new process takes a second to come up.
 * One at a time, as the streams and the working folder are the process's own.
 */
export async function grueHere(
  words: readonly string[],
  { cwd = tmpdir(), env = {} }: Pick<Circumstances, 'cwd' | 'env'> = {},
) {
  const home = process.cwd()
  const streams = { stdout: '', stderr: '' }
  const listen = (name: keyof typeof streams) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      streams[name] += text
      return true
    })
  for (const name of Object.keys(process.env)) vi.stubEnv(name, undefined)
  for (const [name, value] of Object.entries({ ...cleanEnvironment(), ...env })) vi.stubEnv(name, value)
  const listeners = [listen('stdout'), listen('stderr')]
  process.chdir(cwd)
  try {
    const code = await runCommandLine(words)
    return { code, ...streams }
  } finally {
    process.chdir(home)
    for (const listener of listeners) listener.mockRestore()
    vi.unstubAllEnvs()
  }
}

/** Nothing of the person who runs the tests: neither stories nor a model of theirs. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH } = process.env
  return { ...(PATH === undefined ? {} : { PATH }), XDG_CACHE_HOME: join(tmpdir(), 'grue-no-cache') }
}

/** Runs `use` in a fresh folder that is gone afterwards. */
export async function inFreshFolder<T>(use: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'grue-cli-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The JSON values of an output with one a line. */
export function jsonLines(stdout: string): readonly unknown[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
