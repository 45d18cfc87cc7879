/** What points come from, in every list: 0 is death, 1 all losses, from 2 on the gains, a place and a command each. */
export const death = 0
export const losses = 1
export const firstGain = 2

/**
 * What is expected of a plan, by source. `points[s]`: expected points; of `death` the probability. `moments[s]`: the sum
 * of points times the steps until they come, so that moments[s] / points[s] is when they come, 1 being the next step.
 * A source that the lists are too short for gives nothing.
 */
export interface Prospect {
  readonly points: number[]
  readonly moments: number[]
}

export interface Terms {
  /** Discount a step. */
  readonly gamma: number
  /** Price of a death, in points. */
  readonly deathPrice: number
}

/** What would come in the last steps of the time may come too late: so many steps before its end it begins to fade. */
const margin = 3

export function noProspect(): Prospect {
  return { points: [], moments: [] }
}

/** Adds another prospect by its weight, all of it so many steps later: 1 for a successor's. */
export function addProspect({ points, moments }: Prospect, other: Prospect, weight: number, later: number): void {
  for (let source = 0; source < other.points.length; source++) {
    const expected = weight * other.points[source]!
    points[source] = (points[source] ?? 0) + expected
    moments[source] = (moments[source] ?? 0) + later * expected + weight * other.moments[source]!
  }
}

/** Adds points that the next step itself earns. */
export function addPoints({ points, moments }: Prospect, source: number, amount: number): void {
  for (let missing = points.length; missing <= source; missing++) points[missing] = moments[missing] = 0
  points[source]! += amount
  moments[source]! += amount
}

export function scaled({ points, moments }: Prospect, factor: number): Prospect {
  return { points: points.map((amount) => amount * factor), moments: moments.map((moment) => moment * factor) }
}

/** Without the gains that were had already. */
export function withoutEarned(prospect: Prospect, earned: ReadonlySet<number>): Prospect {
  const has = (_: number, source: number) => earned.has(source)
  if (!prospect.points.some(has)) return prospect
  const left = (amount: number, source: number) => (earned.has(source) ? 0 : amount)
  return { points: prospect.points.map(left), moments: prospect.moments.map(left) }
}

/** Sum over the sources of points * gamma^(steps - 1), of those that come within so many steps; a death costs its price. */
export function valueWithin({ points, moments }: Prospect, steps: number, { gamma, deathPrice }: Terms): number {
  let value = 0
  for (let source = 0; source < points.length; source++) {
    const expected = points[source]!
    if (expected === 0) continue
    const after = moments[source]! / expected
    const inTime = Math.min(1, (steps + 1 - after) / margin)
    if (inTime <= 0) continue
    value += inTime * gamma ** (after - 1) * (source === death ? -deathPrice * expected : expected)
  }
  return value
}

/** The best of several plans, in the time that is left. */
export function bestValue(plans: readonly Prospect[], steps: number, terms: Terms): number {
  return plans.reduce((best, plan) => Math.max(best, valueWithin(plan, steps, terms)), Number.NEGATIVE_INFINITY)
}
