import type { Meter } from './meter.ts'
import { ObjectOperations } from './object-operations.ts'
import type { ObjectTable } from './object-table.ts'
import type { WorldBytes } from './world-bytes.ts'

/** More than what 16-bit addresses can reach. */
const ADDRESSES = 0x10002
const ALL_BITS = 255

/**
 * What turns read of memory, and what they wrote of the world, for whether that changes anything hangs on what was there.
 *
 * Every turn runs the world's clockwork, and the parser: what a turn reads no more often than an idle turn does is read
 * by those, and is no part of what its command hangs on.
 */
export class ReadLog {
  /** By address, the bits that an idle turn read. */
  readonly idly = new Uint8Array(ADDRESSES)
  /** The bits that another turn read, and more often than the idle ones. */
  readonly more = new Uint8Array(ADDRESSES)
  /** How often this turn has read a byte or word, by its first address, and a bit of an object's entry. */
  readonly #counts = new Uint16Array(ADDRESSES)
  readonly #bitCounts: Uint16Array
  readonly #usual = new Uint16Array(ADDRESSES)
  readonly #usualBits: Uint16Array
  /** 1: written since the search's own starting point, so that what is read there now is no part of it. */
  readonly #written = new Uint8Array(ADDRESSES)
  /** Of dynamic memory: what is behind never changes. */
  readonly #end: number
  readonly #entries: number
  readonly #world: WorldBytes
  /** Links of the object tree that were changed since the search's starting point, and those they may have been copied from. */
  #links = new Map<number, Set<number>>()
  /** The same of all turns. */
  readonly #allLinks = new Map<number, Set<number>>()
  #open = true

  constructor(end: number, world: WorldBytes, objects: ObjectTable) {
    this.#end = end
    this.#world = world
    this.#entries = objects.start
    this.#bitCounts = new Uint16Array((objects.end - objects.start) * 8)
    this.#usualBits = new Uint16Array(this.#bitCounts.length)
  }

  /** A byte. Returns 0: it stands in compiled expressions. */
  note(address: number): number {
    if (this.#open && this.#written[address] === 0 && ++this.#counts[address]! > this.#usual[address]!) {
      this.more[address] = ALL_BITS
    }
    return 0
  }

  noteWord(address: number): number {
    if (this.#open && this.#written[address] === 0 && ++this.#counts[address]! > this.#usual[address]!) {
      this.more[address] = ALL_BITS
      this.more[address + 1] = ALL_BITS
    }
    return 0
  }

  /** An attribute. */
  noteBit(address: number, attribute: number): void {
    const bit = attribute & 7
    const at = (address - this.#entries) * 8 + bit
    if (this.#open && ++this.#bitCounts[at]! > this.#usualBits[at]!) this.more[address]! |= 0x80 >> bit
  }

  /** A byte or word that is written to, wherever. */
  noteStore(address: number): number {
    if (this.#world.has(address)) this.noteWord(address)
    this.#written[address] = 1
    return 0
  }

  /**
   * A link of the object tree is copied to another; both by address. In which order things lie is no part of the world, so
   * this is no reading. Who follows the link later reads all that it may have been copied from: what is in a link hangs on
   * what it held at first, on what was copied to it, and on whether it led to what was taken out, which that tells.
   */
  copyLink(to: number, from: number): void {
    for (const links of new Set([this.#links, this.#allLinks])) {
      const sources = links.get(to) ?? new Set()
      sources.add(from)
      for (const source of links.get(from) ?? []) sources.add(source)
      links.set(to, sources)
    }
  }

  sourcesOf(link: number): Iterable<number> {
    return this.#links.get(link) ?? []
  }

  /** A turn begins; `afresh`: where the search began, or `isAstray` from there, after a turn that moved things. */
  begin(afresh: boolean, isAstray = false): void {
    if (afresh) {
      this.#written.fill(0, 0, this.#end)
      this.#links = isAstray ? this.#allLinks : new Map()
    }
    this.#counts.fill(0, 0, this.#end)
    this.#bitCounts.fill(0)
    this.#open = true
  }

  /** What the rest of this turn reads does not matter. */
  close(): void {
    this.#open = false
  }

  /** The turn that was just played was an idle one. */
  takeAsIdle(): void {
    for (let address = 0; address < this.#end; address++) {
      this.idly[address]! |= this.more[address]!
      if (this.#counts[address]! > this.#usual[address]!) this.#usual[address] = this.#counts[address]!
    }
    for (let at = 0; at < this.#bitCounts.length; at++) {
      if (this.#bitCounts[at]! > this.#usualBits[at]!) this.#usualBits[at] = this.#bitCounts[at]!
    }
    this.more.fill(0)
  }
}

/** The object operations, which note what they read and write of the tree, the attributes and the properties. */
export class NotingOperations extends ObjectOperations {
  readonly #log: ReadLog
  /** Once the player has gone elsewhere, what the story then describes is no part of what the way hangs on. */
  readonly #player: number

  constructor(memory: Uint8Array, meter: Meter, log: ReadLog, player: number) {
    super(memory, meter)
    this.#log = log
    this.#player = player
  }

  override parent(object: number): number {
    this.#noteFamily(object, this.layout.parent)
    return super.parent(object)
  }

  override sibling(object: number): number {
    this.#noteFamily(object, this.layout.sibling)
    return super.sibling(object)
  }

  override child(object: number): number {
    this.#noteFamily(object, this.layout.child)
    return super.child(object)
  }

  override hasAttribute(object: number, attribute: number): number {
    this.#noteAttribute(object, attribute)
    return super.hasAttribute(object, attribute)
  }

  override setAttribute(object: number, attribute: number): void {
    this.#noteAttribute(object, attribute)
    super.setAttribute(object, attribute)
  }

  override clearAttribute(object: number, attribute: number): void {
    this.#noteAttribute(object, attribute)
    super.clearAttribute(object, attribute)
  }

  override remove(object: number): void {
    this.#noteFamily(object, this.layout.parent)
    super.remove(object)
  }

  protected override copyLink(to: number, from: number): void {
    this.#log.copyLink(to, from)
    super.copyLink(to, from)
  }

  override insert(object: number, destination: number): void {
    super.insert(object, destination)
    if (object === this.#player) this.#log.close()
  }

  override propertyAddress(object: number, property: number): number {
    const address = super.propertyAddress(object, property)
    if (address !== 0) this.#log.noteWord(address)
    return address
  }

  #noteAttribute(object: number, attribute: number): void {
    if (object !== 0) this.#log.noteBit(this.flags(object, attribute), attribute)
  }

  #noteFamily(object: number, offset: number): void {
    if (object === 0) return
    const address = this.entry(object) + offset
    this.#noteLink(address)
    for (const source of this.#log.sourcesOf(address)) this.#noteLink(source)
  }

  #noteLink(address: number): void {
    if (this.layout.width === 1) this.#log.note(address)
    else this.#log.noteWord(address)
  }
}
