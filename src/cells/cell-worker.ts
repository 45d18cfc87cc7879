import { setImmediate } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'
import type { ActionCache, Environment } from '../../games/index.ts'
import type { RunEvent, Tokens } from '../../harness/index.ts'
import { openActionCache, openStory } from '../open-story.ts'
import { startRun } from '../run.ts'
import type { CellOutcome, CellTask, FromCell, ToCell } from './cell-task.ts'

/** Milliseconds between two signs of life, and at least between two steps that are told. */
const paces = { alive: 1000, steps: 50 }

/** What progress is made of, and what a model's bill is; the rest of a run's events stays in its folder. */
const progress: ReadonlySet<RunEvent['type']> = new Set([
  'run-started',
  'model-probed',
  'model-called',
  'episode-started',
  'stepped',
  'episode-ended',
  'rewarded',
  'run-ended',
])

/** To learn a story takes a second or more, so the next cell of the same one uses it again, and what was found in it. */
let opened: { readonly story: string; readonly environment: Environment; readonly cache: ActionCache } | null = null

/** Plays a cell in a thread of a pool; what it throws it returns. */
export default async function playCell({ request, port }: CellTask): Promise<CellOutcome> {
  const post = (message: FromCell) => port.postMessage(message)
  const stop = new AbortController()
  const { signal } = stop
  port.on('message', (_: ToCell) => stop.abort())
  let told = Number.NEGATIVE_INFINITY
  /** To tell every one of a thousand steps a second would take as long as to play them. */
  const isTimely = ({ type }: RunEvent) => {
    if (type !== 'stepped') return true
    const now = performance.now()
    if (now - told < paces.steps) return false
    told = now
    return true
  }
  const alive = () => post({ type: 'alive', thread: threadId })
  alive()
  const signs = setInterval(alive, paces.alive)
  try {
    if (opened?.story !== request.story) {
      const environment = openStory(request.story)
      opened = { story: request.story, environment, cache: openActionCache(environment.story) }
    }
    const billed = (used: Tokens) => post({ type: 'billed', used })
    for await (const event of startRun(request, { ...opened, signal, billed })) {
      if (progress.has(event.type) && isTimely(event)) post({ type: 'event', event })
      if (event.type !== 'observed' && event.type !== 'memory-stored') continue
      // Messages and timers come as events, which a chain of resolved promises would keep out for ever.
      await setImmediate()
      if (signal.aborted) return { type: 'stopped' }
    }
    return { type: 'finished' }
  } catch (error) {
    if (signal.aborted && error === signal.reason) return { type: 'stopped' }
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    return { type: 'failed', name, message, stack: stack ?? message }
  } finally {
    clearInterval(signs)
    port.close()
  }
}
