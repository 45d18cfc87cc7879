/** What points come from, in every list: 0 is all losses, from 1 on the gains, a place and a command each. */
export const losses = 0
export const firstGain = 1

/**
 * What is expected of a plan, by source. `points[s]`: expected points. `moments[s]`: the sum of points
 * times the steps until they come, so that moments[s] / points[s] is when they come, 1 being the next step.
 * A source that the lists are too short for gives nothing.
 */
export interface Prospect {
  readonly points: number[]
  readonly moments: number[]
}

const nothing: ReadonlySet<number> = new Set()

/** What would come in the last steps of the time may come too late: so many steps before its end it begins to fade. */
const margin = 3

export function noProspect(): Prospect {
  return { points: [], moments: [] }
}

/** Adds another prospect by its weight, all of it so many steps later: 1 for a successor's. */
export function addProspect(
  prospect: Prospect,
  { points, moments }: Prospect,
  weight: number,
  later: number,
  without: ReadonlySet<number> = nothing,
): void {
  for (let source = 0; source < points.length; source++) {
    const expected = weight * points[source]!
    if (expected === 0 || without.has(source)) continue
    add(prospect, source, expected, later * expected + weight * moments[source]!)
  }
}

/** Adds what another prospect has of some sources, by its weight, a step later. */
export function addSources(prospect: Prospect, other: Prospect, weight: number, sources: readonly number[]): void {
  for (const source of sources) {
    const expected = weight * (other.points[source] ?? 0)
    if (expected !== 0) add(prospect, source, expected, expected + weight * other.moments[source]!)
  }
}

/** Adds points that the next step itself earns. */
export function addPoints(prospect: Prospect, source: number, amount: number): void {
  add(prospect, source, amount, amount)
}

function add({ points, moments }: Prospect, source: number, amount: number, moment: number): void {
  for (let missing = points.length; missing <= source; missing++) points[missing] = moments[missing] = 0
  points[source]! += amount
  moments[source]! += moment
}

/**
 * Sum over the sources of points * gamma^(steps - 1), of those that come within so many steps. Gains that were had already
 * count nothing.
 */
export function valueWithin(
  prospect: Prospect,
  steps: number,
  gamma: number,
  without: ReadonlySet<number> = nothing,
): number {
  let value = 0
  for (let source = 0; source < prospect.points.length; source++) {
    if (prospect.points[source] !== 0 && !without.has(source)) value += valueFrom(prospect, source, steps, gamma)
  }
  return value
}

/** What each source is worth. */
export function worthsWithin(prospect: Prospect, steps: number, gamma: number): number[] {
  const worths: number[] = []
  for (let source = 0; source < prospect.points.length; source++) worths.push(valueFrom(prospect, source, steps, gamma))
  return worths
}

function valueFrom({ points, moments }: Prospect, source: number, steps: number, gamma: number): number {
  const expected = points[source] ?? 0
  if (expected === 0) return 0
  const after = moments[source]! / expected
  const inTime = Math.min(1, (steps + 1 - after) / margin)
  if (inTime <= 0) return 0
  return inTime * gamma ** (after - 1) * expected
}
