import type { ExperienceStore } from '../memory/index.ts'

/** A memory as one run's own, whichever runs it comes from: who asks for the run's episodes is given all of them. */
export function wholeMemory(store: ExperienceStore): ExperienceStore {
  return {
    addEpisode: (episode, origin) => store.addEpisode(episode, origin),
    recall: (tokens, options) => store.recall(tokens, options),
    noteRecalled: (steps) => store.noteRecalled(steps),
    transitions: (situation) => store.transitions(situation),
    situations: () => store.situations(),
    episodes: () => store.episodes(),
    finished: (run) => store.finished(run),
    forget: (run, episode) => store.forget(run, episode),
    stats: () => store.stats(),
    close: () => store.close(),
  }
}
