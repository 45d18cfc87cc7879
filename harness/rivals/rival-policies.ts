import type { ExperienceStore } from '../../memory/index.ts'
import type { Policy, Prior, TextModel } from '../contracts.ts'
import { JitRLPolicy } from '../jitrl-policy.ts'
import { plainTilt } from '../published-presets.ts'
import { CaseBank, CaseVote, caseParameters, voteParameters } from './case-bank.ts'
import { type Notebook, NotedPolicy } from './noted-policy.ts'
import { RecentEpisodes, recentParameters } from './recent-episodes.ts'
import { Reflections, reflectionParameters } from './reflections.ts'
import { Tips, tipParameters } from './tips.ts'

interface RivalDeps {
  readonly prior: Prior
  readonly store: ExperienceStore
  readonly temperature: number
  /** What states are recognised by, where that is not the summary. */
  readonly encoder?: string | number
}

type Overrides = Readonly<Record<string, number>>

interface Rival {
  readonly parameters: Overrides
  readonly create: (deps: RivalDeps, model: TextModel, overrides: Overrides) => Policy
}

/** Those that learn in the prompt, and so need a model to read it. */
export const promptRivals = {
  memory: noted('memory', recentParameters, (_, parameters) => new RecentEpisodes(parameters)),
  reflexion: noted('reflexion', reflectionParameters, ({ model }, parameters) => new Reflections(model, parameters)),
  cbr: noted('cbr', caseParameters, ({ store }, parameters) => new CaseBank(store, parameters)),
  tips: noted('tips', tipParameters, ({ model }, parameters) => new Tips(model, parameters)),
} as const satisfies Readonly<Record<string, Rival>>

const noteKeepers: readonly (keyof typeof promptRivals)[] = ['memory', 'reflexion', 'tips']

/** Whether a policy knows more than the memory it was given: it would go on with what a limit made the memory forget. */
export function keepsNotes(spec: string): boolean {
  return noteKeepers.some((name) => name === spec)
}

function noted<Parameters extends Overrides>(
  name: string,
  parameters: Parameters,
  notebook: (deps: RivalDeps & { readonly model: TextModel }, parameters: Parameters) => Notebook,
): Rival {
  return {
    parameters,
    create(deps, model, overrides) {
      const own = { ...parameters, ...overrides }
      const info = { name, parameters: { ...own, ...encoderOf(deps) } }
      return new NotedPolicy({ ...deps, info, notebook: notebook({ ...deps, model }, own) })
    },
  }
}

/** Memento's cases without a model: `cbr:vote`. */
export function votePolicy(deps: RivalDeps, overrides: Overrides): Policy {
  const parameters = { ...voteParameters, ...overrides }
  return new JitRLPolicy({
    ...deps,
    info: { name: 'cbr:vote', parameters: { ...parameters, ...encoderOf(deps) } },
    tilt: { ...plainTilt, beta: parameters.beta },
    estimator: new CaseVote(deps.store, parameters),
  })
}

function encoderOf({ encoder }: RivalDeps) {
  return encoder === undefined ? {} : { encoder }
}
