#!/usr/bin/env node
import process from 'node:process'
import { programVersion } from '../run.ts'
import { chooseCommand } from './choose-command.ts'
import { commands } from './commands.ts'
import { explain } from './failure.ts'
import { commandHelp, generalHelp } from './help.ts'
import { print, tell } from './output.ts'

// Whoever reads stderr may go away as well; there is nobody to tell then.
process.stderr.on('error', () => {})

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const { line, exitCode } = explain(error)
  tell(line)
  process.exitCode = exitCode
}

async function main(argv: readonly string[]): Promise<number> {
  const flags = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length)
  const wantsHelp = flags.includes('--help') || flags.includes('-h')
  const [first] = argv
  if (first === '--version') {
    print(programVersion())
    return 0
  }
  if (wantsHelp && first?.startsWith('-')) {
    print(generalHelp(commands))
    return 0
  }
  if (first === undefined) {
    tell(generalHelp(commands))
    return 2
  }
  const { command, words } = chooseCommand(commands, argv)
  if (!wantsHelp) return command.start(words)
  print(commandHelp(command))
  return 0
}
