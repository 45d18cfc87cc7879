import { parseCommand } from './command-words.ts'
import { worthOfVerb } from './lexical-features.ts'
import type { GraphParameters } from './presets.ts'
import { linkSimilar, type Similar } from './similar-situations.ts'
import { commandsIn, roomOf } from './state-encoder.ts'

/** Where a step was seen. */
interface Source {
  readonly run: string
  readonly episode: number
  readonly turn: number
}

/** What the graph knows a situation by; `State` and `StateRecord` both have it. */
export interface Situation {
  readonly situation: string
  readonly tokens: readonly string[]
}

/** A remembered step between two situations. */
export interface GraphStep extends Source {
  readonly from: Situation
  readonly action: string
  readonly reward: number
  readonly next: Situation
  readonly terminated: boolean
  readonly victory: boolean
}

/** What is believed of an action in a situation, in points. */
export interface Belief {
  /** How often it was taken in this very situation. */
  readonly visits: number
  /** Points to come by what was seen here, else in similar situations; null where neither is known. */
  readonly q: number | null
  /** q and what is hoped for from the unknown: what actions are compared by. */
  readonly worth: number
  /** The latest steps by this action from here, latest first; from the most similar situations where none was. */
  readonly latest: readonly GraphStep[]
}

interface Edge {
  visits: number
  /** Mean over the outcomes of reward + gamma * value of the successor. */
  q: number
  /** Mean over the outcomes of hopeGamma * hope of the successor. */
  hope: number
  latest: readonly GraphStep[]
  readonly successors: Map<Node, { count: number; reward: number }>
}

interface Room {
  readonly nodes: Node[]
  readonly tried: Map<string, number>
}

/** What a command is made of, and how likely it is by its verb alone. */
interface Command {
  readonly verb: string
  readonly direction: string | null
  readonly worth: number
}

interface Node extends Situation {
  readonly room: Room
  /** `open`: the story goes on from here. */
  readonly kind: 'open' | 'victory' | 'death'
  readonly features: ReadonlySet<string>
  /** The valid commands, and what else was done: a person may intervene. */
  readonly actions: Set<string>
  readonly edges: Map<string, Edge>
  readonly similar: Similar<Node>[]
  value: number
  hope: number
  /** When (`#now`) it was backed up last, and when its value or hope, and the q or hope of an edge, changed last. */
  backedUp: number
  changed: number
  edgesChanged: number
  /** What similar situations have seen, and when they were asked. */
  borrowed: ReadonlyMap<string, Seen>
  borrowedAt: number
}

/** What was seen of an action: here (`trust` 1), else in similar situations (below 1), else nowhere (0). */
interface Seen {
  readonly visits: number
  /** Times it was seen, each weighted by how similar the situation was. */
  readonly count: number
  readonly trust: number
  readonly q: number
  readonly hope: number
  readonly latest: readonly GraphStep[]
}

const keptSteps = 3
/** A similar situation speaks for so many of its visits at most, or one that is often passed would drown the others. */
const mostHeard = 3

/**
 * The remembered transitions as a graph of situations, with two numbers backed up along it across episodes: the value,
 * points to come, and the hope, what the best untried command that can be reached promises. They are kept apart: hope
 * inside the value would make circles that collect it. A situation never met before borrows what was seen in similar
 * ones. Everything follows from the steps alone: replaying them gives the same graph.
 */
export class TransitionGraph {
  readonly #parameters: GraphParameters
  readonly #nodes = new Map<string, Node>()
  readonly #rooms = new Map<string, Room>()
  readonly #roomsTriedIn = new Map<string, number>()
  readonly #verbsTried = new Map<string, number>()
  readonly #commands = new Map<string, Command>()
  #now = 0
  readonly #victory = endNode('victory')
  readonly #death = endNode('death')
  #trail: { readonly node: Node; readonly reward: number }[] = []
  #episodes = 0
  #bestReturn = 0

  constructor(parameters: GraphParameters) {
    this.#parameters = parameters
  }

  /** The unit that values are compared in, in points: never decreases, at least 1. */
  get scale(): number {
    return Math.max(1, this.#parameters.scaleShare * this.#bestReturn)
  }

  /** What an unknown outcome is hoped to be worth, in points. */
  get curiosity(): number {
    const { curiosity, curiosityHalfLife } = this.#parameters
    return (curiosity * this.scale) / (1 + this.#episodes / curiosityHalfLife)
  }

  /**
   * What is believed of the actions, in their order. `likelihoods`: of each against the likeliest under the base policy,
   * in (0, 1].
   *
   * worth = trust * (q + hope) + (1 - trust) * (gamma * V + unknown), V being the best believed q here: what is not known
   * is thought to change nothing. A tried action keeps a little curiosity, for what it may yet turn out to do.
   */
  beliefs(state: Situation, actions: readonly string[], likelihoods: readonly number[]): readonly Belief[] {
    const node = this.#node(state)
    const { gamma, triedShare } = this.#parameters
    const borrowed = this.#borrowed(node)
    const seen = actions.map((action) => seenIn(node, borrowed, action))
    const value = bestBelieved(seen)
    return actions.map((action, index) => {
      const { visits, count, trust, q, hope, latest } = seen[index]!
      const unknown = trust === 1 ? 0 : this.#unknown(node, action, count, likelihoods[index]!)
      const kept = visits > 0 ? (triedShare * this.curiosity) / Math.sqrt(1 + visits) : 0
      const worth = trust * (q + hope) + (1 - trust) * (gamma * value + unknown) + kept
      return { visits, q: count > 0 ? q : null, worth, latest }
    })
  }

  /** Remembers the next step of the current episode and backs it up along the way that led to it. */
  add(step: GraphStep): void {
    const node = this.#node(step.from)
    const next = step.terminated ? (step.victory ? this.#victory : this.#death) : this.#node(step.next)
    const edge = edgeOf(node, step.action)
    const successor = edge.successors.get(next) ?? { count: 0, reward: 0 }
    edge.successors.set(next, { count: successor.count + 1, reward: successor.reward + step.reward })
    edge.visits++
    node.edgesChanged = ++this.#now
    edge.latest = [step, ...edge.latest].slice(0, keptSteps)
    if (!node.room.tried.has(step.action)) increment(this.#roomsTriedIn, step.action)
    increment(node.room.tried, step.action)
    increment(this.#verbsTried, this.#command(step.action).verb)

    this.#trail.push({ node, reward: step.reward })
    this.#backUp(next)
    this.#backUpTrail(1 + this.#parameters.trail)
  }

  /** Takes the episode's return into account and backs up until nothing changes, or the sweeps are used up. */
  endEpisode(): void {
    this.#episodes++
    let total = 0
    for (const { reward } of this.#trail.toReversed()) {
      total = reward + this.#parameters.gamma * total
      this.#bestReturn = Math.max(this.#bestReturn, total)
    }
    this.#backUpTrail(this.#trail.length)
    this.#trail = []
    // What was found last lies furthest from the opening: backwards, one sweep carries a value all the way.
    const nodes = [...this.#nodes.values()].reverse()
    const rest = this.scale * 1e-3
    for (let sweep = 0; sweep < this.#parameters.sweeps; sweep++) {
      let change = 0
      for (const node of nodes) {
        if (sweep === 0 || isOutdated(node)) change = Math.max(change, this.#backUp(node))
      }
      if (change < rest) return
    }
  }

  #backUpTrail(length: number): void {
    for (const { node } of this.#trail.slice(-length).reverse()) this.#backUp(node)
  }

  /** Returns by how much the node's value or hope changed. */
  #backUp(node: Node): number {
    if (node.kind !== 'open') return 0
    const { gamma, hopeGamma } = this.#parameters
    node.backedUp = ++this.#now
    for (const edge of node.edges.values()) {
      let points = 0
      let hoped = 0
      for (const [next, { count, reward }] of edge.successors) {
        points += reward + gamma * count * this.#valueOf(next)
        hoped += hopeGamma * count * next.hope
      }
      const q = points / edge.visits
      const hope = hoped / edge.visits
      if (q === edge.q && hope === edge.hope) continue
      edge.q = q
      edge.hope = hope
      node.edgesChanged = ++this.#now
    }
    const borrowed = this.#borrowed(node)
    let value = node.actions.size === 0 ? 0 : Number.NEGATIVE_INFINITY
    let hope = 0
    for (const action of node.actions) {
      const seen = seenIn(node, borrowed, action)
      const unknown = seen.trust === 1 ? 0 : this.#unknown(node, action, seen.count, this.#command(action).worth)
      value = Math.max(value, believed(seen))
      hope = Math.max(hope, seen.trust * seen.hope + (1 - seen.trust) * unknown)
    }
    const change = Math.max(Math.abs(value - node.value), Math.abs(hope - node.hope))
    if (change > 0) node.changed = ++this.#now
    node.value = value
    node.hope = hope
    return change
  }

  /** What similar situations have seen of the actions that were not taken here. */
  #borrowed(node: Node): ReadonlyMap<string, Seen> {
    const isCurrent = node.edgesChanged <= node.borrowedAt && !changedSince(node.similar, node.borrowedAt)
    if (!isCurrent) node.borrowed = this.#sumUp(node)
    node.borrowedAt = this.#now
    return node.borrowed
  }

  #sumUp(node: Node): ReadonlyMap<string, Seen> {
    const sums = new Map<string, { count: number; q: number; hope: number; readonly latest: readonly GraphStep[] }>()
    for (const { node: other, weight } of node.similar) {
      for (const [action, known] of other.edges) {
        if (node.edges.has(action)) continue
        const share = weight * Math.min(mostHeard, known.visits)
        let sum = sums.get(action)
        if (sum === undefined) {
          sum = { count: 0, q: 0, hope: 0, latest: known.latest }
          sums.set(action, sum)
        }
        sum.count += share
        sum.q += share * known.q
        sum.hope += share * known.hope
      }
    }
    const borrowed = new Map<string, Seen>()
    for (const [action, { count, q, hope, latest }] of sums) {
      const trust = count / (count + this.#parameters.doubt)
      borrowed.set(action, { visits: 0, count, trust, q: q / count, hope: hope / count, latest })
    }
    return borrowed
  }

  #command(action: string): Command {
    const known = this.#commands.get(action)
    if (known !== undefined) return known
    const { verb, direction } = parseCommand(action)
    const command = { verb, direction, worth: worthOfVerb(action) }
    this.#commands.set(action, command)
    return command
  }

  /** What is hoped for from an action of which nothing is known: less for each try that was like it. */
  #unknown(node: Node, action: string, count: number, likelihood: number): number {
    const { direction, verb } = this.#command(action)
    const { elsewhereShare, verbShare, roomShare, priorPower } = this.#parameters
    const here = roomShare * (node.room.tried.get(action) ?? 0) + (1 - roomShare) * count
    // The same way leads elsewhere from every room; the same command does much the same.
    const elsewhere =
      direction === null
        ? elsewhereShare * (this.#roomsTriedIn.get(action) ?? 0) + verbShare * (this.#verbsTried.get(verb) ?? 0)
        : 0
    return (this.curiosity * likelihood ** priorPower) / (1 + here + elsewhere)
  }

  #valueOf(node: Node): number {
    return node.kind === 'death' ? -this.#parameters.deathCost * this.scale : node.value
  }

  #node({ situation, tokens }: Situation): Node {
    const known = this.#nodes.get(situation)
    if (known !== undefined) return known
    const name = roomOf(situation)
    const room: Room = this.#rooms.get(name) ?? { nodes: [], tried: new Map() }
    this.#rooms.set(name, room)
    // All of a room's situations are in that room.
    const features = new Set(tokens.filter((token) => !token.startsWith('at:')))
    const actions = new Set(commandsIn(tokens))
    const node: Node = {
      ...{ situation, tokens, room, kind: 'open', features, actions },
      ...{ edges: new Map(), similar: [], value: 0, hope: 0, ...never },
    }
    linkSimilar(node, room.nodes, this.#parameters)
    for (const other of room.nodes) other.borrowedAt = never.borrowedAt
    room.nodes.push(node)
    this.#nodes.set(situation, node)
    this.#backUp(node)
    return node
  }
}

const never = { backedUp: 0, changed: 0, edgesChanged: 0, borrowed: new Map(), borrowedAt: -1 }
const unseen: Seen = { visits: 0, count: 0, trust: 0, q: 0, hope: 0, latest: [] }

function seenIn(node: Node, borrowed: ReadonlyMap<string, Seen>, action: string): Seen {
  const edge = node.edges.get(action)
  if (edge === undefined) return borrowed.get(action) ?? unseen
  return { visits: edge.visits, count: edge.visits, trust: 1, q: edge.q, hope: edge.hope, latest: edge.latest }
}

/** Whether anything that its value and hope follow from has changed since they were backed up, no step being added. */
function isOutdated(node: Node): boolean {
  if (changedSince(node.similar, node.backedUp)) return true
  for (const { successors } of node.edges.values()) {
    for (const next of successors.keys()) if (next.changed > node.backedUp) return true
  }
  return false
}

function changedSince(similar: readonly Similar<Node>[], time: number): boolean {
  for (const { node } of similar) if (node.edgesChanged > time) return true
  return false
}

/** The best q. */
function bestBelieved(seen: readonly Seen[]): number {
  return seen.length === 0 ? 0 : Math.max(...seen.map(believed))
}

/** What is good is believed by as much as is known; 0 where something is unknown. */
function believed({ q, trust }: Seen): number {
  return q > 0 ? trust * q : trust === 0 ? 0 : q
}

function endNode(kind: 'victory' | 'death'): Node {
  const room: Room = { nodes: [], tried: new Map() }
  const nothing = { tokens: [], features: new Set<string>(), actions: new Set<string>(), value: 0, hope: 0 }
  return { situation: kind, room, kind, edges: new Map(), similar: [], ...nothing, ...never }
}

function edgeOf(node: Node, action: string): Edge {
  const known = node.edges.get(action)
  if (known !== undefined) return known
  const edge: Edge = { visits: 0, q: 0, hope: 0, latest: [], successors: new Map() }
  node.edges.set(action, edge)
  node.actions.add(action)
  return edge
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
