import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RunEvent } from '../harness/index.ts'
import type { RunRequest } from './run.ts'
import type { RunCommand, WatchedRun } from './tui/turn-gate.ts'

export interface WatchedRunData {
  readonly request: RunRequest
  readonly turnsPerSecond: number
  /** A person's command for the first turn that is decided; null where the policy decides it. */
  readonly first: string | null
}

export type ToWorker = RunCommand | { readonly type: 'taken' }
export type FromWorker = { readonly type: 'turn'; readonly events: string } | { readonly type: 'done' }

/**
 * Plays a run in a thread of its own, so that neither a story nor a memory keeps the screen waiting. A thread that
 * dies yields one `failed` event.
 */
export function watchRun(
  request: RunRequest,
  { speed, first = null }: { readonly speed: number; readonly first?: string | null },
): WatchedRun {
  const workerData: WatchedRunData = { request, turnsPerSecond: speed, first }
  // What the thread prints would go straight through the screen.
  const worker = new Worker(new URL('./watched-run-worker.js', import.meta.url), {
    workerData,
    stdout: true,
    stderr: true,
  })
  worker.stdout.resume()
  worker.stderr.resume()
  return runOf(worker)
}

/** The run that a worker plays by `serveRun`. */
export function runOf(worker: Worker): WatchedRun {
  const messages = on(worker, 'message', { close: ['exit'] })
  const send = (message: ToWorker) => worker.postMessage(message)
  let abandoned = false
  async function* turns(): AsyncGenerator<readonly RunEvent[]> {
    try {
      for await (const [message] of messages) {
        const received: FromWorker = message
        if (received.type === 'done') return
        // What this process's own thread has written.
        const events: readonly RunEvent[] = JSON.parse(received.events)
        yield events
        send({ type: 'taken' })
      }
      if (!abandoned) yield failure('The thread that plays the run ended before the run did.')
    } catch (error) {
      yield failure(`The thread that plays the run died: ${messageOf(error)}`)
    } finally {
      await worker.terminate()
    }
  }
  const abandon = () => {
    abandoned = true
    void worker.terminate()
  }
  return { turns: turns(), control: send, abandon }
}

function failure(message: string): readonly RunEvent[] {
  return [{ type: 'failed', message }]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
