import type { GraphParameters } from './presets.ts'
import { addProspect } from './prospect.ts'
import { jaccard } from './similar-situations.ts'
import { backUpEdge, type Edge, newEdge, type Outcome, type SituationNode } from './situation-node.ts'

/** Situations that are this unlike in what can be done with what lies there are two different ones, whatever is held. */
const leastAlike = 0.6
/** Of the situations of one place in which the same is held, the latest are compared. */
const mostCompared = 10

/**
 * An action that another situation has seen, as it is thought to be here: it changes what it changed there. What led back to
 * the same situation leads back to this one. Behind a way what is held here and was not there is still held, and the other
 * way round: of the situations that are known where it led, it leads to the one that comes closest to that. Gains that were
 * had here are none of it. Null where that makes no difference.
 */
export function projected(
  node: SituationNode,
  lender: SituationNode,
  edge: Edge,
  horizons: readonly number[],
  parameters: Pick<GraphParameters, 'gamma' | 'hopeFade'>,
): Edge | null {
  let known = 0
  for (const next of edge.successors.keys()) known += next.room.nodes.length
  const before = node.projections.get(edge)
  if (before?.visits === edge.visits && before.known === known) return before.edge
  const seen = newlyProjected(node, lender, edge, horizons)
  if (seen !== null) backUpEdge(seen, horizons, parameters)
  node.projections.set(edge, { edge: seen, visits: edge.visits, known })
  return seen
}

function newlyProjected(
  node: SituationNode,
  lender: SituationNode,
  edge: Edge,
  horizons: readonly number[],
): Edge | null {
  const [more, less] = [beyond(node, lender), beyond(lender, node)]
  const successors = new Map<SituationNode, Outcome>()
  let isOther = false
  for (const [next, { count, gains }] of edge.successors) {
    const to = next === lender ? node : next.room === node.room ? next : likest(next, more, less)
    if (to !== next) isOther = true
    const outcome = successors.get(to) ?? { count: 0, gains: new Map<number, number>() }
    successors.set(to, outcome)
    outcome.count += count
    for (const [gain, times] of gains) outcome.gains.set(gain, (outcome.gains.get(gain) ?? 0) + times)
  }
  if (!isOther) return null
  const { visits, count, latest } = edge
  const seen = Object.assign(newEdge(horizons.length), { visits, count, latest, successors })
  addProspect(seen.gained, edge.gained, 1, 0, node.earned)
  for (const outcome of successors.values()) {
    for (const gain of node.earned) outcome.gains.set(gain, outcome.count)
  }
  return seen
}

/** The situation of the same place in which, next to `more` and without `less`, most of the same is held; else this one. */
function likest(next: SituationNode, more: readonly string[], less: readonly string[]): SituationNode {
  const held = new Set([...next.held, ...more])
  for (const thing of less) held.delete(thing)
  let best = next
  let most = overlap(next.held, held)
  for (const alike of next.room.byHeld.values()) {
    const share = overlap(alike[0]!.held, held)
    if (share <= most) continue
    const found = alike.slice(-mostCompared).findLast((other) => jaccard(other.around, next.around) >= leastAlike)
    if (found === undefined) continue
    most = share
    best = found
  }
  return best
}

/** Things that are held in one situation and not in another. */
function beyond({ held }: SituationNode, { features }: SituationNode): readonly string[] {
  return held.filter((thing) => !features.has(thing))
}

function overlap(held: readonly string[], others: ReadonlySet<string>): number {
  let shared = 0
  for (const thing of held) if (others.has(thing)) shared++
  return shared / Math.max(1, held.length + others.size - shared)
}
