import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { assembleStory } from '../../games/assembled-story.ts'
import { grue, inFreshFolder, jsonLines } from './grue.ts'

const turn = z.strictObject({
  turn: z.int().nonnegative(),
  command: z.string().nullable(),
  observation: z.string(),
  score: z.int().nullable(),
  maxScore: z.int().nullable(),
  moves: z.int().nullable(),
  location: z.string().nullable(),
  inventory: z.array(z.string()),
  reward: z.int(),
  terminated: z.boolean(),
  victory: z.boolean(),
  worldHash: z.string().regex(/^[0-9a-f]{16}$/),
})

const state = z.strictObject({
  turn: z.int().nonnegative(),
  location: z.string().nullable(),
  actions: z.array(
    z.strictObject({
      command: z.string(),
      equivalents: z.array(z.string()).min(1),
      reward: z.int(),
      terminated: z.boolean(),
      changed: z.array(z.string()),
      moved: z.array(z.string()),
      opened: z.array(z.string()),
      lit: z.array(z.string()),
    }),
  ),
  tried: z.int().nonnegative(),
  partial: z.boolean(),
  ms: z.number().nonnegative(),
  worldHash: z.string().regex(/^[0-9a-f]{16}$/),
})

const commands = ['open mailbox', 'take leaflet', 'north']

/** minizork's turns after the commands, however they are given. */
async function played(words: readonly string[], input = ''): Promise<readonly z.infer<typeof turn>[]> {
  const { code, stdout, stderr } = await grue(['play', 'minizork', '--json', ...words], { input })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return z.array(turn).parse(jsonLines(stdout))
}

it('prints the opening as turn 0 and then a turn for each command', async () => {
  const turns = await played([], commands.join('\n'))
  expect(turns.map((turn) => turn.turn)).toEqual([0, 1, 2, 3])
  expect(turns.map(({ command }) => command)).toEqual([null, ...commands])
  expect(turns[0]?.observation).toContain('small mailbox')
  expect(turns[0]?.location).toBe('West of House')
  expect(turns[2]?.inventory).toEqual(['leaflet'])
  expect(turns[3]?.location).toBe('North of House')
  expect(new Set(turns.map(({ worldHash }) => worldHash)).size).toBe(4)
})

it('reads lines, a JSON array, or an object with commands, from a file or stdin', async () => {
  await inFreshFolder(async (folder) => {
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const expected = await played([], commands.join('\n'))
    expect(await played(['--commands', file('lines.txt', `${commands.join('\r\n')}\r\n\n`)])).toEqual(expected)
    expect(await played(['--commands', file('list.json', JSON.stringify(commands))])).toEqual(expected)
    expect(await played(['--commands', file('walkthrough.json', JSON.stringify({ seed: 1, commands }))])).toEqual(
      expected,
    )
    expect(await played(['--commands', '-'], commands.join('\n'))).toEqual(expected)
  })
})

it('plays the same with the same seed, 0 included', async () => {
  const zero = await played(['--seed', '0'], commands.join('\n'))
  expect(await played(['--seed', '0'], commands.join('\n'))).toEqual(zero)
})

it('refuses JSON that is no list of commands', async () => {
  const { code, stderr } = await grue(['play', 'minizork', '--commands', '-'], { input: '{"steps": []}' })
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^grue: - is no list of commands: [^\n]+\n$/),
  })
})

it('prints a transcript without escape codes for people', async () => {
  const { code, stdout } = await grue(['play', 'minizork'], { input: 'open mailbox\n' })
  expect(code).toBe(0)
  expect(stdout).toContain('\n> open mailbox\nOpening the small mailbox reveals a leaflet.\n')
  expect(stdout).not.toContain('\u001b')
})

it('prints JSON without what a terminal would obey, whatever the story prints', async () => {
  // print_unicode (Standard §15): the 8-bit form of an escape code, and a delete.
  const turn = [0x9b, 0x7f].flatMap((code) => [0xbe, 0x0b, 0x3f, 0, code])
  const { stdout } = await inFreshFolder((cwd) => {
    writeFileSync(join(cwd, 'hostile.z5'), assembleStory({ turn }))
    return grue(['play', 'hostile.z5', '--json'], { cwd, input: 'go\n' })
  })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  expect(stdout).toContain('\\u009b')
})

it('ends quietly when its reader has seen enough', () => {
  const program = resolve(import.meta.dirname, '../../../dist/src/cli/main.js')
  const line = `yes look | head -2000 | "${process.execPath}" "${program}" play minizork | head -1`
  const { stdout, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
  expect(stdout.split('\n')).toHaveLength(2)
  expect(stderr).toBe('')
})

it('lists the valid actions after the commands as JSON', async () => {
  const { code, stdout } = await grue(['actions', 'minizork', '--commands', '-', '--json'], { input: 'north\n' })
  expect(code).toBe(0)
  const [only, ...others] = z.array(state).parse(jsonLines(stdout))
  expect(others).toEqual([])
  expect(only).toMatchObject({ turn: 1, location: 'North of House' })
  const names = only?.actions.map(({ command }) => command) ?? []
  expect(names).toContain('wait')
  expect(names).toEqual(names.toSorted())
})

it('lists them at every state along the commands, with the hashes that play gives', async () => {
  const words = ['actions', 'minizork', '--commands', '-', '--each', '--json']
  const { stdout } = await grue(words, { input: 'open mailbox\n' })
  const states = z.array(state).parse(jsonLines(stdout))
  const turns = await played([], 'open mailbox\n')
  expect(states.map(({ turn, worldHash }) => [turn, worldHash])).toEqual(
    turns.map(({ turn, worldHash }) => [turn, worldHash]),
  )
  expect(states[0]?.actions.map(({ command }) => command)).toContain('open mailbox')
})

it('lists the same when the candidates are spread over threads', async () => {
  const listed = async (...flags: string[]) => {
    const words = ['actions', 'minizork', '--commands', '-', '--each', '--json', ...flags]
    const { stdout } = await grue(words, { input: 'open mailbox\nnorth\n' })
    return jsonLines(stdout).map((line) => ({ ...z.looseObject({}).parse(line), ms: 0 }))
  }
  expect(await listed('--jobs', '2')).toEqual(await listed())
})

it('lists them readably without --json', async () => {
  const { stdout } = await grue(['actions', 'minizork'])
  expect(stdout).toMatch(/^Turn 0, West of House: \d+ valid actions of \d+ tried/)
  expect(stdout).toContain('\n  open mailbox')
})
