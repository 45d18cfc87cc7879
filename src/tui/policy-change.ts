import { nearestNames } from '../../games/index.ts'
import { needsModel, policyNames, presets } from '../../harness/index.ts'

/** Who is to decide from the next turn on: a policy by name, or the present one with other parameters. */
export interface PolicyChange {
  readonly policy: string | null
  readonly parameters: Readonly<Record<string, number>>
}

export const policyHint = 'beta=5, lambda=.3, static, jitrl:paper'

/** Who plays what a person gives: that is no policy to be put in charge of a screen. */
const givenPolicies = ['walkthrough', 'human']

/** Every parameter that some preset has, and every policy: what can be typed. */
export const policyWords: readonly string[] = [
  ...new Set(Object.values(presets).flatMap((preset) => numbersOf(preset).map((name) => `${name}=`))),
  ...policyNames.filter((name) => !givenPolicies.includes(name)),
]

/**
 * `beta=5 jitrl:paper` as a change, or what is wrong with it. `current` is the policy that plays now, `hasModel` whether
 * the run asks a model.
 */
export function policyChange(text: string, current: string, hasModel: boolean): PolicyChange | string {
  const words = text.trim().split(/[\s,]+/)
  const names = words.filter((word) => word !== '' && !word.includes('='))
  const [policy = null, second] = names
  if (second !== undefined) return 'Name one policy.'
  if (policy !== null && !policyNames.includes(policy)) return unknown('policy', policy, policyNames)
  if (policy !== null && givenPolicies.includes(policy)) return `${policy} cannot take over here: t types a command.`
  if (policy !== null && needsModel(policy) && !hasModel) return `${policy} needs a model, and this run asks none.`
  const known = parametersOf(policy ?? current)
  const parameters: Record<string, number> = {}
  for (const word of words.filter((each) => each.includes('='))) {
    const [name = '', value = ''] = word.split('=')
    const number = Number(value)
    if (!known.includes(name)) return unknown('parameter', name, known)
    if (value === '' || !Number.isFinite(number)) return `${name} must be a number, not "${value}".`
    parameters[name] = number
  }
  if (policy === null && Object.keys(parameters).length === 0) return `Change what? ${policyHint}.`
  return { policy, parameters }
}

function parametersOf(policy: string): readonly string[] {
  const [name = '', preset = 'grue'] = policy.split(':')
  if (name !== 'jitrl') return []
  return Object.entries(presets)
    .filter(([key]) => key === preset)
    .flatMap(([, parameters]) => numbersOf(parameters))
}

function numbersOf(preset: object): readonly string[] {
  return Object.entries(preset)
    .filter(([, value]) => typeof value === 'number')
    .map(([name]) => name)
}

function unknown(what: string, name: string, known: readonly string[]): string {
  if (known.length === 0) return `The policy has no ${what} "${name}": it has none.`
  const near = nearestNames(name, known)
  return `There is no ${what} "${name}". ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are: ${known.join(', ')}.`}`
}
