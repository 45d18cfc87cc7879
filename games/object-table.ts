import type { World, WorldObject } from './environment.ts'
import type { Zvm } from './ifvms.ts'

/** Where the object table keeps what, by version (Standard §12.3). */
interface Layout {
  readonly entrySize: number
  readonly attributeBytes: number
  /** Offsets within an entry. */
  readonly parent: number
  readonly sibling: number
  readonly child: number
  readonly properties: number
  readonly defaults: number
}

const V3: Layout = { entrySize: 9, attributeBytes: 4, parent: 4, sibling: 5, child: 6, properties: 7, defaults: 31 }
const V4: Layout = { entrySize: 14, attributeBytes: 6, parent: 6, sibling: 8, child: 10, properties: 12, defaults: 63 }

/** The story's object tree, read from its memory as it is at the moment of the call. */
export class ObjectTable {
  /** Number of the last object. */
  readonly count: number
  /** Address of object 1's entry. */
  readonly start: number
  readonly layout: Layout
  /** First byte after the entries, and first after all property tables. */
  readonly end: number
  readonly propertiesEnd: number
  readonly #vm: Zvm
  readonly #names: readonly string[]
  /** Property tables by address. */
  readonly #tables: readonly { readonly id: number; readonly table: number }[]

  constructor(vm: Zvm) {
    this.#vm = vm
    this.layout = vm.version3 ? V3 : V4
    this.start = vm.properties + 2 * this.layout.defaults
    this.count = this.#countEntries()
    this.end = this.start + this.count * this.layout.entrySize
    const names = ['']
    let last = this.end
    for (let id = 1; id <= this.count; id++) {
      names.push(this.#readName(id))
      for (const property of this.properties(id)) last = Math.max(last, property.address + property.length)
    }
    this.#names = names
    const ids = Array.from({ length: this.count }, (_, i) => i + 1)
    this.#tables = ids.map((id) => ({ id, table: this.#propertyTable(id) })).sort((a, b) => a.table - b.table)
    this.propertiesEnd = Math.min(last, vm.staticmem)
  }

  /** The printed name of the object's header, abbreviations expanded (Standard §12.4). */
  name(id: number): string {
    return this.#names[id] ?? ''
  }

  parent(id: number): number {
    return this.#valid(this.#vm.get_parent(id))
  }

  children(id: number): number[] {
    const children: number[] = []
    let child = this.#valid(this.#vm.get_child(id))
    // A hostile story can tie siblings into a ring.
    while (child !== 0 && children.length < this.count) {
      children.push(child)
      child = this.#valid(this.#vm.get_sibling(child))
    }
    return children
  }

  /** The object's children, their children and so on, in the order of the tree. */
  descendants(id: number): number[] {
    const found: number[] = []
    const seen = new Set<number>([id])
    const visit = (parent: number) => {
      for (const child of this.children(parent)) {
        if (seen.has(child)) continue
        seen.add(child)
        found.push(child)
        visit(child)
      }
    }
    visit(id)
    return found
  }

  attributes(id: number): number[] {
    const set: number[] = []
    for (let attribute = 0; attribute < this.layout.attributeBytes * 8; attribute++) {
      if (this.#vm.test_attr(id, attribute)) set.push(attribute)
    }
    return set
  }

  /**
   * The object's property table (Standard §12.4): number, address of the data, length in bytes; as far as it lies in
   * the story, and no more than there are numbers: what is no table may go on through all of memory.
   */
  properties(id: number): { readonly number: number; readonly address: number; readonly length: number }[] {
    const { m, version3 } = this.#vm
    const found = []
    const byte = (address: number) => (address < m.byteLength ? m.getUint8(address) : 0)
    let at = this.#propertyTable(id)
    at += 1 + 2 * byte(at)
    while (found.length < this.layout.defaults) {
      const size = byte(at)
      if (size === 0) break
      let number = size & 0x1f
      let length = (size >> 5) + 1
      let header = 1
      if (!version3) {
        number = size & 0x3f
        length = size & 0x40 ? 2 : 1
        if (size & 0x80) {
          header = 2
          length = byte(at + 1) & 0x3f || 64
        }
      }
      if (at + header + length > m.byteLength) break
      found.push({ number, address: at + header, length })
      at += header + length
    }
    return found
  }

  /** Whether the address lies among the entries: parents, children and attributes. */
  isEntry(address: number): boolean {
    return address >= this.start && address < this.end
  }

  /** Whether the address is where an entry says what the object is in. */
  isParent(address: number): boolean {
    const offset = (address - this.start) % this.layout.entrySize
    return this.isEntry(address) && offset >= this.layout.parent && offset < this.layout.sibling
  }

  /** Which bit of the byte says whether its object has the attribute; 0 where another byte does. */
  attributeBit(address: number, attribute: number): number {
    const offset = (address - this.start) % this.layout.entrySize
    return this.isEntry(address) && offset === attribute >> 3 ? 0x80 >> (attribute & 7) : 0
  }

  /** A copy of all entries. */
  entryBytes(): Uint8Array {
    const { ram } = this.#vm
    return new Uint8Array(ram.buffer, ram.byteOffset + this.start, this.end - this.start).slice()
  }

  attributeAddresses(id: number): number[] {
    return id === 0 ? [] : Array.from({ length: this.layout.attributeBytes }, (_, i) => this.#entry(id) + i)
  }

  /** The object whose entry or property table holds the address; 0 for none. */
  ownerOf(address: number): number {
    if (this.isEntry(address)) return Math.floor((address - this.start) / this.layout.entrySize) + 1
    if (address < this.end || address >= this.propertiesEnd) return 0
    const after = this.#tables.findIndex(({ table }) => table > address)
    return this.#tables.at(after === -1 ? -1 : after - 1)?.id ?? 0
  }

  /** `ownerOf` each address of dynamic memory. */
  owners(): Uint16Array {
    const owners = new Uint16Array(this.#vm.staticmem)
    for (let address = this.start; address < this.end; address++) owners[address] = this.ownerOf(address)
    this.#tables.forEach(({ id, table }, i) => {
      owners.fill(id, Math.max(table, this.end), this.#tables[i + 1]?.table ?? this.propertiesEnd)
    })
    return owners
  }

  /** The whole tree as plain data. */
  world(player: number, location: number): World {
    const objects: WorldObject[] = []
    for (let id = 1; id <= this.count; id++) objects.push(this.#object(id))
    const at = (id: number) => objects[id - 1] ?? null
    const carried = player === 0 ? [] : this.children(player)
    return {
      objects,
      player: at(player),
      location: at(location),
      inventory: carried.flatMap((id) => at(id) ?? []),
    }
  }

  #object(id: number): WorldObject {
    return {
      id,
      name: this.name(id),
      parent: this.parent(id),
      children: this.children(id),
      attributes: this.attributes(id),
    }
  }

  #valid(id: number): number {
    return id <= this.count ? id : 0
  }

  #entry(id: number): number {
    return this.start + (id - 1) * this.layout.entrySize
  }

  #propertyTable(id: number): number {
    return this.#vm.m.getUint16(this.#entry(id) + this.layout.properties)
  }

  /** The Standard gives no count; the entries end where the first property table begins (§12.4), or one is outside the story. */
  #countEntries(): number {
    const { m, staticmem } = this.#vm
    const most = this.#vm.version3 ? 255 : 65535
    let lowest = staticmem
    let count = 0
    while (count < most && this.#entry(count + 2) <= lowest) {
      const table = m.getUint16(this.#entry(count + 1) + this.layout.properties)
      if (table < this.#entry(count + 1) || table >= m.byteLength) break
      lowest = Math.min(lowest, table)
      count++
    }
    return count
  }

  /** None where it leads out of the story. */
  #readName(id: number): string {
    const table = this.#propertyTable(id)
    const words = this.#vm.m.getUint8(table)
    try {
      return words === 0 ? '' : String(this.#vm.decode(table + 1, words * 2)).trim()
    } catch (error) {
      if (error instanceof RangeError) return ''
      throw error
    }
  }
}
