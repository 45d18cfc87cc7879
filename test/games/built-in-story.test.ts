import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Environment, openEnvironment, type Timestep } from '../../games/index.ts'

const folder = fileURLToPath(new URL('../../games/stories/tide/', import.meta.url))
const story = readFileSync(join(folder, 'tide.z5'))
const walkthrough = z
  .object({ seed: z.number(), commands: z.array(z.string()), score: z.number() })
  .parse(JSON.parse(readFileSync(join(folder, 'walkthrough.json'), 'utf8')))

describe('the committed story file', () => {
  it('is what the command in its README makes of the source, byte for byte', ({ skip }) => {
    const reason = whyNotCompiled()
    skip(reason !== null, reason ?? '')
    const into = mkdtempSync(join(tmpdir(), 'grue-story-'))
    try {
      const [compiler = '', ...args] = readmeCommand()
      const built = join(into, 'tide.z5')
      const run = spawnSync(compiler, [...args.slice(0, -1), built], { cwd: folder, encoding: 'utf8' })
      expect(run.stdout).not.toMatch(/error|warning/i)
      expect(readFileSync(built).equals(story)).toBe(true)
    } finally {
      rmSync(into, { recursive: true })
    }
  })
})

describe('the built-in story', () => {
  let environment: Environment
  beforeEach(() => {
    environment = openEnvironment(story, { id: 'tide' })
  })

  it.each([walkthrough.seed, 0, 2, 12, 1981, 65535])(
    'is won by its walkthrough with all 50 points, seed %i',
    (seed) => {
      const steps = play(walkthrough.commands, seed)
      const rewards = steps.map(({ reward }) => reward)
      // Ten events, each once: the numbers of `task_scores` in the order in which the walkthrough meets them.
      expect(rewards.filter((reward) => reward !== 0)).toEqual([2, 3, 4, 6, 5, 3, 5, 5, 7, 10])
      expect(steps.at(-1)).toMatchObject({ terminated: true, victory: true, observation: { score: walkthrough.score } })
      expect(walkthrough.score).toBe(50)
    },
  )

  it('offers no command whose only effect is that the parser counted its words', () => {
    environment.reset({ seed: 318659717 })
    for (const command of ['north', 'east', 'take lamp', 'west', 'north', 'north', 'south', 'south', 'south'])
      environment.step(command)
    environment.step('turn lamp on')
    const commands = environment.validActions().actions.map(({ command }) => command)
    expect(commands).toEqual(['drop lamp', 'north', 'turn lamp off', 'wait'])
  })

  it('names 50 as its highest score', () => {
    expect(environment.story).toMatchObject({ id: 'tide', version: 5, release: 1, serial: '261121', maxScore: 50 })
  })

  it('warns once of the flats and kills the second time', () => {
    const steps = play(['north', 'east', 'east', 'examine board', 'down', 'east', 'down'], 1)
    expect(steps[3]?.observation.text).toContain('THE FLATS ARE NOT LAND')
    expect(steps[4]).toMatchObject({ terminated: false, observation: { location: 'Boathouse' } })
    expect(steps[6]).toMatchObject({ terminated: true, victory: false })
  })

  it('gives no points twice', () => {
    const again = ['north', 'north', 'push pendulum', 'push pendulum', 'south', 'north', 'turn clock']
    expect(play(again, 1).map(({ reward }) => reward)).toEqual([0, 2, 3, 0, 0, 0, 0])
  })

  it('lets different seeds differ in what happens by chance', () => {
    const waiting = Array.from({ length: 30 }, () => 'wait')
    const text = (seed: number) => play(waiting, seed).map(({ observation }) => observation.text)
    expect(text(1)).toEqual(text(1))
    expect(text(1)).not.toEqual(text(2))
  })

  function play(commands: readonly string[], seed: number): readonly Timestep[] {
    environment.reset({ seed })
    return commands.map((command) => environment.step(command))
  }
})

/** The one indented line of the README that calls the compiler. */
function readmeCommand(): readonly string[] {
  const line = /^ {4}(inform6 .+)$/m.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[1]
  if (line === undefined) throw new Error('games/stories/tide/README.md names no compiler command')
  return line.split(' ')
}

/** Other versions compile the same source into other bytes. Null: both are those that made the committed file. */
function whyNotCompiled(): string | null {
  const made = story.toString('latin1', 0x3c, 0x40)
  const banner = spawnSync('inform6', ['-h'], { encoding: 'utf8' }).stdout
  if (!banner) return 'inform6 is not installed (Debian: inform6-compiler, inform6-library)'
  if (!banner.includes(`Inform ${made} `)) return `the story was compiled by Inform ${made}, here is another version`
  const library = '/usr/share/inform6/library/version.h'
  if (existsSync(library) && readFileSync(library, 'utf8').includes('"6.12.6"')) return null
  return 'the story was compiled with inform6-library 6.12.6, which is not installed'
}
