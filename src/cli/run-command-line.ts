import { programVersion } from '../program-version.ts'
import { chooseCommand } from './choose-command.ts'
import { commands } from './commands.ts'
import { generalHelp } from './general-help.ts'
import { print, tell } from './output.ts'

/** Does what the words behind `grue` ask for, and returns the exit code. Errors are told on stderr. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  try {
    return await obey(argv)
  } catch (error) {
    const { explain } = await import('./failure.ts')
    const { line, exitCode } = explain(error)
    tell(line)
    return exitCode
  }
}

async function obey(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'help') return obey([...argv.slice(1), '--help'])
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
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  if (wantsHelp && group.length > 0 && argv[1]?.startsWith('-')) {
    print(generalHelp(group))
    return 0
  }
  if (first === undefined) {
    tell(generalHelp(commands))
    return 2
  }
  const { command, words } = await chooseCommand(commands, argv)
  const body = await command.load()
  if (!wantsHelp) return body.start(command.name, words)
  const { commandHelp } = await import('./command-help.ts')
  print(commandHelp(command, body))
  return 0
}
