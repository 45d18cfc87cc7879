import { isDeepStrictEqual } from 'node:util'
import { interquartileMean, performanceProfile, probabilityOfImprovement, type ScoresByStory } from './aggregate.ts'
import { bootstrapRng, type Interval, stratifiedIntervals } from './bootstrap.ts'
import { type Comparison, runMeans } from './comparison.ts'
import { mean } from './statistics.ts'

/**
 * A number over all stories, with its 95 % stratified bootstrap interval; null where a story has a single seed, which
 * would count as if it could not have come out otherwise.
 */
export interface Aggregate {
  readonly value: number
  readonly interval: Interval | null
}

/** Scores below are shares of each story's highest score, one per run: its mean over the episodes. */
export interface PolicyAcrossStories {
  readonly policy: string
  readonly mean: Aggregate
  readonly iqm: Aggregate
  /** How likely a run scores more than one of `static` on the same story; null for `static`, and without it. */
  readonly improvement: Aggregate | null
  /** Share of runs above each of `AcrossStories.thresholds`. */
  readonly profile: readonly Aggregate[]
}

export interface AcrossStories {
  /** Ids of the stories that count: those that name a highest score. */
  readonly stories: readonly string[]
  readonly thresholds: readonly number[]
  /** Only policies that played every one of the stories. */
  readonly policies: readonly PolicyAcrossStories[]
  /** The fewest seeds that any of the policies has on any of the stories. */
  readonly fewestSeeds: number
  /** Titles of the stories, and names of the policies, that do not count. */
  readonly left: { readonly stories: readonly string[]; readonly policies: readonly string[] }
  /** What was otherwise on one story than on another, e.g. `step limit` or `parameters of jitrl`. */
  readonly differing: readonly string[]
}

const BASELINE = 'static'
const THRESHOLDS = Array.from({ length: 51 }, (_, index) => index / 50)

/** Several stories taken together, every run of a story alike; null where fewer than two, or no policy, can be. */
export function acrossStories(comparisons: readonly Comparison[]): AcrossStories | null {
  const scored = comparisons.filter(({ protocol }) => protocol.maxScore !== null)
  if (scored.length < 2) return null
  const names = Object.keys(scored[0]!.policies).filter((name) =>
    scored.every((one) => Object.hasOwn(one.policies, name)),
  )
  if (names.length === 0) return null
  const shares = new Map(names.map((name) => [name, scored.map((comparison) => sharesOf(name, comparison))]))
  const baseline = shares.get(BASELINE)
  return {
    stories: scored.map(({ protocol }) => protocol.story),
    thresholds: THRESHOLDS,
    policies: [...shares].map(([policy, scores]) => {
      const [average, iqm, ...profile] = aggregates(scores, (drawn) => [
        mean(drawn.map(mean)),
        interquartileMean(drawn.flat()),
        ...performanceProfile(drawn, THRESHOLDS),
      ])
      return {
        policy,
        mean: average!,
        iqm: iqm!,
        improvement: baseline === undefined || policy === BASELINE ? null : improvement(scores, baseline),
        profile,
      }
    }),
    fewestSeeds: Math.min(...[...shares.values()].flat().map((runs) => runs.length)),
    left: {
      stories: comparisons.filter((one) => !scored.includes(one)).map(({ protocol }) => protocol.title),
      policies: [...new Set(scored.flatMap(({ policies }) => Object.keys(policies)))].filter(
        (name) => !names.includes(name),
      ),
    },
    differing: differing(scored, names),
  }
}

function differing(comparisons: readonly Comparison[], policies: readonly string[]): readonly string[] {
  const [first, ...others] = comparisons.map(
    ({ protocol }): Readonly<Record<string, unknown>> => ({
      'number of episodes': protocol.finished,
      'step limit': protocol.stepLimit,
      temperature: protocol.temperature,
      prior: protocol.prior,
      'game seeds': protocol.gameSeed,
      handicaps: protocol.handicaps.toSorted(),
      ...Object.fromEntries(policies.map((name) => [`parameters of ${name}`, protocol.policies[name]])),
    }),
  )
  return Object.keys(first!).filter((what) => others.some((other) => !isDeepStrictEqual(other[what], first![what])))
}

function sharesOf(name: string, { protocol, policies }: Comparison): readonly number[] {
  return runMeans(policies[name]!).map((score) => score / protocol.maxScore!)
}

function improvement(ours: ScoresByStory, theirs: ScoresByStory): Aggregate {
  const strata = [...ours, ...theirs]
  return aggregates(strata, (drawn) => [
    probabilityOfImprovement(drawn.slice(0, ours.length), drawn.slice(ours.length)),
  ])[0]!
}

function aggregates(
  strata: ScoresByStory,
  statistics: (strata: ScoresByStory) => readonly number[],
): readonly Aggregate[] {
  const known = strata.every((runs) => runs.length > 1)
  const intervals = known ? stratifiedIntervals(strata, statistics, bootstrapRng()) : []
  return statistics(strata).map((value, index) => ({ value, interval: intervals[index] ?? null }))
}
