import { bootstrapRng } from './bootstrap.ts'
import { type CurvePair, type PairedDifference, pairedDifference } from './paired-difference.ts'
import { type Protocol, protocolOf } from './protocol.ts'
import type { ReportedRun } from './reported-run.ts'
import { averageSummaries, type ScoreSummary, summarizeScores } from './statistics.ts'

export interface SeedScores {
  readonly seed: number
  /** One per finished episode, in points. */
  readonly scores: readonly number[]
}

/** Every number is the mean over seeds of that number of each run. */
export interface PolicyScores extends ScoreSummary {
  /** Ascending by seed. */
  readonly seeds: readonly SeedScores[]
}

/** Positive differences say that `a` scored more. */
export interface PolicyDifference extends PairedDifference {
  readonly a: string
  readonly b: string
}

/** What `grue compare --json` prints. */
export interface Comparison {
  readonly protocol: Protocol
  /** By policy name, in the order of the runs. */
  readonly policies: Readonly<Record<string, PolicyScores>>
  /** Every two policies that share a seed; the learner is `a`, the baseline `b`; what is set against `static` first. */
  readonly paired: readonly PolicyDifference[]
}

/** Runs of one story that differ in policy and seed alone; throws what `protocolOf` throws. */
export function compareRuns(runs: readonly ReportedRun[]): Comparison {
  const protocol = protocolOf(runs)
  const policies = Object.keys(protocol.policies).map((name) => [name, policyScores(name, runs, protocol)] as const)
  return { protocol, policies: Object.fromEntries(policies), paired: pairs(policies) }
}

/** The runs of each story, in the order in which stories appear. */
export function runsByStory<Run extends ReportedRun>(runs: readonly Run[]): readonly (readonly Run[])[] {
  const ids = new Set(runs.map((run) => run.config.story.id))
  return [...ids].map((id) => runs.filter((run) => run.config.story.id === id))
}

function policyScores(name: string, runs: readonly ReportedRun[], { maxScore }: Protocol): PolicyScores {
  const seeds = runs
    .filter((run) => run.config.policy.name === name)
    .map(({ config, episodes }) => ({ seed: config.seed, scores: episodes.map(({ score }) => score) }))
    .sort((a, b) => a.seed - b.seed)
  return { ...averageSummaries(seeds.map(({ scores }) => summarizeScores(scores, maxScore))), seeds }
}

/** Weakest last. */
const BASELINES = ['static', 'random']

function pairs(policies: readonly (readonly [string, PolicyScores])[]): readonly PolicyDifference[] {
  const learnersFirst = policies.toSorted(([a], [b]) => BASELINES.indexOf(a) - BASELINES.indexOf(b))
  return learnersFirst
    .flatMap(([a, ours], index) =>
      learnersFirst.slice(index + 1).flatMap(([b, theirs]) => {
        const shared = sharedSeeds(ours.seeds, theirs.seeds)
        return shared.length === 0 ? [] : [{ a, b, ...pairedDifference(shared, bootstrapRng()) }]
      }),
    )
    .sort((x, y) => Number(y.b === 'static') - Number(x.b === 'static'))
}

function sharedSeeds(a: readonly SeedScores[], b: readonly SeedScores[]): readonly CurvePair[] {
  return a.flatMap(({ seed, scores }) => {
    const twin = b.find((run) => run.seed === seed)
    return twin === undefined ? [] : [{ seed, a: scores, b: twin.scores }]
  })
}
