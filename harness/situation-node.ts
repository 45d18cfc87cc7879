import { noTries, type Tries } from './novelty.ts'
import {
  addPoints,
  addProspect,
  death,
  noProspect,
  type Prospect,
  scaled,
  type Terms,
  valueWithin,
  withoutEarned,
} from './prospect.ts'
import type { Similar } from './similar-situations.ts'
import { commandsIn } from './state-encoder.ts'

/** What the graph knows a situation by; `State` and `StateRecord` both have it. */
export interface Situation {
  readonly situation: string
  readonly tokens: readonly string[]
}

/** A remembered step between two situations. */
export interface GraphStep {
  readonly run: string
  readonly episode: number
  readonly turn: number
  readonly from: Situation
  readonly action: string
  readonly reward: number
  readonly next: Situation
  readonly terminated: boolean
  readonly victory: boolean
}

/** What was seen of an action: here (`trust` 1), else in similar situations (below 1), else nowhere (0). */
export interface Seen {
  readonly visits: number
  /** Times it was seen, each weighted by how similar the situation was. */
  readonly count: number
  readonly trust: number
  /** By horizon: what the best plan for that time has in prospect after this action, its value, and what is hoped for. */
  readonly plans: readonly Prospect[]
  readonly values: readonly number[]
  readonly hopes: readonly number[]
  /** The latest steps, latest first. */
  readonly latest: readonly GraphStep[]
}

/** An action that was taken here, and all that came of it. */
export interface Edge extends Seen {
  visits: number
  count: number
  plans: Prospect[]
  values: number[]
  hopes: number[]
  latest: readonly GraphStep[]
  /** Sum over the visits of what the step itself earned. */
  readonly gained: Prospect
  readonly successors: Map<SituationNode, number>
}

export interface Room {
  readonly nodes: SituationNode[]
  readonly tries: Tries
}

export interface SituationNode {
  readonly room: Room
  /** Gains that were had when it was first met: what similar situations promise of them is not to be had again. */
  readonly earned: ReadonlySet<number>
  readonly held: readonly string[]
  readonly features: ReadonlySet<string>
  /** The valid commands, and what else was done: a person may intervene. */
  readonly actions: Set<string>
  readonly edges: Map<string, Edge>
  readonly similar: Similar<SituationNode>[]
  /** By horizon. */
  readonly plans: Prospect[]
  readonly values: number[]
  readonly hopes: number[]
  /** The values and hopes that others were last told of. */
  announced: readonly number[]
  /** When it was backed up last, and when what others hear of it, and one of its edges, changed last. */
  backedUp: number
  changed: number
  edgesChanged: number
  /** What similar situations have seen, and when they were asked. */
  borrowed: ReadonlyMap<string, Seen>
  borrowedAt: number
}

const keptSteps = 3
/** A similar situation speaks for so many of its visits at most, or one that is often passed would drown the others. */
const mostHeard = 3
/** So many of the most similar situations that have seen an action are heard about it. */
const mostLenders = 3

const unseen: Seen = { visits: 0, count: 0, trust: 0, plans: [], values: [], hopes: [], latest: [] }

export function situationNode(
  { tokens }: Situation,
  room: Room,
  earned: ReadonlySet<number>,
  horizons: number,
): SituationNode {
  const each = <T>(make: () => T): T[] => Array.from({ length: horizons }, make)
  return {
    room,
    earned,
    held: tokens.filter((token) => token.startsWith('has:')),
    // All of a room's situations are in that room.
    features: new Set(tokens.filter((token) => !token.startsWith('at:'))),
    actions: new Set(commandsIn(tokens)),
    edges: new Map(),
    similar: [],
    plans: each(noProspect),
    values: each(() => 0),
    hopes: each(() => 0),
    announced: each(() => [0, 0]).flat(),
    backedUp: 0,
    changed: 0,
    edgesChanged: 0,
    borrowed: new Map(),
    borrowedAt: -1,
  }
}

export function emptyRoom(): Room {
  return { nodes: [], tries: noTries() }
}

/** Counts what a step has led to; the edge is to be backed up then. `source`: where its points come from. */
export function noteOutcome(node: SituationNode, step: GraphStep, next: SituationNode, source: number): Edge {
  const { action, reward, terminated, victory } = step
  const edge = node.edges.get(action) ?? newEdge()
  node.edges.set(action, edge)
  node.actions.add(action)
  edge.visits++
  edge.count++
  edge.latest = [step, ...edge.latest].slice(0, keptSteps)
  edge.successors.set(next, (edge.successors.get(next) ?? 0) + 1)
  if (reward !== 0) addPoints(edge.gained, source, reward)
  if (terminated && !victory) addPoints(edge.gained, death, 1)
  return edge
}

function newEdge(): Edge {
  return { ...unseen, trust: 1, plans: [], values: [], hopes: [], gained: noProspect(), successors: new Map() }
}

/** Means over the outcomes: combat is no certainty. Returns whether its values or hopes have changed. */
export function backUpEdge(edge: Edge, horizons: readonly number[], terms: Terms, hopeGamma: number): boolean {
  let isChanged = false
  for (const [index, steps] of horizons.entries()) {
    const plan = scaled(edge.gained, 1 / edge.visits)
    let hope = 0
    for (const [next, count] of edge.successors) {
      addProspect(plan, next.plans[index]!, count / edge.visits, 1)
      hope += (hopeGamma * count * next.hopes[index]!) / edge.visits
    }
    const value = valueWithin(plan, steps, terms)
    if (value !== edge.values[index] || hope !== edge.hopes[index]) isChanged = true
    edge.plans[index] = plan
    edge.values[index] = value
    edge.hopes[index] = hope
  }
  return isChanged
}

/** Whether anything that the edge leads to has changed since. */
export function isOutdated({ successors }: Edge, since: number): boolean {
  for (const next of successors.keys()) if (next.changed > since) return true
  return false
}

export function seenIn(node: SituationNode, borrowed: ReadonlyMap<string, Seen>, action: string): Seen {
  return node.edges.get(action) ?? borrowed.get(action) ?? unseen
}

/**
 * What similar situations have seen of the actions that were not taken here: of each the mean of the most similar ones
 * that have seen it. `doubt`: so many weighted visits are half believed.
 */
export function borrowedBy(
  node: SituationNode,
  horizons: readonly number[],
  terms: Terms,
  doubt: number,
): ReadonlyMap<string, Seen> {
  const lenders = new Map<string, { readonly edge: Edge; readonly share: number }[]>()
  for (const { node: other, weight } of node.similar) {
    for (const [action, edge] of other.edges) {
      if (node.edges.has(action)) continue
      const known = lenders.get(action) ?? []
      if (known.length === mostLenders) continue
      known.push({ edge, share: weight * Math.min(mostHeard, edge.visits) })
      lenders.set(action, known)
    }
  }
  const borrowed = new Map<string, Seen>()
  for (const [action, heard] of lenders) {
    const count = heard.reduce((sum, { share }) => sum + share, 0)
    const plans = horizons.map((_, index) => {
      const mean = noProspect()
      for (const { edge, share } of heard) addProspect(mean, edge.plans[index]!, share / count, 0)
      return withoutEarned(mean, node.earned)
    })
    const hopes = horizons.map((_, index) =>
      heard.reduce((sum, { edge, share }) => sum + (share * edge.hopes[index]!) / count, 0),
    )
    borrowed.set(action, {
      visits: 0,
      count,
      trust: count / (count + doubt),
      plans,
      values: plans.map((plan, index) => valueWithin(plan, horizons[index]!, terms)),
      hopes,
      latest: heard[0]!.edge.latest,
    })
  }
  return borrowed
}
