import type { RunConfig } from './events.ts'
import { jitrlSetting, presetOf } from './jitrl-parameters.ts'
import { presets } from './presets.ts'
import { publishedTerms } from './published-presets.ts'
import { defaultReward, rewardNames, rewardParametersOf } from './reward-names.ts'

type Value = number | string | boolean

/** Something that a run has otherwise than the preset that its policy is named for. */
export interface Deviation {
  readonly what: string
  readonly value: Value
  /** The preset's. */
  readonly usual: Value
}

/**
 * Every deviation from the preset, the published temperature, episodes and steps included; none for a policy without
 * presets. With another estimator than the preset's, its parameters are held against those that it usually brings.
 */
export function deviations({
  policy: { name, parameters },
  temperature,
  episodes,
  stepLimit,
}: Pick<RunConfig, 'policy' | 'temperature' | 'episodes' | 'stepLimit'>): readonly Deviation[] {
  const preset = presetOf(name)
  if (!hasPresets(name) || !(preset in presets)) return []
  const { estimator } = parameters
  const { parameters: all, shown } = jitrlSetting(name, typeof estimator === 'string' ? { estimator } : {})
  const usual: Readonly<Record<string, Value>> = {
    ...{ reward: defaultReward, ...rewardParametersOf(rewardNames.join()) },
    ...all,
    ...shown,
    estimator: jitrlSetting(name, {}).parameters.estimator,
  }
  const terms: Readonly<Record<string, number>> = publishedTerms[preset] ?? {}
  const played: Readonly<Record<string, Value>> = { ...parameters, temperature, episodes, steps: stepLimit }
  return Object.entries(played).flatMap(([what, value]) => {
    const expected = terms[what] ?? usual[what]
    return expected === undefined || expected === value ? [] : [{ what, value, usual: expected }]
  })
}

/** `beta 5 (preset: 1)`. */
export function deviationText({ what, value, usual }: Deviation): string {
  return `${what} ${value} (preset: ${usual})`
}

/** The temperature that the presets among some policies were published with, where they agree; else 1. */
export function temperatureOf(policies: readonly string[]): number {
  const published = policies.filter(hasPresets).map((name) => publishedTerms[presetOf(name)]?.temperature ?? 1)
  const [first = 1] = published
  return published.every((temperature) => temperature === first) ? first : 1
}

function hasPresets(policy: string): boolean {
  return /^(prompt-)?jitrl(:|$)/.test(policy)
}
