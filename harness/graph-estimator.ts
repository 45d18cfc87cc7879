import type { ExperienceStore } from '../memory/index.ts'
import type { EpisodeStart, Evidence, Transition, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import type { GraphParameters } from './presets.ts'
import type { GraphStep } from './situation-node.ts'
import type { Estimate } from './tilt.ts'
import { earnedBy, type Gains, TransitionGraph } from './transition-graph.ts'

/** Advantages against the best action, from plans and hopes backed up over every transition of the run. */
export class GraphEstimator implements Estimator {
  readonly #store: ExperienceStore
  readonly #parameters: GraphParameters
  #graph: TransitionGraph
  #stepLimit = 0
  #run: string | null = null
  #forgotten = 0

  constructor(store: ExperienceStore, parameters: GraphParameters) {
    this.#store = store
    this.#parameters = parameters
    this.#graph = new TransitionGraph(parameters, 0)
  }

  /**
   * On a run's first episode here, what the store has of the run is lived through again: a resumed run's case. So it is
   * when the store has forgotten something since, for the graph to be what a resumed run would have.
   */
  begin({ run, episode, episodes, stepLimit }: EpisodeStart): void {
    const forgotten = this.#store.finished(run).filter((each) => each.forgotten).length
    if (run !== this.#run || stepLimit !== this.#stepLimit || forgotten !== this.#forgotten) {
      this.#run = run
      this.#stepLimit = stepLimit
      this.#forgotten = forgotten
      this.#graph = new TransitionGraph(this.#parameters, stepLimit)
      this.#relive(run, episodes)
    }
    this.#graph.beginEpisode((episode - 1) / episodes)
  }

  /** Episodes of other runs, which it may begin with, are no part of its progress. */
  #relive(own: string, episodes: number): void {
    for (const { run, episode, steps, finalState, victory } of this.#store.episodes(own)) {
      this.#graph.beginEpisode(run === own ? (episode - 1) / episodes : 0)
      for (const [index, { state, action, reward, terminated }] of steps.entries()) {
        const next = steps[index + 1]?.state ?? finalState
        this.#graph.add({ run, episode, turn: index + 1, from: state, action, reward, next, terminated, victory })
      }
      this.#graph.endEpisode()
    }
  }

  /** V = the worth of the best action, A = (worth - V) / scale. */
  estimate({ state, validActions, turn, history }: View): Estimate {
    const { scale } = this.#graph
    const stepsLeft = this.#stepLimit - turn + 1
    const beliefs = this.#graph.beliefs(state, validActions, { stepsLeft, earned: this.#earnedIn(history) })
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

  #earnedIn(history: View['history']): ReadonlySet<number> {
    let gains: Gains = new Map()
    for (const { place, command, reward } of history) {
      gains = this.#graph.gainsAfter(gains, place, command, reward)
    }
    return earnedBy(gains)
  }
}

function evidenceOf({ run, episode, turn, next, reward }: GraphStep): Evidence {
  return { type: 'transition', run, episode, turn, next: next.situation, reward }
}
