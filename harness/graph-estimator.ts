import type { ExperienceStore } from '../memory/index.ts'
import type { EpisodeStart, Evidence, Transition, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import type { GraphParameters } from './presets.ts'
import type { Estimate } from './tilt.ts'
import { type GraphStep, TransitionGraph } from './transition-graph.ts'

/** Advantages against the best action, from values and hopes backed up over every transition of the run. */
export class GraphEstimator implements Estimator {
  readonly #store: ExperienceStore
  readonly #parameters: GraphParameters
  #graph: TransitionGraph
  #run: string | null = null
  #forgotten = 0

  constructor(store: ExperienceStore, parameters: GraphParameters) {
    this.#store = store
    this.#parameters = parameters
    this.#graph = new TransitionGraph(parameters)
  }

  /**
   * On a run's first episode here, what the store has of the run is lived through again: a resumed run's case. So it is
   * when the store has forgotten something since, for the graph to be what a resumed run would have.
   */
  begin({ run }: EpisodeStart): void {
    const forgotten = this.#store.finished(run).filter((episode) => episode.forgotten).length
    if (run === this.#run && forgotten === this.#forgotten) return
    this.#run = run
    this.#forgotten = forgotten
    this.#graph = new TransitionGraph(this.#parameters)
    for (const { episode, steps, finalState, victory } of this.#store.episodes(run)) {
      for (const [index, { state, action, reward, terminated }] of steps.entries()) {
        const next = steps[index + 1]?.state ?? finalState
        this.#graph.add({ run, episode, turn: index + 1, from: state, action, reward, next, terminated, victory })
      }
      this.#graph.endEpisode()
    }
  }

  /** V = the worth of the best action, A = (worth - V) / scale. */
  estimate({ state, validActions }: View, logits: readonly number[]): Estimate {
    const { scale } = this.#graph
    const likeliest = Math.max(...logits)
    const likelihoods = logits.map((logit) => Math.exp(logit - likeliest))
    const beliefs = this.#graph.beliefs(state, validActions, likelihoods)
    const value = Math.max(...beliefs.map(({ worth }) => worth))
    return {
      value,
      actions: beliefs.map(({ visits, q, worth, latest }) => {
        return { visits, q, advantage: (worth - value) / scale, evidence: latest.map(evidenceOf) }
      }),
      neighbours: [],
    }
  }

  observe({ view, action, reward, nextState, terminated, victory }: Transition): void {
    const source = { run: this.#run ?? '', episode: view.episode, turn: view.turn }
    this.#graph.add({ ...source, from: view.state, action, reward, next: nextState, terminated, victory })
  }

  end(): void {
    this.#graph.endEpisode()
  }
}

function evidenceOf({ run, episode, turn, next, reward }: GraphStep): Evidence {
  return { type: 'transition', run, episode, turn, next: next.situation, reward }
}
