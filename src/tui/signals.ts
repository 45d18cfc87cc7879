import process from 'node:process'

/** Exit codes as a shell gives them: 128 and the signal's number. */
export const exitCodeOf = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

/** Calls `leave` on the signals that ask a program to end, until the returned function is called. */
export function onEndingSignals(leave: (exitCode: number) => void): () => void {
  const onSignal = (signal: keyof typeof exitCodeOf) => leave(exitCodeOf[signal])
  const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
