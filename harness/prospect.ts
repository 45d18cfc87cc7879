import type { Doubt } from './alternatives.ts'

/** What points come from, in every list: 0 is all losses, from 1 on the gains, a place and a command each. */
export const losses = 0
export const firstGain = 1

/**
 * What is expected of a plan, by source, as one list for the sake of speed: of source s its expected points at 2s, and at
 * 2s + 1 the sum of points times the steps until they come, so that the quotient is when they come, 1 being the next
 * step. A source that the list is too short for gives nothing.
 */
export type Prospect = number[]

const nothing: ReadonlySet<number> = new Set()

/** What would come in the last steps of the time may come too late: so many steps before its end it begins to fade. */
const margin = 3

export function noProspect(): Prospect {
  return []
}

/** The list is kept: to make new ones for each back-up costs more than to add them up. */
export function clear(prospect: Prospect): Prospect {
  return prospect.fill(0)
}

/** Adds another prospect by its weight, all of it so many steps later: 1 for a successor's. */
export function addProspect(
  prospect: Prospect,
  other: Readonly<Prospect>,
  weight: number,
  later: number,
  without: Pick<ReadonlySet<number>, 'has'> = nothing,
  doubts: readonly Doubt[] = [],
): void {
  for (let at = 0; at < other.length; at += 2) {
    const expected = weight * other[at]!
    if (expected === 0 || without.has(at / 2)) continue
    add(prospect, at, expected, later * expected + weight * other[at + 1]!)
  }
  for (const { gain, share } of doubts) {
    const at = 2 * gain
    if (at >= other.length || without.has(gain)) continue
    const doubted = -share * weight
    add(prospect, at, doubted * other[at]!, later * doubted * other[at]! + doubted * other[at + 1]!)
  }
}

/** Adds what another prospect has of some sources, by its weight, a step later. */
export function addSources(
  prospect: Prospect,
  other: Readonly<Prospect>,
  weight: number,
  sources: readonly number[],
): void {
  for (const source of sources) {
    const at = 2 * source
    const expected = at < other.length ? weight * other[at]! : 0
    if (expected !== 0) add(prospect, at, expected, expected + weight * other[at + 1]!)
  }
}

/** Adds points that the next step itself earns. */
export function addPoints(prospect: Prospect, source: number, amount: number): void {
  add(prospect, 2 * source, amount, amount)
}

function add(prospect: Prospect, at: number, amount: number, moment: number): void {
  while (prospect.length <= at) prospect.push(0, 0)
  prospect[at]! += amount
  prospect[at + 1]! += moment
}

/**
 * Sum over the sources of points * gamma^(steps - 1), of those that come within so many steps. Gains that were had already
 * count nothing.
 */
export function valueWithin(
  prospect: Readonly<Prospect>,
  steps: number,
  gamma: number,
  without: ReadonlySet<number> = nothing,
  doubts: readonly Doubt[] = [],
): number {
  let value = 0
  for (let at = 0; at < prospect.length; at += 2) {
    if (prospect[at] !== 0 && !without.has(at / 2)) value += valueAt(prospect, at, steps, gamma)
  }
  for (const { gain, share } of doubts) {
    if (2 * gain < prospect.length && !without.has(gain)) value -= share * valueAt(prospect, 2 * gain, steps, gamma)
  }
  return value
}

/** Sets `worths` to what each source is worth and returns the sum. */
export function appraise(prospect: Readonly<Prospect>, steps: number, gamma: number, worths: number[]): number {
  let sum = 0
  for (let at = 0; at < prospect.length; at += 2) {
    const worth = valueAt(prospect, at, steps, gamma)
    worths[at / 2] = worth
    sum += worth
  }
  return sum
}

function valueAt(prospect: Readonly<Prospect>, at: number, steps: number, gamma: number): number {
  const expected = prospect[at]!
  if (expected === 0) return 0
  const after = prospect[at + 1]! / expected
  const inTime = Math.min(1, (steps + 1 - after) / margin)
  if (inTime <= 0) return 0
  return inTime * gamma ** (after - 1) * expected
}
