import type { z } from 'zod'
import {
  encoderNames,
  estimatorNames,
  isPolicyFile,
  type Overrides,
  parametersOf,
  rewardNames,
} from '../../harness/index.ts'
import { oneOf } from './one-of.ts'
import { UsageError } from './usage-error.ts'

/** How a command that agents play in is told what a learner remembers, and what it makes of that. */
export const learnerFlags = {
  estimator: oneOf(estimatorNames)
    .optional()
    .meta({
      value: 'E',
      description: `Where jitrl's advantages come from, else the preset's own: ${estimatorNames.join(' or ')}`,
    }),
  encoder: oneOf(encoderNames)
    .optional()
    .meta({
      value: 'NAME',
      description: `What its states are recognised by, else the preset's own: ${encoderNames.join(', ')}`,
    }),
  reward: oneOf(rewardNames).optional().meta({
    value: 'NAME',
    description: 'What its steps are worth: score, score+death, or evaluator (a model), each perhaps with ,novelty',
  }),
}

type LearnerFlags = z.output<z.ZodObject<typeof learnerFlags>>

/** The flags as parameters of those of the policies that have them. Throws `UsageError` where none has, or no model is there to evaluate. */
export function learnerOf(
  { estimator, encoder, reward, model }: LearnerFlags & { readonly model?: string | undefined },
  policies: readonly string[],
): (policy: string) => Overrides {
  const asked = Object.entries({ estimator, encoder, reward }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  const takes = (policy: string, name: string) => !isPolicyFile(policy) && parametersOf(policy).includes(name)
  for (const [name] of asked) {
    if (!policies.some((policy) => takes(policy, name)))
      throw new UsageError(`--${name} is about ${about(name)}: leave it out with ${policies.join(', ')}.`)
  }
  if (reward?.startsWith('evaluator') && model === undefined)
    throw new UsageError(`A model is the evaluator of --reward ${reward}: add --model M.`)
  return (policy) => Object.fromEntries(asked.filter(([name]) => takes(policy, name)))
}

function about(flag: string): string {
  return flag === 'encoder' ? 'jitrl, prompt-jitrl, cbr and tips' : 'jitrl and prompt-jitrl'
}

/** What a key made of the world's hash gives, to every run of a comparison alike. */
export function privilegesOf({ encoder }: LearnerFlags): { readonly given?: readonly ['world hash'] } {
  return encoder === 'world' ? { given: ['world hash'] } : {}
}
