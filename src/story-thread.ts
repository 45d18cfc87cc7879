import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { StoryInfo } from '../games/index.ts'
import type { RunEvent } from '../harness/index.ts'
import type { Choices } from './played-story.ts'

export interface PlayRequest {
  readonly story: string
  readonly seed: number
  /** A memory's file to take hints from. */
  readonly hints: string | null
}

export type ToStory =
  /** Starts over, and plays the commands. */
  | { readonly type: 'begin'; readonly commands: readonly string[] }
  | { readonly type: 'step'; readonly command: string }
  | { readonly type: 'undo' }
  | { readonly type: 'choices' }

export type FromStory =
  | { readonly type: 'opened'; readonly story: StoryInfo }
  | { readonly type: 'begun'; readonly events: readonly RunEvent[] }
  | { readonly type: 'played'; readonly events: readonly RunEvent[] }
  | { readonly type: 'undone'; readonly done: boolean }
  | { readonly type: 'choices'; readonly choices: Choices }
  | { readonly type: 'failed'; readonly message: string }

/** A story that is played in a thread of its own, so that it never keeps the screen waiting. */
export interface StoryThread {
  readonly messages: AsyncIterable<FromStory>
  readonly send: (message: ToStory) => void
  readonly close: () => void
}

export function openStoryThread(request: PlayRequest): StoryThread {
  const url = new URL('./played-story-worker.js', import.meta.url)
  // What the thread prints would go straight through the screen.
  const worker = new Worker(url, { workerData: request, stdout: true, stderr: true })
  worker.stdout.resume()
  worker.stderr.resume()
  const arriving = on(worker, 'message', { close: ['exit'] })
  async function* messages(): AsyncGenerator<FromStory> {
    for await (const [message] of arriving) yield message
  }
  return {
    messages: messages(),
    send: (message) => worker.postMessage(message),
    close: () => void worker.terminate(),
  }
}
