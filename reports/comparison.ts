import { interquartileMean, probabilityOfImprovement } from './aggregate.ts'
import { bootstrapIntervals, bootstrapRng, FEWEST_SEEDS, type Interval, stratifiedIntervals } from './bootstrap.ts'
import { type CurvePair, type PairedDifference, pairedDifference } from './paired-difference.ts'
import { type Protocol, protocolOf } from './protocol.ts'
import type { ReportedRun } from './reported-run.ts'
import { averageSummaries, mean, type ScoreSummary, summarizeScores } from './statistics.ts'

export interface SeedScores {
  readonly seed: number
  /** One per finished episode, in points. */
  readonly scores: readonly number[]
}

/** Every number is the mean over seeds of that number of each run. */
export interface PolicyScores extends ScoreSummary {
  /** Interquartile mean, over seeds, of each run's mean score. */
  readonly iqm: number
  /** 95 % bootstrap over seeds of each number; null with a single seed, from which no spread can be known. */
  readonly intervals: ScoreIntervals | null
  /** True under five seeds: the intervals are then too narrow to be trusted. */
  readonly rough: boolean
  /** Ascending by seed. */
  readonly seeds: readonly SeedScores[]
}

export interface ScoreIntervals {
  readonly mean: Interval
  readonly lastFive: Interval
  readonly final: Interval
  readonly best: Interval
  readonly auc: Interval | null
  readonly iqm: Interval
}

/** Positive differences say that `a` scored more. */
export interface PolicyDifference extends PairedDifference {
  readonly a: string
  readonly b: string
  /** How likely a run of `a` has a higher mean score than one of `b`, whatever their seeds; ties count half. */
  readonly improvement: {
    readonly probability: number
    /** 95 % stratified bootstrap; null where either has a single run, as that would never vary. */
    readonly interval: Interval | null
  }
}

/** Policies side by side. */
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
  const summaries = seeds.map(({ scores }) => summarizeScores(scores, maxScore))
  const means = summaries.map((run) => run.mean)
  return {
    ...averageSummaries(summaries),
    iqm: interquartileMean(means),
    intervals: scoreIntervals(summaries),
    rough: seeds.length < FEWEST_SEEDS,
    seeds,
  }
}

function scoreIntervals(runs: readonly ScoreSummary[]): ScoreIntervals | null {
  if (runs.length < 2) return null
  const rows = runs.map(({ mean, lastFive, final, best, auc }) => [mean, lastFive, final, best, auc ?? 0])
  const [overall, lastFive, final, best, auc] = bootstrapIntervals(rows, bootstrapRng())
  const means = runs.map((run) => run.mean)
  const [iqm] = stratifiedIntervals([means], ([drawn]) => [interquartileMean(drawn!)], bootstrapRng())
  return {
    mean: overall!,
    lastFive: lastFive!,
    final: final!,
    best: best!,
    auc: runs.some((run) => run.auc === null) ? null : auc!,
    iqm: iqm!,
  }
}

/** Weakest last. */
const BASELINES = ['static', 'random']

function pairs(policies: readonly (readonly [string, PolicyScores])[]): readonly PolicyDifference[] {
  const learnersFirst = policies.toSorted(([a], [b]) => BASELINES.indexOf(a) - BASELINES.indexOf(b))
  return learnersFirst
    .flatMap(([a, ours], index) =>
      learnersFirst.slice(index + 1).flatMap(([b, theirs]) => {
        const shared = sharedSeeds(ours.seeds, theirs.seeds)
        if (shared.length === 0) return []
        return [{ a, b, ...pairedDifference(shared, bootstrapRng()), improvement: improvement(ours, theirs) }]
      }),
    )
    .sort((x, y) => Number(y.b === 'static') - Number(x.b === 'static'))
}

function improvement(ours: PolicyScores, theirs: PolicyScores): PolicyDifference['improvement'] {
  const x = runMeans(ours)
  const y = runMeans(theirs)
  const single = x.length < 2 || y.length < 2
  const intervals = single
    ? []
    : stratifiedIntervals([x, y], ([a, b]) => [probabilityOfImprovement([a!], [b!])], bootstrapRng())
  return { probability: probabilityOfImprovement([x], [y]), interval: intervals[0] ?? null }
}

/** The mean score of each run. */
export function runMeans({ seeds }: PolicyScores): readonly number[] {
  return seeds.map(({ scores }) => mean(scores))
}

function sharedSeeds(a: readonly SeedScores[], b: readonly SeedScores[]): readonly CurvePair[] {
  return a.flatMap(({ seed, scores }) => {
    const twin = b.find((run) => run.seed === seed)
    return twin === undefined ? [] : [{ seed, a: scores, b: twin.scores }]
  })
}
