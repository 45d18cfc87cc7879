import type { PolicyInfo } from './contracts.ts'
import { rangeMissed } from './parameter-ranges.ts'
import { defaultPreset, type GraphParameters, presets } from './presets.ts'
import {
  completed,
  type NeighbourParameters,
  neighbourParameterNames,
  parameterWords,
  plainTilt,
  publishedPresets,
} from './published-presets.ts'
import { defaultReward, rewardNames, rewardParametersOf } from './reward-names.ts'
import { encoderNames } from './state-encoder.ts'
import { refuseUnknown, UnknownPolicyError } from './unknown-policy.ts'

/** Parameters to be set otherwise than usual, by name: numbers and words. */
export type Overrides = Readonly<Record<string, number | string>>

type JitRLParameters = NeighbourParameters | GraphParameters

/** All that decides how a preset plays, and what of it a result names: what the preset states and what was changed. */
export interface JitRLSetting {
  readonly parameters: JitRLParameters
  readonly shown: PolicyInfo['parameters']
}

export const estimatorNames = ['knn', 'graph'] as const

const words: Readonly<Record<string, readonly string[]>> = {
  ...parameterWords,
  estimator: estimatorNames,
  encoder: encoderNames,
  reward: rewardNames,
}

/** Every name that some preset takes a value for. */
export const jitrlParameterNames: readonly string[] = [
  ...new Set([
    'reward',
    ...Object.keys(rewardParametersOf(rewardNames.join())),
    ...neighbourParameterNames,
    ...Object.keys(presets.grue),
  ]),
]

/** What tilts logits and chooses candidates, and so has no effect where JitRL's advantages are only told of. */
export const tiltParameterNames: readonly string[] = [...Object.keys(plainTilt), 'beta', 'proposals', 'remembered']

/** What `NAME:PRESET` says behind the colon, the default preset where it says nothing. */
export function presetOf(spec: string): string {
  return spec.split(':')[1] ?? defaultPreset
}

/**
 * The setting of a preset with overrides. Another estimator than the preset's brings the parameters of the preset that it
 * is from (`knn`: paper, `graph`: grue), with this one's encoder; every valid command is then a candidate, as ever in
 * grue. Throws `UnknownPolicyError`.
 */
export function jitrlSetting(spec: string, overrides: Overrides): JitRLSetting {
  const preset = Object.entries(presets).find(([name]) => name === presetOf(spec))![1]
  const { estimator = preset.estimator, reward = defaultReward, ...changes } = overrides
  checkWord('estimator', estimator)
  checkWord('reward', reward)
  const { encoder } = preset
  const stated =
    estimator === preset.estimator
      ? preset
      : estimator === 'graph'
        ? { ...presets.grue, encoder }
        : { ...publishedPresets.paper, encoder, proposals: 0 }
  const rewards = reward === defaultReward ? {} : { reward, ...rewardParametersOf(String(reward)) }
  const parameters = stated.estimator === 'knn' ? completed(stated) : stated
  checkAll(changes, spec, { ...parameters, ...rewards })
  return { parameters: { ...parameters, ...changes }, shown: { ...stated, ...rewards, ...changes } }
}

/** Names, and numbers where numbers are meant and words where words are. */
function checkAll(changes: Overrides, spec: string, usual: Readonly<Record<string, number | string>>): void {
  refuseUnknown(Object.keys(changes), `parameter of ${spec}`, Object.keys(usual))
  for (const [name, value] of Object.entries(changes)) {
    if (name in words) checkWord(name, value)
    else checkedNumber(name, value, usual[name])
  }
}

/** Throws `UnknownPolicyError`. */
export function checkedNumber(name: string, value: number | string, usual: number | string | undefined): number {
  if (typeof value !== 'number')
    throw new UnknownPolicyError(`${name} must be a number, such as ${usual}, not "${value}".`)
  const range = rangeMissed(name, value)
  if (range === null) return value
  throw new UnknownPolicyError(`${name} must be ${range}, not ${value}.`)
}

export function checkWord(name: string, value: number | string): void {
  refuseUnknown([String(value)], name, words[name] ?? [])
}
