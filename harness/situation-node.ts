import type { Doubt } from './alternatives.ts'
import type { Tries } from './novelty.ts'
import type { GraphParameters } from './presets.ts'
import { addPoints, addProspect, addSources, appraise, clear, noProspect, type Prospect } from './prospect.ts'
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
  /** Where it was seen. */
  readonly witnesses: readonly Witness[]
  /** By horizon: the value of the best plan for that time after this action, and what is hoped for, in curiosities. */
  readonly values: number[]
  readonly hopes: number[]
}

/** What similar situations have seen of an action. */
export interface Loan extends Seen {
  /** Whether a witness had had gains that are still to come here. */
  readonly isLacking: boolean
}

/** What one situation has seen of an action, and its share in what is believed of it. */
export interface Witness {
  readonly edge: Edge
  readonly share: number
  /** Gains that were had here before, not there: they are not to be had again. */
  readonly had: readonly number[]
  /** Gains that were had there before, not here: nothing is said of them. */
  readonly toCome: readonly number[]
}

/** An action that was taken here, and all that came of it. */
export interface Edge extends Seen {
  visits: number
  count: number
  /** By horizon: what the best plan for that time has in prospect after this action. */
  readonly plans: Prospect[]
  /** The same by source, in points. */
  readonly worths: number[][]
  /** The latest steps, latest first. */
  latest: readonly GraphStep[]
  /** Sum over the visits of what the step itself earned. */
  readonly gained: Prospect
  readonly successors: Map<SituationNode, Outcome>
  /** When its values or hopes changed last. */
  changed: number
}

/** How often an action has led to a situation, and how often each gain was had by that: it is not to be had again there. */
interface Outcome {
  count: number
  readonly gains: Map<number, number>
}

/** An action that can be decided on. */
interface Option {
  readonly tries: Tries
  readonly seen: Seen
}

export interface Room {
  readonly isDark: boolean
  readonly nodes: SituationNode[]
  readonly tries: Map<string, Tries>
  /** Who has tried an action, in their order. */
  readonly triers: Map<string, SituationNode[]>
}

/** What would come of a way that leads back to a situation. */
interface WayBack {
  readonly edge: Edge
  readonly to: SituationNode
}

export interface SituationNode {
  readonly room: Room
  /** Gains that were had when it was first met: what similar situations promise of them is not to be had again. */
  readonly earned: ReadonlySet<number>
  readonly held: readonly string[]
  readonly features: ReadonlySet<string>
  /** The valid commands, and what else was done, for a person may intervene; with their tries in the room. */
  readonly actions: Map<string, Tries>
  readonly edges: Map<string, Edge>
  /** Ways that are thought to lead back to where one came here from, as they are opposite. */
  readonly waysBack: Map<string, WayBack>
  readonly similar: Similar<SituationNode>[]
  /** Others of the room that have tried what none of those has. */
  readonly far: Map<SituationNode, Similar<SituationNode>>
  /** What similar situations have seen of what was not taken here, and when they were asked. */
  loans: ReadonlyMap<string, Loan>
  borrowed: number
  /** The actions, each with what was seen of it by then. */
  options: readonly Option[]
  /** By horizon: the best plan here before any gains are kept for what is borrowed, where some are to be kept. */
  readonly bases: Prospect[]
  /** Whether some are, by those bases. */
  isKeeping: boolean
  doubts: readonly Doubt[]
  /** By horizon. */
  readonly plans: Prospect[]
  readonly values: number[]
  readonly hopes: number[]
  /** The values that others were last told of, and the hopes, in points. */
  readonly announcedValues: number[]
  readonly announcedHopes: number[]
  /** When it was backed up last, and when changed last what others hear of it, one of its edges, and the visits of one. */
  backedUp: number
  changed: number
  edgesChanged: number
  visited: number
}

const keptSteps = 3

export const unseen: Seen = { visits: 0, count: 0, trust: 0, witnesses: [], values: [], hopes: [] }

export function situationNode(
  { tokens }: Situation,
  room: Room,
  earned: ReadonlySet<number>,
  horizons: number,
  triesOf: (command: string) => Tries,
): SituationNode {
  const actions = new Map(commandsIn(tokens).map((command) => [command, triesOf(command)]))
  return {
    room,
    earned,
    held: tokens.filter((token) => token.startsWith('has:')),
    // All of a room's situations are in that room.
    features: new Set(tokens.filter((token) => !token.startsWith('at:'))),
    actions,
    edges: new Map(),
    waysBack: new Map(),
    similar: [],
    far: new Map(),
    loans: new Map(),
    borrowed: 0,
    options: Array.from(actions.values(), (tries) => ({ tries, seen: unseen })),
    bases: forEach(horizons, noProspect),
    isKeeping: false,
    doubts: [],
    plans: forEach(horizons, noProspect),
    values: forEach(horizons, () => 0),
    hopes: forEach(horizons, () => 0),
    announcedValues: forEach(horizons, () => 0),
    announcedHopes: forEach(horizons, () => 0),
    backedUp: 0,
    changed: 0,
    edgesChanged: 0,
    visited: 0,
  }
}

export function emptyRoom(isDark = false): Room {
  return { isDark, nodes: [], tries: new Map(), triers: new Map() }
}

/** Counts what a step has led to; the edge is to be backed up then. `source`: where its points come from. */
export function noteOutcome(node: SituationNode, step: GraphStep, next: SituationNode, source: number): Edge {
  const { action, reward } = step
  const edge = node.edges.get(action) ?? firstTried(node, action)
  edge.visits++
  edge.count++
  edge.latest = [step, ...edge.latest].slice(0, keptSteps)
  const outcome = edge.successors.get(next) ?? { count: 0, gains: new Map<number, number>() }
  edge.successors.set(next, outcome)
  outcome.count++
  if (reward > 0) outcome.gains.set(source, (outcome.gains.get(source) ?? 0) + 1)
  if (reward !== 0) addPoints(edge.gained, source, reward)
  return edge
}

function firstTried(node: SituationNode, action: string): Edge {
  const edge = newEdge(node.plans.length)
  node.edges.set(action, edge)
  node.waysBack.delete(action)
  const { triers } = node.room
  const others = triers.get(action)
  if (others === undefined) triers.set(action, [node])
  else others.push(node)
  return edge
}

/** `step` led from `to` here; `action` is thought to lead back: the same step, the other way round. */
export function noteWayBack(node: SituationNode, action: string, to: SituationNode, step: GraphStep): Edge {
  const edge = newEdge(node.plans.length)
  edge.visits = edge.count = 1
  edge.latest = [{ ...step, from: step.next, action, reward: 0, next: step.from }]
  edge.successors.set(to, { count: 1, gains: new Map() })
  node.waysBack.set(action, { edge, to })
  return edge
}

function newEdge(horizons: number): Edge {
  const witnesses: Witness[] = []
  const [plans, worths] = [forEach(horizons, noProspect), forEach<number[]>(horizons, () => [])]
  const lists = { witnesses, plans, worths, values: [], hopes: [], latest: [] }
  const edge: Edge = { ...unseen, ...lists, trust: 1, gained: noProspect(), successors: new Map(), changed: 0 }
  witnesses.push({ edge, share: 1, had: [], toCome: [] })
  return edge
}

function forEach<T>(horizons: number, make: () => T): T[] {
  return Array.from({ length: horizons }, make)
}

/** Means over the outcomes: combat is no certainty. Returns whether its values or hopes have changed. */
export function backUpEdge(
  edge: Edge,
  horizons: readonly number[],
  { gamma, hopeFade }: Pick<GraphParameters, 'gamma' | 'hopeFade'>,
): boolean {
  let isChanged = false
  for (const [index, steps] of horizons.entries()) {
    const kept = Math.max(0, 1 - hopeFade / steps)
    const plan = clear(edge.plans[index]!)
    addProspect(plan, edge.gained, 1 / edge.visits, 0)
    let hope = 0
    for (const [next, { count, gains }] of edge.successors) {
      addProspect(plan, next.plans[index]!, count / edge.visits, 1, gains)
      for (const [gain, times] of gains) {
        if (times < count) addSources(plan, next.plans[index]!, (count - times) / edge.visits, [gain])
      }
      hope += (kept * count * next.hopes[index]!) / edge.visits
    }
    const value = appraise(plan, steps, gamma, edge.worths[index]!)
    if (value !== edge.values[index] || hope !== edge.hopes[index]) isChanged = true
    edge.values[index] = value
    edge.hopes[index] = hope
  }
  return isChanged
}

/** Whether others are to be told anew, as some value or hope has changed by so many points since they were last told. */
export function announce(node: SituationNode, least: number, curiosity: number): boolean {
  const { values, hopes, announcedValues, announcedHopes } = node
  let isNews = false
  for (let horizon = 0; horizon < values.length; horizon++) {
    if (Math.abs(values[horizon]! - announcedValues[horizon]!) >= least) isNews = true
    if (Math.abs(hopes[horizon]! * curiosity - announcedHopes[horizon]!) >= least) isNews = true
  }
  if (!isNews) return false
  for (let horizon = 0; horizon < values.length; horizon++) {
    announcedValues[horizon] = values[horizon]!
    announcedHopes[horizon] = hopes[horizon]! * curiosity
  }
  return true
}

/** Whether anything that the edge leads to has changed since. */
export function isOutdated({ successors }: Edge, since: number): boolean {
  for (const next of successors.keys()) if (next.changed > since) return true
  return false
}

export function believedOf({ values, trust }: Seen, horizon: number): number {
  return believed(values[horizon] ?? 0, trust)
}

/** What is good is believed by as much as is known; 0 where nothing is. */
export function believed(q: number, trust: number): number {
  return q > 0 ? trust * q : trust === 0 ? 0 : q
}

/** The action that is believed to be worth most. */
export function bestOf(options: readonly Option[], horizon: number): Seen {
  let value = Number.NEGATIVE_INFINITY
  let best = unseen
  for (const { seen } of options) {
    const worth = believedOf(seen, horizon)
    if (worth <= value) continue
    value = worth
    best = seen
  }
  return best
}
