import type { ExperienceStore } from '../memory/index.ts'
import type { Policy, PolicyInfo, Prior, TextModel } from './contracts.ts'
import type { Estimator } from './estimator.ts'
import { GraphEstimator } from './graph-estimator.ts'
import {
  checkedNumber,
  checkWord,
  type JitRLSetting,
  jitrlParameterNames,
  jitrlSetting,
  type Overrides,
  presetOf,
  tiltParameterNames,
} from './jitrl-parameters.ts'
import { JitRLPolicy } from './jitrl-policy.ts'
import { ModelProposals } from './models/proposals.ts'
import { NeighbourEstimator } from './neighbour-estimator.ts'
import { defaultPreset, presets } from './presets.ts'
import { plainTilt } from './published-presets.ts'
import { RandomPolicy } from './random-policy.ts'
import { RelivingEstimator } from './reliving-estimator.ts'
import { defaultReward } from './reward-names.ts'
import { AdvisedPolicy } from './rivals/advised-policy.ts'
import { voteParameters } from './rivals/case-bank.ts'
import { humanPolicy, type Player, walkthroughPolicy } from './rivals/given-policy.ts'
import { promptRivals, votePolicy } from './rivals/rival-policies.ts'
import { StaticPolicy } from './static-policy.ts'
import { refuseUnknown } from './unknown-policy.ts'

export interface PolicyDeps {
  readonly prior: Prior
  readonly store: ExperienceStore
  /** Softmax temperature of the base policy, above 0. */
  readonly temperature: number
  /** The run's seed. */
  readonly seed: number
  /** Parameters to be set otherwise than in the preset, by name: `{ beta: 5, encoder: 'text' }`. */
  readonly overrides?: Overrides
  /** The model behind the prior, for policies that have it write and read. */
  readonly model?: TextModel
  /** The commands of `walkthrough`. */
  readonly script?: readonly string[]
  /** Whom `human` asks. */
  readonly player?: Player
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

/** Rivals that find what they know again by the tokens of a state. */
const encodingRivals: readonly string[] = ['cbr', 'cbr:vote', 'tips']

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

/** Whether a policy's decisions are made without its base policy. */
export function asksNoPrior(spec: string): boolean {
  return /^(random|human|walkthrough)(:|$)/u.test(spec)
}

/** What is going to be shown of a policy that has a model, as far as it is ours. Throws `UnknownPolicyError`. */
export function plannedPolicy(spec: string, overrides: Overrides): PolicyInfo {
  if (!policyNames.includes(spec)) return { name: spec, parameters: overrides }
  if (spec.startsWith('jitrl')) return { name: withoutDefault(spec), parameters: jitrlSetting(spec, overrides).shown }
  if (spec.startsWith('prompt-jitrl')) return advisedInfo(spec, jitrlSetting(spec, overrides))
  return { name: spec, parameters: overrides }
}

/** The names of the parameters that `createPolicy` takes for a policy of that name. */
export function parametersOf(spec: string): readonly string[] {
  if (spec.startsWith('jitrl')) return jitrlParameterNames
  if (spec.startsWith('prompt-jitrl')) return jitrlParameterNames.filter((name) => !tiltParameterNames.includes(name))
  const rivals = [['cbr:vote', { parameters: voteParameters }] as const, ...Object.entries(promptRivals)]
  const own = rivals.flatMap(([name, { parameters }]) => (name === spec ? Object.keys(parameters) : []))
  return encodingRivals.includes(spec) ? [...own, 'encoder'] : own
}

/** What of a policy's parameters makes `createPolicy` make it again. */
export function overridesOf({ name, parameters }: PolicyInfo): Overrides {
  const known = policyNames.includes(name) ? parametersOf(name) : null
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([parameter, value]) => {
      if (typeof value === 'boolean') return []
      return (known ? known.includes(parameter) : typeof value === 'number') ? [[parameter, value]] : []
    }),
  )
}

/** The policy that `spec` (`NAME[:PRESET]`) names. Throws `UnknownPolicyError` or `PolicyNeedsError`. */
export function createPolicy(spec: string, deps: PolicyDeps): Policy {
  refuseUnknown([spec], 'policy', policyNames)
  const { prior, temperature, model, overrides = {} } = deps
  if (spec.startsWith('jitrl')) return createJitRL(spec, deps)
  if (spec === 'cbr:vote') return votePolicy(ofRival(spec, deps), numbers(overrides, spec, voteParameters))
  if (needsModel(spec)) {
    if (model === undefined) throw new PolicyNeedsError(`${spec} learns by what a model reads: add --model M.`)
    if (spec.startsWith('prompt-jitrl')) return createAdvised(spec, deps)
    const rival = Object.entries(promptRivals).find(([name]) => name === spec)![1]
    return rival.create(ofRival(spec, deps), model, numbers(overrides, spec, rival.parameters))
  }
  refuseUnknown(Object.keys(overrides), `parameter of ${spec}`, [])
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
  const { prior, temperature, model, overrides = {} } = deps
  const setting = jitrlSetting(spec, overrides)
  const { parameters } = setting
  const info = { name: withoutDefault(spec), parameters: setting.shown }
  const common = { prior, temperature, estimator: estimatorOf(setting, deps) }
  if (parameters.estimator === 'graph')
    return new JitRLPolicy({ ...common, info, tilt: { ...plainTilt, beta: parameters.beta } })
  const { proposals } = parameters
  if (proposals === 0) return new JitRLPolicy({ ...common, info, tilt: parameters })
  if (model !== undefined)
    return new JitRLPolicy({ ...common, info, tilt: parameters, proposer: new ModelProposals(model, proposals) })
  if ('proposals' in overrides)
    throw new PolicyNeedsError(`A model makes the proposals of ${spec}: add --model M, or leave out proposals.`)
  // What is played is what the parameters say: every valid command is a candidate.
  return createJitRL(spec, { ...deps, overrides: { ...overrides, proposals: 0 } })
}

function createAdvised(spec: string, deps: PolicyDeps): Policy {
  const { overrides = {} } = deps
  refuseUnknown(Object.keys(overrides), `parameter of ${spec}`, parametersOf(spec))
  const setting = jitrlSetting(spec, overrides)
  return new AdvisedPolicy({
    info: advisedInfo(spec, setting),
    prior: deps.prior,
    temperature: deps.temperature,
    estimator: estimatorOf(setting, deps),
  })
}

function advisedInfo(spec: string, { shown }: JitRLSetting): PolicyInfo {
  const ofUse = Object.entries(shown).filter(([name]) => !tiltParameterNames.includes(name))
  return { name: withoutDefault(spec), parameters: Object.fromEntries(ofUse) }
}

/** Rewards other than points are in the memory alone, which is all that neighbours ever look at. */
function estimatorOf({ parameters, shown }: JitRLSetting, { store, seed, model }: PolicyDeps): Estimator {
  const { reward = defaultReward } = shown
  if (String(reward).startsWith('evaluator') && model === undefined)
    throw new PolicyNeedsError(`A model is the evaluator of --reward ${reward}: add --model M.`)
  if (parameters.estimator === 'knn') return new NeighbourEstimator(store, parameters, seed)
  const graph = () => new GraphEstimator(store, parameters)
  return reward === defaultReward ? graph() : new RelivingEstimator(graph)
}

function ofRival(spec: string, { prior, store, temperature, overrides = {} }: PolicyDeps) {
  const { encoder } = overrides
  if (encoder === undefined || !encodingRivals.includes(spec)) return { prior, store, temperature }
  checkWord('encoder', encoder)
  return { prior, store, temperature, encoder }
}

/** Overrides of a policy whose parameters are all numbers, but for the encoder. */
function numbers(overrides: Overrides, spec: string, usual: Readonly<Record<string, number>>) {
  refuseUnknown(Object.keys(overrides), `parameter of ${spec}`, parametersOf(spec))
  return Object.fromEntries(
    Object.entries(overrides).flatMap(([name, value]) =>
      name in usual ? [[name, checkedNumber(name, value, usual[name])] as const] : [],
    ),
  )
}

function withoutDefault(spec: string): string {
  return presetOf(spec) === defaultPreset ? spec.split(':')[0]! : spec
}
