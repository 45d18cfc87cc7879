import {
  addProspect,
  addSources,
  noProspect,
  type Prospect,
  type Terms,
  valueWithin,
  worthsWithin,
} from './prospect.ts'
import type { Similar } from './similar-situations.ts'
import { bestOf, type Edge, type Room, type Seen, type SituationNode, unseen } from './situation-node.ts'

/** A similar situation speaks for so many of its visits at most, or one that is often passed would drown the others. */
const mostHeard = 3
/** So many of the most similar situations that have seen an action are heard about it. */
const mostLenders = 3

export function seenIn(node: SituationNode, action: string): Seen {
  return node.edges.get(action) ?? node.loans.get(action) ?? unseen
}

/**
 * Borrows what similar situations have seen of the actions that were not taken here: of each the mean of the most
 * similar ones that have seen it. `doubt`: so many weighted visits are half believed. `now`: the moment it is done.
 */
export function borrow(
  node: SituationNode,
  horizons: readonly number[],
  terms: Terms,
  doubt: number,
  now: number,
): void {
  const since = node.borrowed
  node.borrowed = now
  const { similar, edges, earned } = node
  const isOther = node.visited > since || similar.some(({ node: other }) => other.visited > since)
  if (isOther) {
    node.loans = loansOf(node, doubt)
    node.options = Array.from(node.actions, ([action, tries]) => ({ tries, seen: seenIn(node, action) }))
  } else if (node.edgesChanged <= since && similar.every(({ node: other }) => other.edgesChanged <= since)) return
  const lacking: Seen[] = []
  for (const loan of node.loans.values()) {
    const isLacking = loan.witnesses.some(({ toCome }) => toCome.length > 0)
    if (isLacking) lacking.push(loan)
    if (isOther || isLacking || loan.witnesses.some(({ edge }) => edge.changed > since)) appraise(loan)
  }
  node.bases = []
  if (lacking.length === 0) return
  const seen = [...edges.values(), ...node.loans.values()]
  node.bases = horizons.map((_, index) => planOf(bestOf(seen, index), index, node))
  for (const [index, base] of node.bases.entries()) {
    const kept = keptFrom(base, horizons[index]!, terms, earned)
    for (const { witnesses, values } of lacking) {
      for (const { share, toCome } of witnesses) values[index]! += share * sumOf(kept, toCome)
    }
  }
}

function loansOf(node: SituationNode, doubt: number): ReadonlyMap<string, Seen> {
  const lenders = new Map<string, { readonly edge: Edge; readonly by: Similar<SituationNode> }[]>()
  for (const by of node.similar) {
    for (const [action, edge] of by.node.edges) {
      if (node.edges.has(action)) continue
      const known = lenders.get(action)
      if (known === undefined) lenders.set(action, [{ edge, by }])
      else if (known.length < mostLenders) known.push({ edge, by })
    }
  }
  const loans = new Map<string, Seen>()
  for (const [action, heard] of lenders) {
    const weights = heard.map(({ edge, by }) => by.weight * Math.min(mostHeard, edge.visits))
    const count = weights.reduce((sum, weight) => sum + weight, 0)
    const witnesses = heard.map(({ edge, by: { had, toCome } }, index) => {
      return { edge, share: weights[index]! / count, had, toCome: staysIn(node.room, edge) ? toCome : [] }
    })
    loans.set(action, { visits: 0, count, trust: count / (count + doubt), witnesses, values: [], hopes: [] })
  }
  return loans
}

/** Where one stays in the room, what was to be had elsewhere is to be had still; who goes may find no way back. */
function staysIn(room: Room, { successors }: Edge): boolean {
  for (const next of successors.keys()) if (next.room !== room) return false
  return true
}

function appraise({ witnesses, values, hopes }: Seen): void {
  for (let horizon = 0; horizon < witnesses[0]!.edge.values.length; horizon++) {
    let [value, hope] = [0, 0]
    for (const { edge, share, had } of witnesses) {
      value += share * edge.values[horizon]!
      for (const gain of had) value -= share * (edge.worths[horizon]![gain] ?? 0)
      hope += share * edge.hopes[horizon]!
    }
    values[horizon] = value
    hopes[horizon] = hope
  }
}

/** What an action has in prospect, by as much as it is believed. */
export function planOf(best: Seen, horizon: number, { earned, bases }: SituationNode): Prospect {
  if (best.trust === 1) return best.witnesses[0]!.edge.plans[horizon]!
  const belief = best.values[horizon]! > 0 ? best.trust : 1
  const plan = noProspect()
  for (const { edge, share, toCome } of best.witnesses) {
    addProspect(plan, edge.plans[horizon]!, belief * share, 0, earned)
    if (bases.length > 0) addSources(plan, bases[horizon]!, belief * share, toCome)
  }
  return plan
}

/** Points to come after an action within so many steps, by the best of its plans, but for gains that were had. */
export function bestValue(
  { witnesses }: Seen,
  bases: readonly Prospect[],
  steps: number,
  terms: Terms,
  earned: ReadonlySet<number>,
): number {
  let best = Number.NEGATIVE_INFINITY
  for (let horizon = 0; horizon < witnesses[0]!.edge.plans.length; horizon++) {
    const base = bases[horizon]
    const kept = base ? keptFrom(base, steps, terms, earned) : []
    let value = 0
    for (const { edge, share, toCome } of witnesses) {
      value += share * valueWithin(edge.plans[horizon]!, steps, terms, earned)
      value += share * sumOf(kept, toCome)
    }
    best = Math.max(best, value)
  }
  return best
}

/** What is kept of the best plan here, by source, where a lender says nothing of it: it comes a step later. */
function keptFrom(base: Prospect, steps: number, terms: Terms, earned: ReadonlySet<number>): readonly number[] {
  const worths = worthsWithin(base, steps - 1, terms)
  return worths.map((worth, source) => (earned.has(source) ? 0 : terms.gamma * worth))
}

function sumOf(worths: readonly number[], sources: readonly number[]): number {
  let sum = 0
  for (const source of sources) sum += worths[source] ?? 0
  return sum
}
