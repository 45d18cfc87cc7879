import { parentPort, workerData } from 'node:worker_threads'
import { createPolicy, LexicalPrior, MeteredPrior, type Policy } from '../harness/index.ts'
import { openExperienceStore } from '../memory/index.ts'
import { openStory } from './open-story.ts'
import { PlayedStory } from './played-story.ts'
import type { FromStory, PlayRequest, ToStory } from './story-thread.ts'

const { story, seed, hints }: PlayRequest = workerData
const post = (message: FromStory) => parentPort?.postMessage(message)

const environment = openStory(story)
const played = new PlayedStory(environment, seed, hints === null ? null : await adviser(hints, environment.story.id))
post({ type: 'opened', story: environment.story })

parentPort?.on('message', async (message: ToStory) => {
  try {
    switch (message.type) {
      case 'begin':
        return post({ type: 'begun', events: [...played.begin(message.commands)] })
      case 'step':
        return post({ type: 'played', events: [...played.step(message.command)] })
      case 'undo':
        return post({ type: 'undone', done: played.undo() })
      case 'choices':
        return post({ type: 'choices', choices: await played.choices() })
    }
  } catch (error) {
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
})

/** The default learner, with all that the memory has of the run that played this story most. */
async function adviser(path: string, story: string): Promise<Policy> {
  const store = openExperienceStore(path, { readonly: true })
  const counts = new Map<string, number>()
  for (const { run } of store.episodes()) {
    if (run.startsWith(`${story}/`)) counts.set(run, (counts.get(run) ?? 0) + 1)
  }
  const [run] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? []
  if (run === undefined)
    throw new Error(`${path} remembers nothing of ${story}: name the memory of a run that played it.`)
  const policy = createPolicy('jitrl', { prior: new MeteredPrior(new LexicalPrior()), store, temperature: 1, seed: 0 })
  await policy.begin({ run, episode: 1, episodes: 1, stepLimit: Number.MAX_SAFE_INTEGER })
  return policy
}
