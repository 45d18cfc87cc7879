import { PassThrough, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { RunEvent } from '../../../harness/index.ts'
import { printRun } from '../../../src/tui/print-run.ts'
import type { RunCommand } from '../../../src/tui/turn-gate.ts'
import { playedBy, syntheticRun } from './synthetic-run.ts'

test('a run without a terminal prints its lines, ends by itself and has no escape codes', async () => {
  const stdout = new PassThrough()
  const printed = text(stdout)
  const outcome = await printRun(playedBy(syntheticRun(2, 3)), { stdout })
  stdout.end()
  const lines = (await printed).split('\n')
  expect(outcome).toEqual({ exitCode: 0 })
  expect(lines).toHaveLength(11)
  expect(lines.at(-2)).toBe('2 of 2 episodes finished: last 10/50, best 10 (episode 2), mean 7.50.')
  expect(lines.join('')).not.toContain('\u001b')
})

/** Output of which the line at this place, and all behind it, cannot be written. */
function failingAt(place: number, code: string): Writable {
  let line = 0
  return new Writable({
    write: (_line, _encoding, written) => written(line++ < place ? null : Object.assign(new Error(code), { code })),
  })
}

test.each([0, 5])('a reader that goes away after %i lines ends the run, which is no failure', async (lines) => {
  const commands: RunCommand[] = []
  const run = playedBy(syntheticRun(100, 100))
  const control = (command: RunCommand) => {
    commands.push(command)
    run.control(command)
  }
  expect(await printRun({ ...run, control }, { stdout: failingAt(lines, 'EPIPE') })).toEqual({ exitCode: 0 })
  expect(commands).toEqual([{ type: 'stop' }])
})

// The last of the ten lines, too.
test.each([0, 5, 9])(
  'output that cannot be written after %i lines ends the run as well, and is told',
  async (lines) => {
    const printed = printRun(playedBy(syntheticRun(2, 3)), { stdout: failingAt(lines, 'ENOSPC') })
    await expect(printed).rejects.toThrow(/^the result cannot be written \(ENOSPC\): send it elsewhere\.$/)
  },
)

test('a failure is told once, with how to go on, and by the exit code', async () => {
  async function* failing(): AsyncGenerator<RunEvent> {
    yield { type: 'failed', message: 'The disk is full.' }
  }
  const stdout = new PassThrough()
  const printed = text(stdout)
  const run = playedBy(failing())
  expect(await printRun(run, { stdout, resume: 'grue watch --out here' })).toEqual({ exitCode: 1 })
  stdout.end()
  expect(await printed).toBe('failed: The disk is full.\n0 episodes finished.\nContinue with: grue watch --out here\n')
})
