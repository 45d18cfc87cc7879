import type { ExperienceStore } from '../../memory/index.ts'
import type {
  Decision,
  EpisodeEnd,
  EpisodeStart,
  Notes,
  Policy,
  PolicyInfo,
  Prior,
  Rng,
  Transition,
  View,
} from '../contracts.ts'
import { baseLogits, type Estimate, noEstimate, tiltedDecision } from '../tilt.ts'
import { livedEpisode, livedStep, type PastEpisode, type PastStep, rememberedEpisode } from './past-episode.ts'

/** What an agent that learns in its prompt keeps. */
export interface Notebook {
  /** Takes in a finished episode; in their order, each once. */
  learn(episode: PastEpisode): void | Promise<void>
  /** What to put into the prompt now, and what is to be shown for it. */
  consult(view: View): { readonly notes: Notes; readonly estimate?: Estimate }
}

interface NotedOptions {
  readonly info: PolicyInfo
  readonly prior: Prior
  readonly store: ExperienceStore
  readonly temperature: number
  readonly notebook: Notebook
}

/** The base policy with an agent's notes in its prompt: it learns by what it reads, and no logit is changed. */
export class NotedPolicy implements Policy {
  readonly info: PolicyInfo
  readonly #options: NotedOptions
  #run: string | null = null
  #steps: PastStep[] = []

  constructor(options: NotedOptions) {
    this.info = options.info
    this.#options = options
  }

  /** On a run's first episode here, what the memory has of the run is taken in again: a resumed run's case. */
  async begin({ run }: EpisodeStart): Promise<void> {
    this.#steps = []
    if (run === this.#run) return
    this.#run = run
    const { store, notebook } = this.#options
    for (const episode of store.episodes(run)) await notebook.learn(rememberedEpisode(episode))
  }

  async decide(view: View, rng: Rng): Promise<Decision> {
    const { prior, notebook, temperature } = this.#options
    const { notes, estimate = noEstimate(view.validActions) } = notebook.consult(view)
    const { logProbabilities } = await prior.score(view, notes)
    return tiltedDecision(view, baseLogits(logProbabilities, temperature), estimate, 0, rng.next())
  }

  observe(transition: Transition): void {
    this.#steps.push(livedStep(transition))
  }

  async end(end: EpisodeEnd): Promise<void> {
    await this.#options.notebook.learn(livedEpisode(end, this.#steps))
  }
}
