import { parseCommand } from './command-words.ts'
import type { GraphParameters } from './presets.ts'
import { roomOf } from './state-encoder.ts'

/** Where a step was seen. */
interface Source {
  readonly run: string
  readonly episode: number
  readonly turn: number
}

/** A remembered step between two situations (`State.situation`). */
export interface GraphStep extends Source {
  readonly situation: string
  readonly action: string
  readonly reward: number
  readonly next: string
  readonly terminated: boolean
  readonly victory: boolean
}

/** What an action led to from one situation. */
export interface Outcome {
  readonly visits: number
  /** Mean over its outcomes of reward + gamma * value of the successor, in points. */
  readonly q: number
  /** The latest steps, latest first. */
  readonly latest: readonly GraphStep[]
}

interface Edge {
  visits: number
  q: number
  latest: readonly GraphStep[]
  readonly successors: Map<Node, { count: number; reward: number }>
}

interface Room {
  steps: number
  readonly tried: Map<string, number>
}

interface Node {
  readonly room: Room
  /** `open`: the story goes on from here. */
  readonly kind: 'open' | 'victory' | 'death'
  readonly edges: Map<string, Edge>
  value: number
}

const keptSteps = 3

/**
 * The remembered transitions as a graph of situations, with values backed up along it across episodes.
 *
 * V(s) = max(max over tried a of q(s, a), what is hoped for from the untried); q averages over outcomes, which is what
 * copes with combat. Hope is per room and shrinks with the steps spent there; it is never added to a value, or the agent
 * would walk in circles to collect it. Everything follows from the steps alone: replaying them gives the same graph.
 */
export class TransitionGraph {
  readonly #parameters: GraphParameters
  readonly #nodes = new Map<string, Node>()
  readonly #rooms = new Map<string, Room>()
  readonly #triedAnywhere = new Map<string, number>()
  readonly #verbsTried = new Map<string, number>()
  readonly #victory: Node = endNode('victory')
  readonly #death: Node = endNode('death')
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

  outcome(situation: string, action: string): Outcome | undefined {
    return this.#nodes.get(situation)?.edges.get(action)
  }

  /** How often the action was tried in the situation's room, whatever was held there. */
  triedInRoom(situation: string, action: string): number {
    return this.#rooms.get(roomOf(situation))?.tried.get(action) ?? 0
  }

  triedAnywhere(action: string): number {
    return this.#triedAnywhere.get(action) ?? 0
  }

  verbTriedAnywhere(verb: string): number {
    return this.#verbsTried.get(verb) ?? 0
  }

  /** Remembers the next step of the current episode and backs it up along the way that led to it. */
  add(step: GraphStep): void {
    const node = this.#node(step.situation)
    const next = step.terminated ? (step.victory ? this.#victory : this.#death) : this.#node(step.next)
    const edge = edgeOf(node, step.action)
    const successor = edge.successors.get(next) ?? { count: 0, reward: 0 }
    edge.successors.set(next, { count: successor.count + 1, reward: successor.reward + step.reward })
    edge.visits++
    edge.latest = [step, ...edge.latest].slice(0, keptSteps)
    node.room.steps++
    increment(node.room.tried, step.action)
    increment(this.#triedAnywhere, step.action)
    increment(this.#verbsTried, parseCommand(step.action).verb)

    this.#trail.push({ node, reward: step.reward })
    this.#backUpTrail(1 + this.#parameters.trail)
  }

  /** Takes the episode's return into account and backs values up until they rest, or the sweeps are used up. */
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
      for (const node of nodes) change = Math.max(change, this.#backUp(node))
      if (change < rest) return
    }
  }

  #backUpTrail(length: number): void {
    for (const { node } of this.#trail.slice(-length).reverse()) this.#backUp(node)
  }

  /** Returns by how much the node's value changed. */
  #backUp(node: Node): number {
    const { gamma } = this.#parameters
    let value = this.#hope(node)
    for (const edge of node.edges.values()) {
      let sum = 0
      for (const [next, { count, reward }] of edge.successors) sum += reward + gamma * count * this.#valueOf(next)
      edge.q = sum / edge.visits
      value = Math.max(value, edge.q)
    }
    const change = Math.abs(value - node.value)
    node.value = value
    return change
  }

  #valueOf(node: Node): number {
    if (node.kind === 'victory') return 0
    if (node.kind === 'death') return -this.#parameters.deathCost * this.scale
    return node.edges.size === 0 ? this.#hope(node) : node.value
  }

  #hope(node: Node): number {
    const { roomPatience, knownShare } = this.#parameters
    const share = node.edges.size === 0 ? 1 : knownShare
    return (share * this.curiosity) / Math.sqrt(1 + node.room.steps / roomPatience)
  }

  #node(situation: string): Node {
    const known = this.#nodes.get(situation)
    if (known !== undefined) return known
    const name = roomOf(situation)
    const room = this.#rooms.get(name) ?? { steps: 0, tried: new Map() }
    this.#rooms.set(name, room)
    const node: Node = { room, kind: 'open', edges: new Map(), value: 0 }
    this.#nodes.set(situation, node)
    return node
  }
}

function endNode(kind: 'victory' | 'death'): Node {
  return { room: { steps: 0, tried: new Map() }, kind, edges: new Map(), value: 0 }
}

function edgeOf(node: Node, action: string): Edge {
  const known = node.edges.get(action)
  if (known !== undefined) return known
  const edge: Edge = { visits: 0, q: 0, latest: [], successors: new Map() }
  node.edges.set(action, edge)
  return edge
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
