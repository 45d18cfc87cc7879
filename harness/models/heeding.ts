/**
 * What `work` comes to. Once `signal` is aborted it rejects with the signal's reason at once and calls `abandon`,
 * whatever the work still waits for.
 */
export async function heeding<T>(signal: AbortSignal, work: () => Promise<T>, abandon: () => void): Promise<T> {
  signal.throwIfAborted()
  let leave = () => {}
  const aborted = new Promise<never>((_, reject) => {
    leave = () => {
      reject(signal.reason)
      abandon()
    }
  })
  signal.addEventListener('abort', leave)
  try {
    return await Promise.race([work(), aborted])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
