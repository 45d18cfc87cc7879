import type { Meter } from './meter.ts'

/** Where a version keeps an object's family: offsets inside its entry (Z-Machine Standard §12.3). */
interface Layout {
  readonly entry: number
  /** Bytes of an object number. */
  readonly width: 1 | 2
  readonly parent: number
  readonly sibling: number
  readonly child: number
  readonly properties: number
}

const SMALL: Layout = { entry: 9, width: 1, parent: 4, sibling: 5, child: 6, properties: 7 }
const LARGE: Layout = { entry: 14, width: 2, parent: 6, sibling: 8, child: 10, properties: 12 }

/** Properties are gone through so many at a time; few objects have more. */
const BATCH = 16

/** There cannot be more (Standard §12.3.2). */
const MOST_OBJECTS = 65535

/**
 * The object opcodes, straight on the story's bytes. They take the place of ifvms 1.1.6's, which cost several look-ups
 * an access and know neither that object 0 is nothing (Standard §12.3) nor that an object taken out loses its sibling.
 */
export class ObjectOperations {
  readonly #memory: Uint8Array
  /** Address of object 0, were there one. */
  readonly #base: number
  readonly #defaults: number
  /** End of dynamic memory. */
  readonly #end: number
  readonly #small: boolean
  readonly #meter: Meter
  protected readonly layout: Layout

  /** `memory`: a story, of which the header is read (Standard §11.1). */
  constructor(memory: Uint8Array, meter: Meter) {
    this.#memory = memory
    this.#meter = meter
    this.#small = memory[0] === 3
    this.layout = this.#small ? SMALL : LARGE
    this.#defaults = this.#word(0x0a)
    // Before the first object stand the defaults of 31 or 63 properties.
    this.#base = this.#defaults + (this.#small ? 62 : 126) - this.layout.entry
    this.#end = this.#word(0x0e)
  }

  parent(object: number): number {
    return this.#relative(object, this.layout.parent)
  }

  sibling(object: number): number {
    return this.#relative(object, this.layout.sibling)
  }

  child(object: number): number {
    return this.#relative(object, this.layout.child)
  }

  /** Not 0 where the attribute is set. */
  hasAttribute(object: number, attribute: number): number {
    return object === 0 ? 0 : this.#memory[this.flags(object, attribute)]! & (0x80 >> (attribute & 7))
  }

  setAttribute(object: number, attribute: number): void {
    if (object !== 0) this.#memory[this.flags(object, attribute)]! |= 0x80 >> (attribute & 7)
  }

  clearAttribute(object: number, attribute: number): void {
    if (object !== 0) this.#memory[this.flags(object, attribute)]! &= ~(0x80 >> (attribute & 7))
  }

  remove(object: number): void {
    const parent = this.#relative(object, this.layout.parent)
    if (parent === 0) return
    const first = this.#relative(parent, this.layout.child)
    if (first === object) {
      this.copyLink(this.#childLink(parent), this.#siblingLink(object))
    } else {
      let elder = first
      let passed = 0
      for (; elder !== 0; passed++) {
        const next = this.#relative(elder, this.layout.sibling)
        if (next === object) break
        if (passed > MOST_OBJECTS) throw new RangeError(`the siblings of object ${object} form a ring`)
        elder = next
      }
      this.#meter.spend(Math.floor(passed / BATCH))
      if (elder !== 0) this.copyLink(this.#siblingLink(elder), this.#siblingLink(object))
    }
    this.#setFamily(object, this.layout.parent, 0)
    this.#setFamily(object, this.layout.sibling, 0)
  }

  insert(object: number, destination: number): void {
    if (object === 0 || destination === 0) return
    this.remove(object)
    this.#setFamily(object, this.layout.parent, destination)
    this.copyLink(this.#siblingLink(object), this.#childLink(destination))
    this.#setFamily(destination, this.layout.child, object)
  }

  /** Has one object's link lead where another's does. Both by address. */
  protected copyLink(to: number, from: number): void {
    this.#setFamilyAt(to, this.#family(from))
  }

  /** The property's value, or its default. */
  property(object: number, property: number): number {
    if (object === 0) return 0
    const address = this.propertyAddress(object, property)
    if (address === 0) return this.#word(this.#defaults + 2 * (property - 1))
    return this.#isWord(address) ? this.#word(address) : this.#memory[address]!
  }

  setProperty(object: number, property: number, value: number): void {
    const address = this.propertyAddress(object, property)
    if (address === 0) return
    const isWord = this.#isWord(address)
    if (address + (isWord ? 2 : 1) > this.#end) throw new RangeError(`property ${property} is not in dynamic memory`)
    if (isWord) this.#memory[address] = value >> 8
    this.#memory[isWord ? address + 1 : address] = value
  }

  /** Address of the property's data; 0 where the object has it not. In one piece, for nothing is asked as often. */
  propertyAddress(object: number, property: number): number {
    if (object === 0) return 0
    const memory = this.#memory
    let address = this.#firstProperty(object)
    let left = BATCH
    if (this.#small) {
      for (;;) {
        if (--left === 0) left = this.#anotherBatch()
        const size = memory[address]!
        const number = size & 0x1f
        if (number <= property) return number === property ? address + 1 : 0
        address += (size >> 5) + 2
      }
    }
    for (;;) {
      if (--left === 0) left = this.#anotherBatch()
      const size = memory[address]!
      const number = size & 0x3f
      const header = size & 0x80 ? 2 : 1
      if (number <= property) return number === property ? address + header : 0
      address += header + (header === 2 ? memory[address + 1]! & 0x3f || 64 : size & 0x40 ? 2 : 1)
    }
  }

  /** Of the property whose data is at the address, in bytes (Standard §15, `get_prop_len`). */
  propertyLength(data: number): number {
    if (data === 0) return 0
    const size = this.#memory[data - 1]!
    if (this.#small) return (size >> 5) + 1
    if ((size & 0x80) !== 0) return size & 0x3f || 64
    return (size & 0x40) === 0 ? 1 : 2
  }

  /** Number of the property after this one, of the first where it is 0; 0 at the end. */
  propertyAfter(object: number, property: number): number {
    if (object === 0) return 0
    const mask = this.#small ? 0x1f : 0x3f
    let address = this.#firstProperty(object)
    if (property === 0) return this.#memory[address]! & mask
    for (let left = BATCH; ; ) {
      if (--left === 0) left = this.#anotherBatch()
      const number = this.#memory[address]! & mask
      address = this.#nextProperty(address)
      if (number === property) return this.#memory[address]! & mask
      if (number < property) return 0
    }
  }

  /** A table may be as long as the memory, and nothing but this bounds it. */
  #anotherBatch(): number {
    this.#meter.spend(BATCH)
    return BATCH
  }

  #firstProperty(object: number): number {
    const memory = this.#memory
    const at = this.entry(object) + this.layout.properties
    const table = (memory[at]! << 8) | memory[at + 1]!
    return table + memory[table]! * 2 + 1
  }

  #nextProperty(address: number): number {
    const size = this.#memory[address]!
    if (this.#small) return address + (size >> 5) + 2
    if ((size & 0x80) === 0) return address + (size & 0x40 ? 3 : 2)
    return address + 2 + (this.#memory[address + 1]! & 0x3f || 64)
  }

  /** The byte before a property's data tells a byte from a word (Standard §12.4). */
  #isWord(data: number): boolean {
    const size = this.#memory[data - 1]!
    return this.#small ? size >> 5 !== 0 : (size & 0x40) !== 0
  }

  protected entry(object: number): number {
    const address = this.#base + object * this.layout.entry
    if (address + this.layout.entry > this.#end) throw new RangeError(`there is no object ${object}`)
    return address
  }

  /** Address of the byte that holds the attribute. */
  protected flags(object: number, attribute: number): number {
    const address = this.entry(object) + (attribute >> 3)
    if (address >= this.#end) throw new RangeError(`there is no attribute ${attribute}`)
    return address
  }

  #family(address: number): number {
    return this.layout.width === 1 ? this.#memory[address]! : this.#word(address)
  }

  /** Of object 0, nothing. */
  #relative(object: number, offset: number): number {
    return object === 0 ? 0 : this.#family(this.entry(object) + offset)
  }

  #childLink(object: number): number {
    return this.entry(object) + this.layout.child
  }

  #siblingLink(object: number): number {
    return this.entry(object) + this.layout.sibling
  }

  #setFamily(object: number, offset: number, relative: number): void {
    this.#setFamilyAt(this.entry(object) + offset, relative)
  }

  #setFamilyAt(address: number, relative: number): void {
    if (this.layout.width === 1) {
      this.#memory[address] = relative
    } else {
      this.#memory[address] = relative >> 8
      this.#memory[address + 1] = relative
    }
  }

  #word(address: number): number {
    return (this.#memory[address]! << 8) | this.#memory[address + 1]!
  }
}
