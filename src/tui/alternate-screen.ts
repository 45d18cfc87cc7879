import process from 'node:process'

const enter = '\u001b[?1049h\u001b[?25l'
// Emptied first: tmux, when it was resized in between, leaves rows of the alternate screen on the normal one.
const leave = '\u001b[0m\u001b[H\u001b[2J\u001b[?7h\u001b[?25h\u001b[?1049l'

/**
 * Takes over the terminal and gives it back as it was: by `leave`, and on a crash or `process.exit` by itself. On a
 * crash this happens before Node prints the error, which would be lost with the alternate screen.
 */
export function openAlternateScreen(terminal: { write(text: string): unknown }): AlternateScreen {
  let open = false
  const give = () => {
    if (open) terminal.write(leave)
    open = false
  }
  const take = () => {
    if (!open) terminal.write(enter)
    open = true
  }
  process.on('exit', give)
  process.on('uncaughtExceptionMonitor', give)
  take()
  return {
    suspend: give,
    resume: take,
    close() {
      give()
      process.off('exit', give)
      process.off('uncaughtExceptionMonitor', give)
    },
  }
}

export interface AlternateScreen {
  readonly suspend: () => void
  readonly resume: () => void
  readonly close: () => void
}
