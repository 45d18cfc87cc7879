import { nearestNames } from '../games/index.ts'
import type { ExperienceStore } from '../memory/index.ts'
import type { Policy, Prior, TextModel } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import { GraphEstimator } from './graph-estimator.ts'
import { JitRLPolicy } from './jitrl-policy.ts'
import { NeighbourEstimator } from './neighbour-estimator.ts'
import { defaultPreset, type JitRLParameters, presets } from './presets.ts'
import { RandomPolicy } from './random-policy.ts'
import { AdvisedPolicy } from './rivals/advised-policy.ts'
import { voteParameters } from './rivals/case-bank.ts'
import { humanPolicy, type Player, walkthroughPolicy } from './rivals/given-policy.ts'
import { promptRivals, votePolicy } from './rivals/rival-policies.ts'
import { StaticPolicy } from './static-policy.ts'

export interface PolicyDeps {
  readonly prior: Prior
  readonly store: ExperienceStore
  /** Softmax temperature of the base policy, above 0. */
  readonly temperature: number
  /** The run's seed. */
  readonly seed: number
  /** Parameters to be set otherwise than in the preset, by name: `{ beta: 5 }`. */
  readonly overrides?: Readonly<Record<string, number>>
  /** The model behind the prior, for policies that have it write and read. */
  readonly model?: TextModel
  /** The commands of `walkthrough`. */
  readonly script?: readonly string[]
  /** Whom `human` asks. */
  readonly player?: Player
}

/** No policy goes by this name, or it has no such parameter. */
export class UnknownPolicyError extends Error {
  override readonly name = 'UnknownPolicyError'
}

/** The policy cannot do without something that it was not given. */
export class PolicyNeedsError extends Error {
  override readonly name = 'PolicyNeedsError'
}

const presetNames = Object.keys(presets)
const modelPolicies = [
  ...Object.keys(promptRivals),
  'prompt-jitrl',
  ...presetNames.map((preset) => `prompt-jitrl:${preset}`),
]

/** Every name that `createPolicy` takes. */
export const policyNames: readonly string[] = [
  'static',
  'random',
  'jitrl',
  ...presetNames.map((preset) => `jitrl:${preset}`),
  ...modelPolicies,
  'cbr:vote',
  'walkthrough',
  'human',
]

/** Whether a policy learns by what a model reads, so that no other prior will do. */
export function needsModel(spec: string): boolean {
  return modelPolicies.includes(spec)
}

/** The policy that `spec` (`NAME[:PRESET]`) names. Throws `UnknownPolicyError` or `PolicyNeedsError`. */
export function createPolicy(spec: string, deps: PolicyDeps): Policy {
  if (!policyNames.includes(spec)) throw new UnknownPolicyError(unknown('policy', spec, policyNames))
  const { prior, store, temperature, model, overrides = {} } = deps
  if (spec.startsWith('jitrl')) return createJitRL(spec, deps)
  if (spec === 'cbr:vote') {
    refuseUnknown(overrides, spec, Object.keys(voteParameters))
    return votePolicy({ prior, store, temperature }, overrides)
  }
  if (needsModel(spec)) {
    if (model === undefined) throw new PolicyNeedsError(`${spec} learns by what a model reads: add --model M.`)
    if (spec.startsWith('prompt-jitrl')) return createAdvised(spec, deps)
    const rival = Object.entries(promptRivals).find(([name]) => name === spec)![1]
    refuseUnknown(overrides, spec, Object.keys(rival.parameters))
    return rival.create({ prior, store, temperature }, model, overrides)
  }
  refuseUnknown(overrides, spec, [])
  switch (spec) {
    case 'static':
      return new StaticPolicy(prior, temperature)
    case 'walkthrough':
      if (deps.script === undefined) throw new PolicyNeedsError('walkthrough needs its commands: walkthrough:FILE.')
      return walkthroughPolicy(deps.script)
    case 'human':
      if (deps.player === undefined) throw new PolicyNeedsError('human needs somebody to ask: play in "grue learn".')
      return humanPolicy(deps.player)
    default:
      return new RandomPolicy()
  }
}

function createJitRL(spec: string, deps: PolicyDeps): Policy {
  const parameters = parametersOf(spec, deps)
  return new JitRLPolicy({
    info: { name: withoutDefault(spec), parameters: { ...parameters } },
    prior: deps.prior,
    temperature: deps.temperature,
    beta: parameters.beta,
    estimator: estimatorOf(parameters, deps),
  })
}

/** Its beta would tilt logits that are left alone here: a parameter without effect is not shown. */
function createAdvised(spec: string, deps: PolicyDeps): Policy {
  const parameters = parametersOf(spec, deps)
  const { beta: _, ...shown } = parameters
  return new AdvisedPolicy({
    info: { name: withoutDefault(spec), parameters: shown },
    prior: deps.prior,
    temperature: deps.temperature,
    estimator: estimatorOf(parameters, deps),
  })
}

function parametersOf(spec: string, { overrides = {} }: PolicyDeps): JitRLParameters {
  const preset = Object.entries<JitRLParameters>(presets).find(([name]) => name === presetOf(spec))![1]
  refuseUnknown(
    overrides,
    spec,
    Object.keys(preset).filter((name) => name !== 'estimator' && name !== 'encoder'),
  )
  return { ...preset, ...overrides }
}

function estimatorOf(parameters: JitRLParameters, { store, seed }: PolicyDeps): Estimator {
  return parameters.estimator === 'knn'
    ? new NeighbourEstimator(store, parameters, seed)
    : new GraphEstimator(store, parameters)
}

function withoutDefault(spec: string): string {
  return presetOf(spec) === defaultPreset ? spec.split(':')[0]! : spec
}

function presetOf(spec: string): string {
  return spec.split(':')[1] ?? defaultPreset
}

function refuseUnknown(overrides: Readonly<Record<string, number>>, spec: string, known: readonly string[]): void {
  const stranger = Object.keys(overrides).find((name) => !known.includes(name))
  if (stranger !== undefined) throw new UnknownPolicyError(unknown(`parameter of ${spec}`, stranger, known))
}

function unknown(what: string, name: string, known: readonly string[]): string {
  if (known.length === 0) return `There is no ${what} called "${name}": it has none.`
  const nearest = nearestNames(name, known)
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.map((near) => `"${near}"`).join(' or ')}?` : ''
  return `There is no ${what} called "${name}".${hint} There are: ${known.join(', ')}.`
}
