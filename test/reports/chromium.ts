import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A browser of this machine; undefined where there is none. */
export const chromium = paths.find(existsSync)

export interface Opened {
  /** The document after its scripts have run. */
  readonly dom: string
  /** What the console was told. */
  readonly console: readonly string[]
}

/** Opens a page without a network and lets its scripts run. */
export async function open(url: string): Promise<Opened> {
  const profile = mkdtempSync(join(tmpdir(), 'grue-chromium-'))
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    `--user-data-dir=${profile}`,
    ...quiet,
  ]
  const task = ['--enable-logging=stderr', '--virtual-time-budget=5000', '--dump-dom', url]
  const child = spawn(chromium!, [...flags, ...task])
  let dom = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    dom += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  try {
    await new Promise((done, fail) => child.on('error', fail).on('close', done))
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  return { dom, console: errors.split('\n').filter((line) => line.includes('CONSOLE')) }
}
