import type { ExperienceStore } from '../memory/index.ts'
import { parseCommand } from './command-words.ts'
import type { EpisodeStart, Evidence, Transition, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import type { GraphParameters } from './presets.ts'
import type { ActionEstimate, Estimate } from './tilt.ts'
import { type GraphStep, type Outcome, TransitionGraph } from './transition-graph.ts'

/** Advantages against the best action, from values backed up over every transition of the run. */
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
        const next = (steps[index + 1]?.state ?? finalState).situation
        const source = { run, episode, turn: index + 1 }
        this.#graph.add({ ...source, situation: state.situation, action, reward, next, terminated, victory })
      }
      this.#graph.endEpisode()
    }
  }

  /**
   * Q of a tried action is its backed-up q and what curiosity is left for it; of an untried one, curiosity weighted by
   * the prior and by novelty. V = max Q, A = (Q - V) / scale.
   */
  estimate(view: View, logits: readonly number[]): Estimate {
    const { situation } = view.state
    const { curiosity, scale } = this.#graph
    const { triedShare, priorPower } = this.#parameters
    const likeliest = Math.max(...logits)
    const outcomes = view.validActions.map((action) => this.#graph.outcome(situation, action))
    const values = view.validActions.map((action, index) => {
      const outcome = outcomes[index]
      if (outcome !== undefined) return outcome.q + (triedShare * curiosity) / Math.sqrt(1 + outcome.visits)
      return curiosity * Math.exp(priorPower * (logits[index]! - likeliest)) * this.#novelty(situation, action)
    })
    const value = Math.max(...values)
    return {
      value,
      actions: outcomes.map((outcome, index) => actionEstimate(outcome, (values[index]! - value) / scale)),
      neighbours: [],
    }
  }

  observe({ view, action, reward, nextState, terminated, victory }: Transition): void {
    const source = { run: this.#run ?? '', episode: view.episode, turn: view.turn }
    const { situation } = view.state
    this.#graph.add({ ...source, situation, action, reward, next: nextState.situation, terminated, victory })
  }

  end(): void {
    this.#graph.endEpisode()
  }

  #novelty(situation: string, action: string): number {
    const { direction, verb } = parseCommand(action)
    const { elsewhereShare, verbShare } = this.#parameters
    const graph = this.#graph
    const elsewhere = elsewhereShare * graph.triedAnywhere(action) + verbShare * graph.verbTriedAnywhere(verb)
    return 1 / Math.sqrt(1 + graph.triedInRoom(situation, action) + (direction === null ? elsewhere : 0))
  }
}

function actionEstimate(outcome: Outcome | undefined, advantage: number): ActionEstimate {
  if (outcome === undefined) return { visits: 0, q: null, advantage, evidence: [] }
  return { visits: outcome.visits, q: outcome.q, advantage, evidence: outcome.latest.map(evidenceOf) }
}

function evidenceOf({ run, episode, turn, next, reward }: GraphStep): Evidence {
  return { type: 'transition', run, episode, turn, next, reward }
}
