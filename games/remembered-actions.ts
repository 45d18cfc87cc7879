import { createHash } from 'node:crypto'
import type { ActionCache } from './action-cache.ts'
import { Dependencies } from './dependencies.ts'
import { MOST_TURNS, SALTS } from './effects.ts'
import type { Machine } from './machine.ts'
import type { ObjectTable } from './object-table.ts'
import { UNSEEN } from './parser-questions.ts'
import type { Probe } from './probe.ts'
import { phrases, roomOf } from './reach.ts'
import { ReadLog } from './read-log.ts'
import { elsewhere } from './rooms.ts'
import type { StoryKnowledge } from './story-knowledge.ts'
import { hashOf } from './world-bytes.ts'

/** Turns in which nothing is done, of which none describes where the player is. */
const IDLE = ['inventory', 'wait']
/** All the dice that a search throws. */
const DICE = [0, ...SALTS]

/** Things that are not here are looked for by so many names. */
const MOST_UNSEEN = 6

/** Sets of bits that are kept for one place, the latest: each holds all before it. */
const MOST_SETS = 12

/**
 * A clock that is further from its end than a search looks ahead has no other value; and of what the last command left in
 * the parser it matters little more than whether it is there.
 */
const FAR_OFF = 8

/** Where the machine stands, at the main prompt. */
export interface Standing {
  readonly machine: Machine
  readonly objects: ObjectTable
  readonly player: number
  /** Words that were said or written in the last text. */
  readonly spoken: readonly string[]
}

/** What was taken in from a cache: the keys of a place's sets, and the sets by key. */
interface Known {
  readonly keys: Map<string, readonly string[]>
  readonly sets: Map<string, Dependencies>
}

/**
 * The commands that were found before where all was equal that the search hung on: where the player is, what is there
 * and held, what was said, and every bit of memory that the commands which were tried read, or wrote of the world, but
 * for what the world's clockwork and the parser read in every turn.
 *
 * Which bits these are, a search in the same place has found. The cache has the keys of such sets under the place, each
 * set under its key, and the commands under what the bits hold.
 */
export class RememberedActions {
  readonly #knowledge: StoryKnowledge
  readonly #known = new WeakMap<ActionCache, Known>()

  constructor(knowledge: StoryKnowledge) {
    this.#knowledge = knowledge
  }

  get(cache: ActionCache, standing: Standing): readonly string[] | undefined {
    const place = placeOf(standing)
    const hash = this.#hashesIn(place, standing)
    const keys = this.#keysOf(cache, place)
    const found = this.#firstOf(cache, keys, hash)
    if (found !== undefined || cache.refresh?.() !== true) return found
    // Whoever else plays the story has been here perhaps, or somewhere that hung on the same.
    const others = (cache.get(place) ?? []).filter((key) => !keys.includes(key))
    const all = [...keys, ...others].slice(0, MOST_SETS)
    this.#knownIn(cache).keys.set(place, all)
    return this.#firstOf(cache, all, hash)
  }

  /** What `search` finds, kept with what it hung on. */
  find(cache: ActionCache, standing: Standing, probe: Probe, search: () => readonly string[]): readonly string[] {
    const place = placeOf(standing)
    const hash = this.#hashesIn(place, standing)
    const { commands, dependencies } = this.#watched(standing, probe, search)
    const keys = this.#keysOf(cache, place)
    const latest = keys[0] === undefined ? null : this.#setOf(cache, keys[0])
    const set = latest?.with(dependencies) ?? dependencies
    if (this.#setOf(cache, set.key) === null) cache.set(set.key, [set.text])
    if (set.key !== keys[0]) {
      const all = [set.key, ...keys].slice(0, MOST_SETS)
      this.#knownIn(cache).keys.set(place, all)
      cache.set(place, all)
    }
    cache.set(hash(set), commands)
    return commands
  }

  #hashesIn(place: string, { machine }: Standing): (set: Dependencies) => string {
    const { memory } = this.#knowledge
    const changes = memory.difference(machine, memory.origin)
    return (set) => set.hash(changes, memory.origin, place)
  }

  #firstOf(cache: ActionCache, keys: readonly string[], hash: (set: Dependencies) => string) {
    for (const key of keys) {
      const set = this.#setOf(cache, key)
      const found = set ? cache.get(hash(set)) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }

  #knownIn(cache: ActionCache): Known {
    const known = this.#known.get(cache) ?? { keys: new Map(), sets: new Map() }
    this.#known.set(cache, known)
    return known
  }

  /** Of the sets that a place hangs on, the latest first. */
  #keysOf(cache: ActionCache, place: string): readonly string[] {
    const { keys } = this.#knownIn(cache)
    const known = keys.get(place) ?? cache.get(place) ?? []
    keys.set(place, known)
    return known
  }

  /** Null where the cache has none that can be read. */
  #setOf(cache: ActionCache, key: string): Dependencies | null {
    const { sets } = this.#knownIn(cache)
    const [text] = sets.has(key) ? [] : (cache.get(key) ?? [])
    const read = text === undefined ? null : Dependencies.parse(text, this.#knowledge.memory.length)
    if (read !== null) sets.set(key, read)
    return sets.get(key) ?? null
  }

  /** Words for a few things that are not here: to look for them, some parsers go through all there is. */
  #unseen(objects: ObjectTable, far: readonly number[]): readonly string[] {
    const { nouns } = this.#knowledge
    const named = far.flatMap((object) => phrases({ ...nouns, objects }, object).slice(0, 2))
    return [...new Set(named)].slice(0, MOST_UNSEEN)
  }

  #watched(
    { machine, objects, player }: Standing,
    probe: Probe,
    search: () => readonly string[],
  ): { readonly commands: readonly string[]; readonly dependencies: Dependencies } {
    const { world, arrays, memory } = this.#knowledge
    const before = memory.capture(machine)
    const far = elsewhere(objects, player)
    const log = new ReadLog(memory.length, world, objects)
    const ticking = new Set<number>()
    const idle = new Set<string>()
    /** Where in tables commands leave something that do nothing else: texts that take turns. */
    const scratch = new Set<number>()
    machine.noteReads(log, player)
    const entries = objects.entryBytes()
    probe.beforehand = (afresh) => log.begin(afresh, afresh && Buffer.compare(objects.entryBytes(), entries) !== 0)
    try {
      for (const command of DICE.flatMap((salt) => IDLE.map((words) => ({ words, salt })))) {
        const outcome = probe.play(command.words, command.salt)
        if (outcome === null) continue
        log.takeAsIdle()
        idle.add(hashOf(outcome.difference))
        for (const change of memory.difference(machine, before)) ticking.add(change >>> 8)
        // Clockwork goes on: in a later turn it may be elsewhere.
        for (const next of IDLE) if (probe.next(next)) log.takeAsIdle()
      }
      // As far as a search looks ahead.
      probe.back()
      for (let turn = 0; turn < MOST_TURNS; turn++) if (probe.next('wait')) log.takeAsIdle()
      for (const phrase of this.#unseen(objects, far)) {
        const outcome = probe.play(`examine ${phrase}`)
        if (outcome && UNSEEN.test(outcome.text)) log.takeAsIdle()
      }
      probe.afterwards = ({ difference }) => {
        if (!idle.has(hashOf(difference))) return
        for (const change of arrays.difference(machine, before)) {
          if (!ticking.has(change >>> 8)) scratch.add(change >>> 8)
        }
      }
      const commands = search()
      return { commands, dependencies: dependenciesIn(log) }
    } finally {
      machine.stopNoting()
    }

    function dependenciesIn({ more, idly }: ReadLog): Dependencies {
      const bits = new Uint8Array(memory.length)
      const limits = new Uint8Array(memory.length)
      const owners = objects.owners()
      const isFar = new Uint8Array(objects.count + 1)
      for (const object of far) isFar[object] = 1
      for (let address = 0; address < memory.length; address++) {
        if ((more[address]! | idly[address]!) === 0) continue
        const [isEntry, away] = [objects.isEntry(address), isFar[owners[address]!] === 1]
        if (scratch.has(address) || (isEntry && !away && !world.has(address))) continue
        if (!arrays.has(address) && !world.has(address) && !isEntry) {
          const isTable = owners[address] === 0 && !world.isGlobal(address * 256)
          if (!isTable && more[address] !== 0) limits[address] = FAR_OFF
        } else if (away) bits[address] = more[address]!
        else if (isEntry) bits[address] = more[address]! | idly[address]!
        else if (more[address] !== 0) bits[address] = more[address]!
        else limits[address] = FAR_OFF
      }
      return new Dependencies(bits, limits)
    }
  }
}

/** 16 hex digits of where the player is, what is there and held, and what was said. */
function placeOf({ objects, player, spoken }: Standing): string {
  const room = roomOf(objects, player)
  const here = objects.descendants(room).sort((a, b) => a - b)
  const holders = here.map((object) => objects.parent(object))
  return createHash('sha256').update(`${room} ${player} ${here} ${holders} ${spoken}`).digest('hex').slice(0, 16)
}
