import { z } from 'zod'
import { type GameSeedPolicy, isPolicyFile, type Overrides, policyNames } from '../../harness/index.ts'
import { learnerFlags } from './learner-flags.ts'
import { modelFlags } from './model-flags.ts'
import { refuseStranger } from './one-of.ts'

// The flags of the commands that agents play in. Messages go on from the flag's name: "--policy must be ...".

function positiveNumber() {
  const message = 'must be a number above 0'
  return z
    .string()
    .regex(/^(\d+\.?\d*|\.\d+)$/, message)
    .transform(Number)
    .refine((value) => value > 0 && Number.isFinite(value), message)
}

const nobodyToAsk = 'must leave out human, who can only play in "grue learn"'

/** Comma-separated policies, each once, that play by themselves. */
export function policyList() {
  return z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .superRefine((names, context) => {
      for (const name of names) refusePolicy(name, context)
      if (names.includes('human')) context.addIssue(nobodyToAsk)
      if (new Set(names).size < names.length) context.addIssue('must name each policy once')
    })
}

export function policy() {
  return z.string().superRefine(refusePolicy)
}

/** A policy that plays by itself. */
export function agent() {
  return policy().refine((name) => name !== 'human', nobodyToAsk)
}

function refusePolicy(name: string, context: z.RefinementCtx): void {
  if (isPolicyFile(name) || /^walkthrough:./.test(name)) return
  if (name === 'walkthrough') context.addIssue('must say which walkthrough: walkthrough:FILE')
  refuseStranger(name, policyNames, context)
}

/** `per-episode`, `fixed:N` or `story`. */
function gameSeed() {
  const message = 'must be per-episode, fixed:N or story'
  return z
    .string()
    .regex(/^(per-episode|fixed:\d+|story)$/, message)
    .transform((text): GameSeedPolicy => {
      const [type, seed] = text.split(':')
      if (type === 'fixed') return { type, seed: Number(seed) }
      return { type: type === 'story' ? 'story' : 'per-episode' }
    })
    .refine((policy) => policy.type !== 'fixed' || Number.isSafeInteger(policy.seed), message)
}

/** A parameter's value: a number or a word. */
export const settingPattern = String.raw`(?:-?(?:\d+\.?\d*|\.\d+)|[a-z][a-z+-]*)`

export function settingValue(text: string): number | string {
  return Number.isNaN(Number(text)) ? text : Number(text)
}

/** `NAME=X`, repeatable. */
export function settings() {
  return z
    .array(z.string().regex(new RegExp(`^\\w+=${settingPattern}$`), 'must be NAME=X, a number or a word'))
    .transform((pairs): Overrides => {
      return Object.fromEntries(
        pairs.map((pair) => pair.split('=')).map(([name = '', value = '']) => [name, settingValue(value)]),
      )
    })
}

/** What every run is asked by, whichever command asks. */
export const runFlags = {
  ...modelFlags,
  ...learnerFlags,
  gameSeed: gameSeed().prefault('per-episode').meta({
    value: 'HOW',
    description: "Seeds of the story's own random numbers: per-episode, fixed:N, or story for the one that is its own",
  }),
  temperature: positiveNumber()
    .optional()
    .meta({ value: 'T', description: "Softmax temperature of the base policy, else the preset's: .8 in paper, 1" }),
}
