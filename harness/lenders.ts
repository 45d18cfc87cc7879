import type { GraphParameters } from './presets.ts'
import { type Similar, similarTo, without } from './similar-situations.ts'
import type { Edge, Room, SituationNode, Witness } from './situation-node.ts'

/** A similar situation speaks for so many of its visits at most, or one that is often passed would drown the others. */
const mostHeard = 3
/** So many of the most similar situations that have seen an action are heard about it. */
const mostLenders = 3
/** Where none of the most similar ones has seen it, so many of the others that have, the latest, are compared. */
const mostAsked = 8

/** What another situation has seen of an action, and how much is made of it: visits, weighted by likeness. */
interface Lender extends Omit<Witness, 'share'> {
  readonly weight: number
}

/** Who is heard of the actions that were not taken in a situation. */
export function lendersOf(
  node: SituationNode,
  { likeness, wayBack }: Pick<GraphParameters, 'likeness' | 'wayBack'>,
): ReadonlyMap<string, readonly Lender[]> {
  const lenders = new Map<string, Lender[]>()
  for (const by of node.similar) {
    for (const [action, edge] of by.node.edges) {
      if (node.edges.has(action) || !node.actions.has(action)) continue
      const known = lenders.get(action)
      if (known === undefined) lenders.set(action, [lenderBy(node, by, edge)])
      else if (known.length < mostLenders) known.push(lenderBy(node, by, edge))
    }
  }
  for (const action of node.actions.keys()) {
    if (lenders.has(action) || node.edges.has(action)) continue
    const by = likestTrier(node, action, likeness)
    if (by !== undefined) lenders.set(action, [lenderBy(node, by, by.node.edges.get(action)!)])
  }
  for (const { node: other, weight } of [{ node, weight: 1 }, ...node.similar]) {
    for (const [action, { edge, to }] of other.waysBack) {
      if (lenders.has(action) || node.edges.has(action) || !node.actions.has(action)) continue
      lenders.set(action, [{ edge, weight: wayBack * weight, had: without(node.earned, to.earned), toCome: [] }])
    }
  }
  return lenders
}

function lenderBy({ room }: SituationNode, { weight, had, toCome }: Similar<SituationNode>, edge: Edge): Lender {
  return { edge, weight: weight * Math.min(mostHeard, edge.visits), had, toCome: staysIn(room, edge) ? toCome : [] }
}

/** The most similar situation of all in the room that have tried an action. */
function likestTrier(node: SituationNode, action: string, likeness: number): Similar<SituationNode> | undefined {
  let best: Similar<SituationNode> | undefined
  for (const trier of (node.room.triers.get(action) ?? []).slice(-mostAsked)) {
    const by = node.far.get(trier) ?? similarTo(node, trier, likeness)
    node.far.set(trier, by)
    if (best === undefined || by.weight > best.weight) best = by
  }
  return best
}

/** Where one stays in the room, what was to be had elsewhere is to be had still; who goes may find no way back. */
function staysIn(room: Room, { successors }: Edge): boolean {
  for (const next of successors.keys()) if (next.room !== room) return false
  return true
}
