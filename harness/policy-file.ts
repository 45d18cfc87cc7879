import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { MemoryError } from '../memory/index.ts'
import type { Decision, Policy, Prior, Rng, TextModel, Transition, View } from './contracts.ts'
import { type PolicyDeps, policyNames } from './create-policy.ts'
import { decisionSchema } from './event-schema.ts'
import type { Overrides } from './jitrl-parameters.ts'
import { ModelError } from './models/model-error.ts'
import { BudgetError } from './models/spending.ts'
import { baseLogits, type Estimate, noEstimate, tiltedDecision } from './tilt.ts'

/** What the default export of a policy file is called with. `docs/policies.md` explains it. */
export interface PolicyFileDeps {
  readonly prior: Prior
  readonly store: PolicyDeps['store']
  readonly temperature: number
  readonly seed: number
  /** What `--set NAME=X` says. */
  readonly parameters: Overrides
  /** Null with a prior that is no model. */
  readonly model: TextModel | null
  /** z of the base policy for the view's valid actions. */
  logits(view: View): Promise<readonly number[]>
  /**
   * softmax(logits + advantages), one draw from it and the table that screens show; without advantages the base. Throws
   * `RangeError` unless there is a finite number for each valid action.
   */
  decide(view: View, logits: readonly number[], rng: Rng, advantages?: readonly number[]): Decision
}

/** A policy file is missing, is no such file or fails, or what it makes is no policy. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError'
}

/** Whether a policy is named by its file: `./mine.js`, an absolute path, or anything that ends in `.js` or `.mjs`. */
export function isPolicyFile(spec: string): boolean {
  return /^\.{0,2}\/|\.m?js$/u.test(spec)
}

/** The policy that a file's default export makes. Throws `PolicyFileError`; so does the policy where the file's code fails. */
export async function loadPolicyFile(path: string, deps: PolicyDeps): Promise<Policy> {
  const factory = await importFactory(path)
  const made = await blamed(path, 'its function', () => factory(fileDeps(deps)))
  const shape = policyShape.safeParse(made)
  if (shape.success) return checked(made, shape.data, path)
  const issue = shape.error.issues[0]
  throw new PolicyFileError(
    `${path} makes no policy: ${issue?.path.join('.') || 'what it returns'} is wrong (${issue?.message}). docs/policies.md shows one.`,
  )
}

/** Throws `PolicyFileError` where the file is missing, cannot be loaded or exports no function. */
export async function refusePolicyFile(path: string): Promise<void> {
  await importFactory(path)
}

async function importFactory(path: string): Promise<(deps: PolicyFileDeps) => unknown> {
  let loaded: { readonly default?: unknown }
  try {
    loaded = await import(pathToFileURL(resolve(path)).href)
  } catch (error) {
    throw new PolicyFileError(`The policy file ${path} cannot be loaded: ${firstLine(error)}.`)
  }
  const { default: factory } = loaded
  if (typeof factory === 'function') return (deps) => factory(deps)
  throw new PolicyFileError(`${path} has no function as its default export. docs/policies.md shows one.`)
}

/** What a policy's tools throw at it: errors with advice of their own, and the reason to stop of an `AbortSignal`. */
const errorsOfTools = [ModelError, BudgetError, MemoryError, DOMException]

async function blamed<T>(path: string, what: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw fileFailure(path, what, error)
  }
}

function fileFailure(path: string, what: string, error: unknown): unknown {
  if (errorsOfTools.some((kind) => error instanceof kind)) return error
  const { stack = '' } = error instanceof Error ? error : {}
  const frame = stack.split('\n').find((each) => each.includes(resolve(path)))
  const line = frame?.match(/:(\d+):\d+\)?$/u)?.[1]
  return new PolicyFileError(`${path}: ${what} failed: ${firstLine(error)}${line ? ` (line ${line})` : ''}.`)
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!
}

function fileDeps({ prior, store, temperature, seed, overrides = {}, model }: PolicyDeps): PolicyFileDeps {
  return {
    prior,
    store,
    temperature,
    seed,
    parameters: overrides,
    model: model ?? null,
    logits: async (view) => baseLogits((await prior.score(view)).logProbabilities, temperature),
    decide(view, logits, rng, advantages) {
      const nothing = noEstimate(view.validActions)
      refuseOtherThanOneEach('logits', logits, view)
      if (advantages) refuseOtherThanOneEach('advantages', advantages, view)
      const actions = nothing.actions.map((action, index) => ({ ...action, advantage: advantages?.[index] ?? 0 }))
      const estimate: Estimate = { ...nothing, actions }
      return tiltedDecision(view, logits, estimate, 1, rng.next())
    },
  }
}

function refuseOtherThanOneEach(what: string, numbers: readonly unknown[], { validActions }: View): void {
  if (numbers.length !== validActions.length)
    throw new RangeError(`there are ${validActions.length} valid actions, and ${numbers.length} ${what}`)
  const wrong = numbers.findIndex((number) => !Number.isFinite(number))
  if (wrong !== -1) throw new RangeError(`${what}[${wrong}] must be a finite number, not ${numbers[wrong]}`)
}

const callable = z.custom<(...words: never[]) => unknown>((value) => typeof value === 'function', 'must be a function')

const policyShape = z.looseObject({
  info: z.object({
    name: z
      .string()
      .min(1)
      // Reports put runs of one name together.
      .refine((name) => !policyNames.includes(name), "must not be the name of one of grue's own"),
    parameters: z
      .record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
      // Runs are compared that have the same parameters.
      .refine((parameters) => !('seed' in parameters), "must leave out seed, which is the run's own"),
  }),
  decide: callable,
  begin: callable.optional(),
  observe: callable.optional(),
  end: callable.optional(),
})

/** The file's own contents are among its parameters: a run does not go on with another policy under the same name. */
function checked(made: unknown, shape: z.output<typeof policyShape>, path: string): Policy {
  const file = createHash('sha256')
    .update(readFileSync(resolve(path)))
    .digest('hex')
    .slice(0, 8)
  // Called on the object itself, of which the shape is a copy: a class's methods need their `this`.
  const call = (method: unknown, ...words: readonly unknown[]): unknown =>
    typeof method === 'function' ? method.apply(made, words) : undefined
  const observed = (transition: Transition): unknown => {
    try {
      return call(shape.observe, transition)
    } catch (error) {
      throw fileFailure(path, 'observe', error)
    }
  }
  return {
    info: { name: shape.info.name, parameters: { ...shape.info.parameters, file } },
    begin: async (episode) => void (await blamed(path, 'begin', () => call(shape.begin, episode))),
    decide: async (view, rng) =>
      checkedDecision(await blamed(path, 'decide', () => call(shape.decide, view, rng)), path),
    observe(transition) {
      const result = observed(transition)
      if (!(result instanceof Promise)) return
      result.catch(() => {})
      throw new PolicyFileError(`${path}: observe must not be async.`)
    },
    end: async (end) => void (await blamed(path, 'end', () => call(shape.end, end))),
  }
}

function checkedDecision(value: unknown, path: string): Decision {
  const parsed = decisionSchema.safeParse(value)
  const [issue] = parsed.error?.issues ?? []
  const fault = parsed.success ? faultOf(parsed.data) : `${issue?.path.join('.')} is wrong (${issue?.message})`
  if (parsed.success && fault === null) return parsed.data
  throw new PolicyFileError(`${path} made a broken decision: ${fault}.`)
}

/** Beyond what rounding does. */
const tolerance = 1e-6

/** What a decision of the right shape must not be; null where nothing is wrong. */
function faultOf({ candidates, chosen, staticChoice }: Decision): string | null {
  if (chosen.trim() === '' || /\p{Cc}/u.test(chosen)) return 'chosen must be one line with a command'
  for (const [name, choice] of Object.entries({ chosen, staticChoice }))
    if (!candidates.some(({ action }) => action === choice))
      return `${name} must be one of the candidates, not ${JSON.stringify(choice)}`
  for (const name of ['prior', 'probability'] as const) {
    const shares = candidates.map((candidate) => candidate[name])
    const negative = shares.findIndex((share) => share < 0)
    if (negative !== -1) return `candidates.${negative}.${name} must be 0 to 1, not ${shares[negative]}`
    const sum = shares.reduce((a, b) => a + b, 0)
    if (Math.abs(sum - 1) > tolerance) return `the candidates' ${name} must sum to 1, not ${sum}`
  }
  return null
}
