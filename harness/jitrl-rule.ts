import type { NeighbourParameters, TiltParameters } from './published-presets.ts'

// The formulas of arXiv 2601.18510 and of what was made of it. Returns, V and Q are in the units of the rewards.

/** A recalled step, as far as the rule looks at it. */
export interface RecalledReturn {
  readonly action: string
  readonly return: number
  /** How much of a say it has. */
  readonly weight: number
}

export interface ActionValue {
  /** How many of the neighbours took this action. */
  readonly visits: number
  /** Null where nothing is known. */
  readonly q: number | null
  /** Q - V, not normalised. */
  readonly advantage: number
}

export type ValueRule = Pick<NeighbourParameters, 'alpha' | 'unseen' | 'baseline'> & {
  /** Probability of the benefit of the doubt. */
  readonly lambda: number
}

/**
 * Values of the actions from the neighbours' returns: V is their mean return, Q(a) that of those which took `a`. An
 * action that none of them took has Q = V + alpha / |N| if `uniform(a)` is below lambda; else it is worthless, Q = 0,
 * or neutral, A = 0. With the baseline `actions`, V is the mean of all these Q once an unseen action has one. Without
 * neighbours nothing is known, and every advantage is 0.
 */
export function neighbourValues(
  actions: readonly string[],
  neighbours: readonly RecalledReturn[],
  { lambda, alpha, unseen, baseline }: ValueRule,
  uniform: (action: string) => number,
): { readonly value: number; readonly actions: readonly ActionValue[] } {
  const mean = meanReturn(neighbours)
  if (mean === null) return { value: 0, actions: actions.map(() => ({ visits: 0, q: null, advantage: 0 })) }
  const known = actions.map((action) => {
    const taken = neighbours.filter((neighbour) => neighbour.action === action)
    if (taken.length > 0) return { visits: taken.length, q: meanReturn(taken) }
    if (uniform(action) < lambda) return { visits: 0, q: mean + alpha / neighbours.length }
    return { visits: 0, q: unseen === 'worthless' ? 0 : null }
  })
  const qs = known.flatMap(({ q }) => (q === null ? [] : [q]))
  const isUnseenAmong = known.some(({ visits, q }) => visits === 0 && q !== null)
  const value = baseline === 'actions' && isUnseenAmong ? qs.reduce((a, b) => a + b, 0) / qs.length : mean
  return {
    value,
    actions: known.map((each) => ({ ...each, advantage: each.q === null ? 0 : beyondRounding(each.q - value) })),
  }
}

/** Normalisation would make an advantage of what rounding has left of none. */
function beyondRounding(difference: number): number {
  return Math.abs(difference) < 1e-9 ? 0 : difference
}

/** A over its largest size, over the largest positive A (else the smallest one's size), or as it is; 0 stays 0. */
export function normalised(
  advantages: readonly number[],
  how: NeighbourParameters['normalise'] = 'largest',
): readonly number[] {
  if (how === 'none') return advantages
  const largest = Math.max(0, ...advantages.map((advantage) => (how === 'largest' ? Math.abs(advantage) : advantage)))
  const unit = largest > 0 ? largest : Math.abs(Math.min(0, ...advantages))
  return unit === 0 ? advantages : advantages.map((advantage) => advantage / unit)
}

/**
 * The authors' probability of the benefit of the doubt, p = clip(1 / (1 + c), .05, .8) with
 * c = (max(0, mean) / (1 + std / mean))^exponent * max(n / 4, 1): mean and standard deviation of the mean returns of the
 * n actions that at least two neighbours took. The better and the more alike these are, the less is explored.
 */
export function adaptiveChance(neighbours: readonly RecalledReturn[], exponent: number): number {
  const means = [...new Set(neighbours.map(({ action }) => action))]
    .map((action) => neighbours.filter((neighbour) => neighbour.action === action))
    .filter((taken) => taken.length >= 2)
    .map((taken) => meanReturn(taken) ?? 0)
  const n = means.length
  const mean = n === 0 ? 0 : means.reduce((a, b) => a + b, 0) / n
  if (mean <= 0) return 0.8
  const deviation = Math.sqrt(means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / n)
  const c = (mean / (1 + deviation / mean)) ** exponent * Math.max(n / 4, 1)
  return Math.min(0.8, Math.max(0.05, 1 / (1 + c)))
}

/** The threshold at a turn, the first being 1: it falls evenly. */
export function thresholdAt(
  turn: number,
  { threshold, thresholdFall, fallTurns }: Pick<NeighbourParameters, 'threshold' | 'thresholdFall' | 'fallTurns'>,
): number {
  return threshold - thresholdFall * Math.min(1, (turn - 1) / fallTurns)
}

/** The weight of A in an episode, the first being 1: it rises evenly until the episode `betaEpisodes`. */
export function betaAt(
  episode: number,
  { beta, betaRise, betaEpisodes }: Pick<TiltParameters, 'beta' | 'betaRise' | 'betaEpisodes'>,
): number {
  return beta + betaRise * Math.min(1, (episode - 1) / Math.max(1, betaEpisodes - 1))
}

/** Whether the last six commands are one, two or three commands over and over. */
export function isGoingInCircles(commands: readonly string[]): boolean {
  const last = commands.slice(-6)
  const isPeriodic = (period: number) => last.every((command, at) => at < period || command === last[at - period])
  return last.length === 6 && [1, 2, 3].some(isPeriodic)
}

/** Weighted; null of none. */
export function meanReturn(steps: readonly RecalledReturn[]): number | null {
  const weights = steps.reduce((sum, { weight }) => sum + weight, 0)
  return weights === 0 ? null : steps.reduce((sum, { weight, ...step }) => sum + weight * step.return, 0) / weights
}
