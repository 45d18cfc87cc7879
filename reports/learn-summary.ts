import { type Deviation, deviations, type GameSeedPolicy, type PolicyInfo, type RunConfig } from '../harness/index.ts'
import { protocolOf } from './protocol.ts'
import type { ReportedRun } from './reported-run.ts'
import { type ScoreSummary, summarizeScores } from './statistics.ts'

/** One learning curve and all that is needed to read it. */
export interface LearnSummary extends ScoreSummary {
  /** One per finished episode, in points. */
  readonly scores: readonly number[]
  readonly maxScore: number | null
  /** Episodes asked for; `scores` is shorter when the run was broken off. */
  readonly episodes: number
  readonly stepLimit: number
  readonly story: string
  readonly title: string
  readonly sha256: string
  readonly release: string
  readonly seed: number
  readonly gameSeed: GameSeedPolicy
  readonly policy: string
  readonly parameters: PolicyInfo['parameters']
  /** What is otherwise than in the policy's preset. */
  readonly deviations: readonly Deviation[]
  readonly prior: RunConfig['prior']
  readonly temperature: number
  readonly handicaps: readonly string[]
}

/** Throws `EmptyRunError` before the first episode has ended. */
export function learnSummary(run: ReportedRun): LearnSummary {
  const { story, title, sha256, release, maxScore } = protocolOf([run])
  const { episodes, stepLimit, seed, gameSeed, policy, prior, temperature, handicaps } = run.config
  const scores = run.episodes.map(({ score }) => score)
  return {
    scores,
    ...summarizeScores(scores, maxScore),
    maxScore,
    episodes,
    stepLimit,
    story,
    title,
    sha256,
    release,
    seed,
    gameSeed,
    policy: policy.name,
    parameters: policy.parameters,
    deviations: deviations(run.config),
    prior,
    temperature,
    handicaps,
  }
}
