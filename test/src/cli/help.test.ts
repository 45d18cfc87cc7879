import { expect, it } from 'vitest'
import { chooseCommand } from '../../../src/cli/choose-command.ts'
import { commands } from '../../../src/cli/commands.ts'
import { commandHelp, generalHelp } from '../../../src/cli/help.ts'
import { grue } from './grue.ts'

it('lists every command of the design', () => {
  const help = generalHelp(commands)
  for (const name of ['watch', 'learn', 'compare', 'play', 'actions', 'replay', 'report', 'games list', 'games add'])
    expect(help).toContain(`\n  ${name}`)
  expect(help).toContain('\n  memory stats')
})

it.each(commands.map((command) => [command.name, command] as const))('explains each flag of %s', (_, command) => {
  const help = commandHelp(command)
  for (const { name, help: explanation } of command.parameters) {
    expect(help).toContain(name)
    expect(explanation).not.toBe('')
  }
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

it('takes the default of a flag from where the command reads it', () => {
  const { command } = chooseCommand(commands, ['learn'])
  expect(commandHelp(command)).toContain('--steps M        Most turns of an episode (default: 60).')
})

it.each(commands.map(({ name }) => [name]))('answers grue %s --help', async (name) => {
  const { code, stdout, stderr } = await grue([...name.split(' '), '--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(`Usage: grue ${name}`)
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
