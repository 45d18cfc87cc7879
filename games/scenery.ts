import type { Zvm } from './ifvms.ts'
import type { ObjectTable } from './object-table.ts'

/** So many rooms must list something, and so few that have the property something else, for it to be such a list. */
const FEW_ROOMS = 3
const MOST_ODD = 0.1

type Lists = ReadonlyMap<number, readonly number[]>

/**
 * What can be spoken of in a room though it is not in it: Infocom's rooms have a property that lists their doors, walls
 * and views, most of which one object holds that is not the holder of the rooms. Its number is another in every story.
 * By room; read once, for these lists are not known to change.
 */
export function readScenery(vm: Zvm, objects: ObjectTable, holderOfRooms: number): Lists {
  const width = vm.version3 ? 1 : 2
  const rooms = holderOfRooms === 0 ? [] : objects.children(holderOfRooms)
  const numbers = new Set(rooms.flatMap((room) => objects.properties(room).map(({ number }) => number)))
  const candidates = [...numbers].map((number) => listsUnder(number)).filter(({ size }) => size >= FEW_ROOMS)
  return candidates.sort((a, b) => b.size - a.size)[0] ?? new Map()

  function listsUnder(number: number): Lists {
    const all = rooms.flatMap((room) => {
      const found = objects.properties(room).find((property) => property.number === number)
      return found ? [[room, read(found)] as const] : []
    })
    const holders = new Map<number, number>()
    for (const holder of all.map(([, listed]) => holderOf(listed))) holders.set(holder, (holders.get(holder) ?? 0) + 1)
    const [holder = 0, count = 0] = [...holders].sort(([, a], [, b]) => b - a)[0] ?? []
    if (holder === 0 || holder === holderOfRooms || count < (1 - MOST_ODD) * all.length) return new Map()
    return new Map(all.filter(([, listed]) => holderOf(listed) === holder))
  }

  function read({ address, length }: { readonly address: number; readonly length: number }): readonly number[] {
    return Array.from({ length: Math.floor(length / width) }, (_, i) => {
      const at = address + i * width
      return width === 1 ? vm.m.getUint8(at) : vm.m.getUint16(at)
    })
  }

  /** The object that holds most of them; 0 where there is none. */
  function holderOf(listed: readonly number[]): number {
    if (listed.some((id) => id === 0 || id > objects.count)) return 0
    const holders = listed.map((id) => objects.parent(id))
    return holders.find((holder) => 2 * holders.filter((other) => other === holder).length > listed.length) ?? 0
  }
}
