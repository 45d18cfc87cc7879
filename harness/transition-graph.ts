import { Alternatives } from './alternatives.ts'
import { oppositeDirection, parseCommand } from './command-words.ts'
import { Danger } from './danger.ts'
import { bestValue, borrow, seenIn, setPlan } from './loans.ts'
import { Novelty, type Tries } from './novelty.ts'
import type { GraphParameters } from './presets.ts'
import { firstGain, losses } from './prospect.ts'
import { linkSimilar } from './similar-situations.ts'
import {
  announce,
  backUpEdge,
  believed,
  believedOf,
  bestOf,
  type Edge,
  emptyRoom,
  type GraphStep,
  isOutdated,
  noteOutcome,
  noteWayBack,
  type Room,
  type Situation,
  type SituationNode,
  situationNode,
} from './situation-node.ts'
import { isDarkPlace, roomOf } from './state-encoder.ts'

/** What is believed of an action in a situation, in points. */
export interface Belief {
  /** How often it was taken in this very situation. */
  readonly visits: number
  /** Points to come in the time left by what was seen here, else in similar situations; null where neither is known. */
  readonly q: number | null
  /** q and what is hoped for from the unknown: what actions are compared by. */
  readonly worth: number
  /** The latest steps by this action from here, latest first; from the most similar situations where none was. */
  readonly latest: readonly GraphStep[]
}

/** The gains that were had in an episode, in their order. */
export type Gains = ReadonlyMap<number, { readonly place: string; readonly points: number }>

/** A moment of an episode. */
export interface Moment {
  /** Steps left until the limit, the one to be decided included. */
  readonly stepsLeft: number
  /** Gains that were had in this episode, by `gainOf`. */
  readonly earned: ReadonlySet<number>
}

/** Plans are made for these shares of the step limit: what is best with much time left may come too late with little. */
const horizonShares = [1, 1 / 2, 1 / 4, 1 / 8]
/** Share of the first curiosity that is left at the end of a run. */
const leastCuriosity = 0.02
/** Changes of less than this share of the scale are not passed on. */
const rest = 1e-3

/**
 * The remembered transitions as a graph of situations. Two things are backed up along it across episodes, for several
 * times left: the best plan, which is what points are to be had from which source, when, and with what probability; and
 * the hope, which is by how much more than that the best way into the unknown promises. They are kept apart: hope inside
 * the value would make circles that collect it. A situation never met before borrows what was seen in similar ones, less
 * the gains that were had already. Everything follows from the steps alone: replaying them gives the same graph.
 */
export class TransitionGraph {
  readonly #parameters: GraphParameters
  readonly #horizons: readonly number[]
  readonly #nodes = new Map<string, SituationNode>()
  readonly #rooms = new Map<string, Room>()
  readonly #gains = new Map<string, number>()
  readonly #novelty: Novelty
  readonly #danger = new Danger<Room>()
  readonly #alternatives = new Alternatives()
  readonly #end: SituationNode
  #now = 0
  #trail: { readonly node: SituationNode; readonly action: string; readonly reward: number }[] = []
  #gained: Gains = new Map()
  #progress = 0
  #bestReturn = 0

  constructor(parameters: GraphParameters, stepLimit: number) {
    this.#parameters = parameters
    this.#horizons = horizonShares.map((share) => share * stepLimit)
    this.#novelty = new Novelty(parameters)
    this.#end = this.#newNode({ situation: '', tokens: [] }, emptyRoom(), new Set())
  }

  /** The unit that values are compared in, in points: never decreases, at least 1. */
  get scale(): number {
    return Math.max(1, this.#parameters.scaleShare * this.#bestReturn)
  }

  /** What an unknown outcome is hoped to be worth, in points: less towards the end of the run, when it is of less use. */
  get curiosity(): number {
    return this.#parameters.curiosity * this.scale * Math.max(leastCuriosity, 1 - this.#progress)
  }

  /** `progress`: the share of the run's episodes that came before this one. */
  beginEpisode(progress: number): void {
    this.#progress = progress
  }

  /**
   * The gain that points come from: a place and a command; where the command has given points there before in the same
   * episode, another one.
   */
  gainOf(place: string, action: string, earned: Pick<ReadonlySet<number>, 'has'>): number {
    for (let time = 1; ; time++) {
      const key = `${place} > ${action} > ${time}`
      const gain = this.#gains.get(key) ?? firstGain + this.#gains.size
      this.#gains.set(key, gain)
      if (!earned.has(gain)) return gain
    }
  }

  /**
   * The gains after a step. Points that are lost where the last gain of as many was had take it back: it is to be had again,
   * and what lies in between is no way to have it twice.
   */
  gainsAfter(gains: Gains, place: string, action: string, reward: number): Gains {
    if (reward === 0) return gains
    const after = new Map(gains)
    if (reward > 0) return after.set(this.gainOf(place, action, gains), { place, points: reward })
    const undone = [...gains].findLast(([, gain]) => gain.place === place && gain.points === -reward)
    if (undone !== undefined) after.delete(undone[0])
    return after
  }

  /**
   * What is believed of the actions, in their order.
   *
   * worth = trust * (q + hope) + (1 - trust) * (nothing + unknown). Of what is not known it is thought that it kills, as
   * often as first tries have killed in this room, or else changes nothing: then the best q here is left, a step later.
   * A tried action keeps a little curiosity, for what it may yet turn out to do.
   */
  beliefs(state: Situation, actions: readonly string[], { stepsLeft, earned }: Moment): readonly Belief[] {
    const node = this.#node(state, earned)
    if (isBehind(node)) this.#backUp(node)
    const { curiosity } = this
    const { gamma, triedShare, again } = this.#parameters
    const horizon = this.#horizons.findLastIndex((steps) => steps >= stepsLeft)
    const seen = actions.map((action) => seenIn(node, action))
    const tried = this.#triedFrom(node)
    const qs = seen.map((each, index) => {
      if (each.count === 0) return 0
      const q = bestValue(each, node, stepsLeft, gamma, earned)
      return q > 0 ? q * again ** (tried.get(actions[index]!) ?? 0) : q
    })
    const value = Math.max(...seen.map(({ trust }, index) => believed(qs[index]!, trust)))
    const lefts = this.#leftsOf(value, this.#risksIn(node.room))
    return actions.map((action, index) => {
      const { visits, count, trust, hopes, witnesses } = seen[index]!
      const q = qs[index]!
      const tries = this.#triesIn(node.room, action)
      const unknown = trust === 1 ? 0 : curiosity * this.#novelty.of(tries, node.held)
      const kept = visits > 0 ? triedShare / Math.sqrt(1 + visits) : 0
      const hope = curiosity * Math.max(kept, hopes[Math.max(0, horizon)] ?? 0)
      const worth = trust * (q + hope) + (1 - trust) * (lefts[kindOf(tries)] + unknown)
      return { visits, q: count > 0 ? q : null, worth, latest: witnesses[0]?.edge.latest ?? [] }
    })
  }

  /** Remembers the next step of the current episode and backs it up along the way that led to it. */
  add(step: GraphStep): void {
    const { action, reward, terminated, victory } = step
    const node = this.#node(step.from, earnedBy(this.#gained))
    const place = roomOf(step.from.situation)
    const source = reward > 0 ? this.gainOf(place, action, this.#gained) : losses
    this.#gained = this.gainsAfter(this.#gained, place, action, reward)
    const next = terminated ? this.#end : this.#node(step.next, earnedBy(this.#gained))
    const tries = this.#triesIn(node.room, action)
    node.actions.set(action, tries)
    const isDeath = terminated && !victory
    if (tries.all === 0) this.#danger.noteFirstTry(node.room, isWay(tries), isDeath)
    if (isDeath) this.#danger.noteDeath(reward)
    this.#novelty.note(tries, node.held)
    if (next.room !== node.room) this.#noteEntrance(node, step, next)
    this.#backUp(next)
    const edge = noteOutcome(node, step, next, source)
    node.visited = ++this.#now
    this.#backUpEdge(node, edge)
    this.#trail.push({ node, action, reward })
    this.#backUpTrail(1 + this.#parameters.trail)
  }

  /** Takes the episode's return into account and backs up until nothing changes, or the sweeps are used up. */
  endEpisode(): void {
    let total = 0
    for (const { reward } of this.#trail.toReversed()) {
      total = reward + this.#parameters.gamma * total
      this.#bestReturn = Math.max(this.#bestReturn, total)
    }
    this.#backUpTrail(this.#trail.length)
    this.#trail = []
    this.#alternatives.note(this.#gained)
    this.#gained = new Map()
    // What was found last lies furthest from the opening: backwards, one sweep carries a value all the way. What is new
    // elsewhere and how much is hoped for has changed for all.
    const nodes = [...this.#nodes.values()].reverse()
    for (let sweep = 0; sweep < this.#parameters.sweeps; sweep++) {
      let isDone = true
      for (const node of nodes) {
        const isChanged = isBehind(node) && this.#backUpPlans(node)
        if (sweep > 0 && !isChanged) continue
        this.#backUpHopes(node)
        isDone = false
      }
      if (isDone) return
    }
  }

  /** Where there is an opposite way, it is thought to lead back. */
  #noteEntrance(node: SituationNode, step: GraphStep, next: SituationNode): void {
    const { direction } = parseCommand(step.action)
    const back = direction === null ? null : oppositeDirection(direction)
    if (back === null) return
    this.#novelty.noteWayBack(next.room.tries, back)
    for (const [action, { command }] of next.actions) {
      if (command.direction !== back || next.edges.has(action) || next.waysBack.get(action)?.to === node) continue
      this.#backUpEdge(next, noteWayBack(next, action, node, step))
      next.visited = ++this.#now
    }
  }

  /** How often each action was taken in this very situation in the current episode: each time it led back here. */
  #triedFrom(node: SituationNode): ReadonlyMap<string, number> {
    const tried = new Map<string, number>()
    for (const past of this.#trail) {
      if (past.node === node) tried.set(past.action, (tried.get(past.action) ?? 0) + 1)
    }
    return tried
  }

  #backUpTrail(length: number): void {
    for (const { node } of this.#trail.slice(-length).reverse()) this.#backUp(node)
  }

  #backUpEdge(node: SituationNode, edge: Edge): void {
    if (backUpEdge(edge, this.#horizons, this.#parameters)) edge.changed = node.edgesChanged = ++this.#now
  }

  #backUp(node: SituationNode): void {
    if (isBehind(node)) this.#backUpPlans(node)
    this.#backUpHopes(node)
  }

  /** Returns whether anything is seen otherwise since. */
  #backUpPlans(node: SituationNode): boolean {
    const before = node.backedUp
    node.backedUp = ++this.#now
    for (const edge of edgesOf(node)) if (isOutdated(edge, before)) this.#backUpEdge(node, edge)
    if (!borrow(node, this.#horizons, this.#parameters, this.#now, this.#alternatives)) return false
    for (let horizon = 0; horizon < this.#horizons.length; horizon++) {
      const best = bestOf(node.options, horizon)
      setPlan(node.plans[horizon]!, best, horizon, node)
      node.values[horizon] = believedOf(best, horizon)
    }
    return true
  }

  /** What is hoped for depends on what was tried anywhere: it is never up to date for long. Tells those who lead here. */
  #backUpHopes(node: SituationNode): void {
    const { values, hopes } = node
    const { curiosity } = this
    const risks = this.#risksIn(node.room)
    const lefts = values.map((value) => this.#leftsOf(value, risks))
    const [known, best] = [[...values], [...values]]
    const newest: [number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const { tries, seen } of node.options) {
      const { trust } = seen
      const kind = kindOf(tries)
      const unknown = trust === 1 ? 0 : curiosity * this.#novelty.of(tries, node.held)
      if (trust === 0) newest[kind] = Math.max(newest[kind], unknown)
      else {
        for (let horizon = 0; horizon < values.length; horizon++) {
          const worth = trust * seen.values[horizon]! + (1 - trust) * lefts[horizon]![kind]
          const hoped = trust * curiosity * seen.hopes[horizon]! + (1 - trust) * unknown
          known[horizon] = Math.max(known[horizon]!, worth)
          best[horizon] = Math.max(best[horizon]!, worth + hoped)
        }
      }
    }
    for (let horizon = 0; horizon < values.length; horizon++) {
      const [other, way] = lefts[horizon]!
      const hope = Math.max(best[horizon]!, other + newest[0], way + newest[1]) - known[horizon]!
      hopes[horizon] = curiosity > 0 ? hope / curiosity : 0
    }
    if (announce(node, rest * this.scale, curiosity)) node.changed = ++this.#now
  }

  #risksIn(room: Room): ByKind {
    return [this.#danger.risk(room, false), this.#danger.risk(room, true)]
  }

  /** What is left where an untried action does nothing, or kills: `value` is the best that is known. */
  #leftsOf(value: number, [other, way]: ByKind): ByKind {
    const left = (risk: number): number => (1 - risk) * this.#parameters.gamma * value - risk * this.#danger.loss
    return [left(other), left(way)]
  }

  #triesIn(room: Room, action: string): Tries {
    return this.#novelty.triesIn(room.tries, action)
  }

  #node(state: Situation, earned: ReadonlySet<number>): SituationNode {
    const known = this.#nodes.get(state.situation)
    if (known !== undefined) return known
    const name = roomOf(state.situation)
    const room = this.#rooms.get(name) ?? emptyRoom(isDarkPlace(name))
    this.#rooms.set(name, room)
    const node = this.#newNode(state, room, earned)
    linkSimilar(node, room.nodes, this.#parameters.likeness)
    room.nodes.push(node)
    this.#nodes.set(state.situation, node)
    this.#backUp(node)
    return node
  }

  #newNode(state: Situation, room: Room, earned: ReadonlySet<number>): SituationNode {
    return situationNode(state, room, earned, this.#horizons.length, (command) => this.#triesIn(room, command))
  }
}

/** Other commands than ways, and ways. */
type ByKind = readonly [number, number]

function kindOf(tries: Tries): 0 | 1 {
  return isWay(tries) ? 1 : 0
}

function isWay({ command }: Tries): boolean {
  return command.direction !== null
}

export function earnedBy(gains: Gains): ReadonlySet<number> {
  return new Set(gains.keys())
}

function* edgesOf({ edges, waysBack }: SituationNode): Iterable<Edge> {
  yield* edges.values()
  for (const { edge } of waysBack.values()) yield edge
}

/** Whether anything that its values and hopes follow from has changed since they were backed up. */
function isBehind(behind: SituationNode): boolean {
  const { similar, edgesChanged, visited, backedUp } = behind
  if (Math.max(edgesChanged, visited) > backedUp) return true
  for (const { node } of similar) if (Math.max(node.edgesChanged, node.visited) > backedUp) return true
  for (const far of behind.far.keys()) if (Math.max(far.edgesChanged, far.visited) > backedUp) return true
  for (const edge of edgesOf(behind)) if (isOutdated(edge, backedUp)) return true
  return false
}
