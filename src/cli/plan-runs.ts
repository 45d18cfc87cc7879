import { join } from 'node:path'
import type { z } from 'zod'
import { type Overrides, temperatureOf } from '../../harness/index.ts'
import type { RunRequest } from '../run.ts'
import { commandLine } from './command-line.ts'
import { wholeNumber } from './flags.ts'
import { learnerOf, privilegesOf } from './learner-flags.ts'
import { memoryFlags, memoryLimitFlags, memoryLimitOf, memoryOf } from './memory-flags.ts'
import { modelOf, refuseIdleSampler } from './model-flags.ts'
import { jobsFlag } from './play-out.ts'
import { runFlags } from './run-flags.ts'

/** The flags of a command that plays the same on several seeds; `each`: what is played on every seed. */
export function gridFlags(each: string) {
  return {
    seeds: wholeNumber(1, 10_000)
      .prefault('5')
      .meta({ value: 'K', description: `Seeds 1 to K for each ${each}` }),
    episodes: wholeNumber(1).prefault('30').meta({ value: 'N', description: 'Episodes of each run' }),
    steps: wholeNumber(1).prefault('60').meta({ value: 'M', description: 'Most turns of an episode' }),
    ...runFlags,
    ...memoryFlags,
    ...memoryLimitFlags,
    jobs: jobsFlag(),
  }
}

type Flags = z.output<z.ZodObject<typeof runFlags>> &
  Partial<z.output<z.ZodObject<typeof memoryFlags & typeof memoryLimitFlags>>> & {
    readonly story: string
    readonly episodes: number
    readonly steps: number
  }

/** What distinguishes a run from the others that the same command asks for. */
interface Place {
  readonly policy: string
  readonly seed: number
  readonly out: string
  /** They win over `--estimator` and its like. */
  readonly parameters?: Overrides
}

/** The runs that a command's flags ask for; `directory` holds all of them. Throws `UsageError` where flags contradict each other. */
export function planRuns(flags: Flags, policies: readonly string[], directory: string): (place: Place) => RunRequest {
  const { story, episodes, steps: stepLimit, gameSeed, temperature = temperatureOf(policies) } = flags
  const learner = learnerOf(flags, policies)
  const [memory, memoryLimit] = [memoryOf(flags), memoryLimitOf(flags, policies)]
  const model = modelOf(flags, join(directory, 'answers'), policies)
  const common = { ...privilegesOf(flags), model, memory, memoryLimit, gameSeed, episodes, stepLimit, temperature }
  const command = commandLine()
  return ({ policy, seed, out, parameters: own = {} }) => {
    const parameters = { ...learner(policy), ...own }
    refuseIdleSampler(model, policy, parameters)
    return { ...{ story, policy, parameters }, ...common, ...{ seed, command, out } }
  }
}
