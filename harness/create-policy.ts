import { nearestNames } from '../games/index.ts'
import type { ExperienceStore } from '../memory/index.ts'
import type { Policy, Prior } from './contracts.ts'
import { GraphEstimator } from './graph-estimator.ts'
import { JitRLPolicy } from './jitrl-policy.ts'
import { NeighbourEstimator } from './neighbour-estimator.ts'
import { defaultPreset, type JitRLParameters, presets } from './presets.ts'
import { RandomPolicy } from './random-policy.ts'
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
}

/** No policy goes by this name, or it has no such parameter. */
export class UnknownPolicyError extends Error {
  override readonly name = 'UnknownPolicyError'
}

/** Every name that `createPolicy` takes. */
export const policyNames: readonly string[] = [
  'static',
  'random',
  'jitrl',
  ...Object.keys(presets).map((preset) => `jitrl:${preset}`),
]

/** The policy that `spec` (`NAME[:PRESET]`) names. Throws `UnknownPolicyError`. */
export function createPolicy(spec: string, deps: PolicyDeps): Policy {
  if (!policyNames.includes(spec)) throw new UnknownPolicyError(unknown('policy', spec, policyNames))
  const overrides = deps.overrides ?? {}
  if (spec === 'static' || spec === 'random') {
    refuseUnknown(overrides, spec, [])
    return spec === 'static' ? new StaticPolicy(deps.prior, deps.temperature) : new RandomPolicy()
  }
  return createJitRL(spec, overrides, deps)
}

function createJitRL(spec: string, overrides: Readonly<Record<string, number>>, deps: PolicyDeps): Policy {
  const { prior, store, temperature, seed } = deps
  const preset = Object.entries<JitRLParameters>(presets).find(([name]) => name === presetOf(spec))![1]
  refuseUnknown(
    overrides,
    spec,
    Object.keys(preset).filter((name) => name !== 'estimator'),
  )
  const parameters: JitRLParameters = { ...preset, ...overrides }
  const name = presetOf(spec) === defaultPreset ? 'jitrl' : spec
  return new JitRLPolicy({
    info: { name, parameters: { ...parameters } },
    prior,
    temperature,
    beta: parameters.beta,
    estimator:
      parameters.estimator === 'knn'
        ? new NeighbourEstimator(store, parameters, seed)
        : new GraphEstimator(store, parameters),
  })
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
