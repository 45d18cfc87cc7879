/** The command line cannot be understood: exit code 2. The message is one line: what is wrong and what would fit. */
export class UsageError extends Error {
  override name = 'UsageError'
  /** Whose help would say more, as `defineCommand` puts it; empty for grue's own. */
  readonly command: string

  constructor(message: string, command = '') {
    super(message)
    this.command = command
  }
}
