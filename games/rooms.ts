import type { ObjectTable } from './object-table.ts'
import { roomOf } from './reach.ts'

const UNKNOWN = 0
const HERE = 1
const ELSEWHERE = 2

/**
 * The other rooms than the player's, and the objects inside them: no command reaches them. Infocom holds its rooms in
 * one object; to Inform, which holds them in none, anything without a parent may be one.
 */
export function elsewhere(objects: ObjectTable, player: number): readonly number[] {
  const here = roomOf(objects, player)
  const container = objects.parent(here)
  const places = new Uint8Array(objects.count + 1)
  places[here] = HERE
  const placeOf = (object: number, depth: number): number => {
    const known = places[object]!
    if (known !== UNKNOWN) return known
    const parent = objects.parent(object)
    if (parent === container) places[object] = ELSEWHERE
    // A hostile story can put an object into itself.
    else if (parent === 0 || depth > objects.count) places[object] = HERE
    else places[object] = placeOf(parent, depth + 1)
    return places[object]!
  }
  const found: number[] = []
  for (let id = 1; id <= objects.count; id++) if (placeOf(id, 0) === ELSEWHERE) found.push(id)
  return found
}
