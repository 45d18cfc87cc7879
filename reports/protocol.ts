import { isDeepStrictEqual } from 'node:util'
import type { GameSeedPolicy, PolicyInfo, RunConfig } from '../harness/index.ts'
import { printable, type ReportedRun } from './reported-run.ts'

/** All that has to be said beside a score for it to mean something; equal for every run of a comparison. */
export interface Protocol {
  /** The story's catalogue id. */
  readonly story: string
  readonly title: string
  readonly sha256: string
  /** Release and serial number, as in `88.840726`. */
  readonly release: string
  /** The highest score the story names; null where it names none. */
  readonly maxScore: number | null
  /** Seeds of the agent, ascending. */
  readonly seeds: readonly number[]
  readonly gameSeed: GameSeedPolicy
  /** Episodes asked for. */
  readonly episodes: number
  /** Episodes that every run has finished: fewer when it was broken off. */
  readonly finished: number
  readonly stepLimit: number
  readonly temperature: number
  readonly prior: RunConfig['prior']
  readonly handicaps: readonly string[]
  /** Each policy's parameters by its name. */
  readonly policies: Readonly<Record<string, PolicyInfo['parameters']>>
}

/** The runs differ in more than policy and seed, so no difference between their scores could be read. */
export class IncomparableRunsError extends Error {
  /** What differs, e.g. `step limit`. */
  readonly difference: string

  constructor(difference: string, message: string) {
    super(printable(message))
    this.name = 'IncomparableRunsError'
    this.difference = difference
  }
}

/** The run holds no finished episode, so it has no score. */
export class EmptyRunError extends Error {
  constructor(directory: string) {
    super(printable(`${directory} has no finished episode yet: run it again with the same --out and let it go on.`))
    this.name = 'EmptyRunError'
  }
}

/**
 * What the runs, all of one story, have in common.
 *
 * Throws `EmptyRunError`, and `IncomparableRunsError` when they differ in anything but policy and seed, when one policy
 * has two sets of parameters, or when a policy ran twice with one seed.
 */
export function protocolOf(runs: readonly ReportedRun[]): Protocol {
  const [first, ...others] = runs
  if (first === undefined) throw new RangeError('A protocol is that of at least one run.')
  for (const run of runs) if (run.episodes.length === 0) throw new EmptyRunError(run.directory)
  for (const other of others) requireSame(conditions(first), conditions(other), first, other)
  const policies = new Map<string, ReportedRun>()
  const cells = new Map<string, ReportedRun>()
  for (const run of runs) {
    const { policy, seed } = run.config
    const sibling = policies.get(policy.name) ?? run
    requireSame(parameters(sibling), parameters(run), sibling, run)
    policies.set(policy.name, sibling)
    const cell = JSON.stringify([policy.name, seed])
    const twin = cells.get(cell)
    if (twin !== undefined) {
      throw new IncomparableRunsError(
        'seed',
        `${twin.directory} and ${run.directory} are both ${policy.name} with seed ${seed}: leave one of them out.`,
      )
    }
    cells.set(cell, run)
  }
  const { story, gameSeed, episodes, stepLimit, temperature, prior, handicaps } = first.config
  return {
    story: story.id,
    title: story.title,
    sha256: story.sha256,
    release: `${story.release}.${story.serial}`,
    maxScore: highestScore(runs),
    seeds: [...new Set(runs.map((run) => run.config.seed))].sort((a, b) => a - b),
    gameSeed,
    episodes,
    finished: first.episodes.length,
    stepLimit,
    temperature,
    prior,
    handicaps,
    policies: Object.fromEntries([...policies].map(([name, run]) => [name, run.config.policy.parameters])),
  }
}

const FINISHED = 'number of finished episodes'

type Conditions = Readonly<Record<string, unknown>>

function conditions({ config, episodes }: ReportedRun): Conditions {
  return {
    'story hash': config.story.sha256,
    'number of episodes': config.episodes,
    'step limit': config.stepLimit,
    temperature: config.temperature,
    prior: config.prior,
    'game seeds': config.gameSeed,
    handicaps: [...config.handicaps].sort(),
    [FINISHED]: episodes.length,
  }
}

function parameters({ config }: ReportedRun): Conditions {
  return { [`parameters of ${config.policy.name}`]: config.policy.parameters }
}

function requireSame(ours: Conditions, theirs: Conditions, a: ReportedRun, b: ReportedRun): void {
  for (const [what, value] of Object.entries(ours)) {
    if (isDeepStrictEqual(value, theirs[what])) continue
    throw new IncomparableRunsError(
      what,
      `${a.directory} and ${b.directory} cannot be compared: they differ in ${what} ` +
        `(${JSON.stringify(value)} and ${JSON.stringify(theirs[what])}). ` +
        (what === FINISHED
          ? 'Run the shorter one again with the same --out: it goes on where it stopped.'
          : 'Compare runs that differ in policy and seed alone.'),
    )
  }
}

/** The story file's own word, else what its status line or its `score` command said while it was played. */
function highestScore(runs: readonly ReportedRun[]): number | null {
  const played = runs.flatMap(({ episodes }) => episodes.map(({ maxScore }) => maxScore))
  const named = [runs[0]?.config.story.maxScore ?? null, ...played]
  return named.find((score) => score !== null && score > 0) ?? null
}
