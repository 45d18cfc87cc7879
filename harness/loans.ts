import type { Alternatives, Doubt } from './alternatives.ts'
import { lendersOf } from './lenders.ts'
import type { GraphParameters } from './presets.ts'
import { addProspect, addSources, appraise, clear, type Prospect, valueWithin } from './prospect.ts'
import { bestOf, type Loan, type Seen, type SituationNode, unseen } from './situation-node.ts'

export function seenIn(node: SituationNode, action: string): Seen {
  return node.edges.get(action) ?? node.loans.get(action) ?? unseen
}

/**
 * Borrows what similar situations have seen of the actions that were not taken here: of each the mean of the most
 * similar ones that have seen it. `doubt`: so many weighted visits are half believed. `now`: the moment it is done. Returns
 * whether anything is seen otherwise since it was done last, here or there.
 */
export function borrow(
  node: SituationNode,
  horizons: readonly number[],
  parameters: Pick<GraphParameters, 'gamma' | 'likeness' | 'wayBack' | 'doubt'>,
  now: number,
  alternatives: Alternatives,
): boolean {
  const since = node.borrowed
  node.borrowed = now
  const { similar, earned } = node
  let isOther = node.visited > since
  for (const { node: other } of similar) if (other.visited > since) isOther = true
  if (isOther) {
    node.doubts = alternatives.doubtsBehind(earned)
    node.loans = loansOf(node, horizons.length, parameters)
    node.options = Array.from(node.actions, ([action, tries]) => ({ tries, seen: seenIn(node, action) }))
  } else if (node.edgesChanged <= since && !isSeenAnew(node, since)) return false
  const lacking: Seen[] = []
  for (const loan of node.loans.values()) {
    if (loan.isLacking) lacking.push(loan)
    if (isOther || loan.isLacking || isLentAnew(loan, since)) appraiseLoan(loan, node.doubts)
  }
  node.isKeeping = false
  if (lacking.length === 0) return true
  for (const [index, base] of node.bases.entries()) setPlan(base, bestOf(node.options, index), index, node)
  node.isKeeping = true
  for (const [index, base] of node.bases.entries()) {
    const kept = keptFrom(base, horizons[index]!, parameters.gamma, earned)
    for (const { witnesses, values } of lacking) {
      for (const { share, toCome } of witnesses) values[index]! += share * sumOf(kept, toCome)
    }
  }
  return true
}

function loansOf(
  node: SituationNode,
  horizons: number,
  parameters: Pick<GraphParameters, 'likeness' | 'wayBack' | 'doubt'>,
): ReadonlyMap<string, Loan> {
  const loans = new Map<string, Loan>()
  for (const [action, lenders] of lendersOf(node, parameters)) {
    const count = lenders.reduce((sum, { weight }) => sum + weight, 0)
    const witnesses = lenders.map(({ edge, weight, had, toCome }) => ({ edge, share: weight / count, had, toCome }))
    const isLacking = witnesses.some(({ toCome }) => toCome.length > 0)
    const [values, hopes] = [new Array<number>(horizons).fill(0), new Array<number>(horizons).fill(0)]
    const trust = count / (count + parameters.doubt)
    loans.set(action, { visits: 0, count, trust, witnesses, values, hopes, isLacking })
  }
  return loans
}

function isSeenAnew({ loans }: SituationNode, since: number): boolean {
  for (const loan of loans.values()) if (isLentAnew(loan, since)) return true
  return false
}

function isLentAnew({ witnesses }: Loan, since: number): boolean {
  for (const { edge } of witnesses) if (edge.changed > since) return true
  return false
}

function appraiseLoan({ witnesses, values, hopes }: Loan, doubts: readonly Doubt[]): void {
  for (let horizon = 0; horizon < values.length; horizon++) {
    let value = 0
    let hope = 0
    for (const { edge, share, had, toCome } of witnesses) {
      const worths = edge.worths[horizon]!
      let left = edge.values[horizon]! - sumOf(worths, had) - sumOf(worths, toCome)
      for (const { gain, share: doubted } of doubts) {
        if (!had.includes(gain) && !toCome.includes(gain)) left -= doubted * (worths[gain] ?? 0)
      }
      value += share * left
      hope += share * edge.hopes[horizon]!
    }
    values[horizon] = value
    hopes[horizon] = hope
  }
}

/** Sets a plan to what an action has in prospect, by as much as it is believed. */
export function setPlan(plan: Prospect, best: Seen, horizon: number, node: SituationNode): void {
  const { earned, bases, isKeeping, doubts } = node
  clear(plan)
  if (best.trust === 1) {
    addProspect(plan, best.witnesses[0]!.edge.plans[horizon]!, 1, 0)
    return
  }
  const belief = best.values[horizon]! > 0 ? best.trust : 1
  for (const { edge, share, toCome } of best.witnesses) {
    addProspect(plan, edge.plans[horizon]!, belief * share, 0, withAll(earned, toCome), doubts)
    if (isKeeping) addSources(plan, bases[horizon]!, belief * share, toCome)
  }
}

/** Points to come after an action within so many steps, by the best of its plans, but for gains that were had. */
export function bestValue(
  { witnesses, trust }: Seen,
  { bases, isKeeping, doubts }: Pick<SituationNode, 'bases' | 'isKeeping' | 'doubts'>,
  steps: number,
  gamma: number,
  earned: ReadonlySet<number>,
): number {
  const unsaid = witnesses.map(({ toCome }) => withAll(earned, toCome))
  let best = Number.NEGATIVE_INFINITY
  for (let horizon = 0; horizon < witnesses[0]!.edge.plans.length; horizon++) {
    const kept = isKeeping ? keptFrom(bases[horizon]!, steps, gamma, earned) : []
    let value = 0
    for (const [index, { edge, share, toCome }] of witnesses.entries()) {
      value += share * valueWithin(edge.plans[horizon]!, steps, gamma, unsaid[index], trust === 1 ? [] : doubts)
      value += share * sumOf(kept, toCome)
    }
    best = Math.max(best, value)
  }
  return best
}

/** What is kept of the best plan here, by source, where a lender says nothing of it: it comes a step later. */
function keptFrom(base: Prospect, steps: number, gamma: number, earned: ReadonlySet<number>): readonly number[] {
  const kept: number[] = []
  appraise(base, steps - 1, gamma, kept)
  return kept.map((worth, source) => (earned.has(source) ? 0 : gamma * worth))
}

function withAll(earned: ReadonlySet<number>, others: readonly number[]): ReadonlySet<number> {
  return others.length === 0 ? earned : new Set([...earned, ...others])
}

function sumOf(worths: readonly number[], sources: readonly number[]): number {
  let sum = 0
  for (const source of sources) sum += worths[source] ?? 0
  return sum
}
