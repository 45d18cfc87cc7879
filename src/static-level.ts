import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type RunConfig, readRecordedRun, readRunHeader } from '../harness/index.ts'

/** What a run and a baseline must have in common. */
export interface Terms {
  readonly story: string
  readonly prior: string
  readonly stepLimit: number
  readonly temperature: number
}

/**
 * The mean score of the static policy on the same terms, over the runs that lie beside the run's folder; null where
 * there is none. Nothing is played for it.
 */
export function staticLevel(folder: string, terms: Terms): number | null {
  const scores = neighbours(folder).flatMap((each) => staticScores(each, terms))
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** Of a run that counts; most do not, and their logs are long. */
function staticScores(folder: string, terms: Terms): readonly number[] {
  try {
    return counts(readRunHeader(folder).config, terms) ? readRecordedRun(folder).episodes.map(({ score }) => score) : []
  } catch {
    // No run, or one that cannot be read: no baseline for anybody.
    return []
  }
}

function counts(config: RunConfig, { story, prior, stepLimit, temperature }: Terms): boolean {
  const same = config.stepLimit === stepLimit && config.temperature === temperature
  return config.policy.name === 'static' && same && config.story.id === story && config.prior.name === prior
}

/** The folders beside this one and, a comparison's way, those within them. */
function neighbours(folder: string): readonly string[] {
  const beside = foldersIn(dirname(folder))
  return [...beside, ...beside.flatMap(foldersIn)]
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
  } catch {
    return []
  }
}
