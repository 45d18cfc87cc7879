import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { RecordedRun } from '../../harness/index.ts'
import type { Ceiling } from '../../reports/index.ts'
import { openStory } from '../open-story.ts'
import { readCommands } from './command-file.ts'
import { UsageError } from './usage-error.ts'

const seeded = z.object({ seed: z.int().nonnegative() })

/**
 * What a walkthrough makes in as many commands as the runs had steps, and in all. A JSON file may name the `seed` of the
 * story's own random numbers that it was written for.
 */
export function walkthroughCeilings(path: string, runs: readonly RecordedRun[]): readonly Ceiling[] {
  const [first, ...others] = runs.map(({ config }) => config)
  if (first === undefined) return []
  if (others.some(({ story }) => story.sha256 !== first.story.sha256))
    throw new UsageError('--walkthrough is for a report about one story: name the runs of one story alone.')
  const environment = openStory(first.story.id)
  const { sha256 } = environment.story
  if (sha256 !== first.story.sha256)
    throw new UsageError(
      `--walkthrough needs the story that was played (SHA-256 ${first.story.sha256}), but ${first.story.id} is another file here.`,
    )
  const commands = readCommands(path)
  const seed = seedOf(path)
  let score = environment.reset({ seed }).observation.score ?? 0
  let inTime = score
  let steps = 0
  for (const command of commands) {
    const time = environment.step(command)
    steps++
    score = time.observation.score ?? score
    if (steps <= first.stepLimit) inTime = score
    if (time.terminated) break
  }
  const told = `a person’s ${steps} commands, game seed ${seed}`
  const short = {
    sha256,
    episodes: null,
    label: `walkthrough, ${Math.min(steps, first.stepLimit)} steps`,
    score: inTime,
  }
  const whole = { sha256, episodes: null, label: 'whole walkthrough', score, stepLimit: steps, protocol: told }
  const within = { ...short, stepLimit: first.stepLimit, protocol: `the first of ${told}` }
  return steps <= first.stepLimit ? [{ ...within, protocol: told }] : [within, whole]
}

function seedOf(path: string): number {
  try {
    return seeded.parse(JSON.parse(readFileSync(path, 'utf8'))).seed
  } catch {
    return 1
  }
}
