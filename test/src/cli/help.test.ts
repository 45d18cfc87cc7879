import { expect, it } from 'vitest'
import { commandHelp } from '../../../src/cli/command-help.ts'
import { commands } from '../../../src/cli/commands.ts'
import { generalHelp } from '../../../src/cli/general-help.ts'
import { grue, grueHere } from './grue.ts'

it('lists every command of the design', () => {
  const help = generalHelp(commands)
  for (const name of ['watch', 'learn', 'compare', 'play', 'actions', 'replay', 'report', 'games list', 'games add'])
    expect(help).toContain(`\n  ${name}`)
  expect(help).toContain('\n  memory stats')
})

it.each(commands.map((command) => [command.name, command] as const))('explains each flag of %s', async (_, command) => {
  const body = await command.load()
  const help = commandHelp(command, body)
  for (const { name, help: explanation } of body.parameters) {
    expect(help).toContain(name)
    expect(explanation).not.toBe('')
  }
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  // Broken within a sentence, a line would be broken again by its width.
  for (const paragraph of body.details.split('\n')) expect(paragraph).toMatch(/\.$|^$/)
})

it('takes the default of a flag from where the command reads it', async () => {
  const { stdout } = await grueHere(['learn', '--help'])
  expect(stdout).toMatch(/--steps M +Most turns of an episode \(default: 60\)\./)
})

it.each(commands.map(({ name }) => [name]))('answers grue %s --help', async (name) => {
  const { code, stdout, stderr } = await grueHere([...name.split(' '), '--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(`Usage: grue ${name}`)
})

it('shows in the usage what has to be given', async () => {
  expect((await grueHere(['fork', '--help'])).stdout).toContain('Usage: grue fork DIR --episode E --turn T [FLAGS]\n')
  expect((await grueHere(['games', 'fetch', '--help'])).stdout).toContain('Usage: grue games fetch [ID...] [FLAGS]\n')
})

it.each([['memory --help'], ['memory -h'], ['help memory'], ['games --help']])(
  'lists by grue %s the commands of the group alone',
  async (words) => {
    const { code, stdout } = await grueHere(words.split(' '))
    expect(code).toBe(0)
    const [group = ''] = words.match(/memory|games/) ?? []
    const listed = Array.from(stdout.matchAll(/^ {2}(\w+ ?\w*) {2}/gm), ([, name]) => name)
    expect(listed).toEqual(commands.map(({ name }) => name).filter((name) => name.startsWith(`${group} `)))
  },
)

it('takes help for --help', async () => {
  expect(await grueHere(['help'])).toEqual(await grueHere(['--help']))
  expect(await grueHere(['help', 'games', 'add'])).toEqual(await grueHere(['games', 'add', '--help']))
})

it('answers --help and --version', async () => {
  expect(await grue(['--help'])).toMatchObject({ code: 0, stderr: '' })
  expect((await grue(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

it('explains itself on stderr, as wrong usage, without a command', async () => {
  const { code, stdout, stderr } = await grue([])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('Usage: grue COMMAND')
})
