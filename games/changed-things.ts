import { compare } from './effect-names.ts'
import type { Effect } from './environment.ts'
import type { ObjectTable } from './object-table.ts'
import type { States } from './states.ts'
import type { Difference } from './world-bytes.ts'

/** What is needed of the story to name its things. */
export interface Named {
  readonly nouns: { readonly objects: ObjectTable }
  readonly states: States
}

/** Names of what changed, and of what is elsewhere, open or lit by it. `ram`: memory before. */
export function changedThings(
  changes: Difference,
  { nouns: { objects }, states }: Named,
  ram: Uint8Array,
): Pick<Effect, 'changed' | 'moved' | 'opened' | 'lit'> {
  const namesOf = (some: Difference) =>
    [...new Set(some.flatMap((change) => objects.name(objects.ownerOf(change >>> 8)) || []))].sort(compare)
  const nowSet = (attribute: number | null) =>
    changes.filter((change) => {
      const bit = attribute === null ? 0 : objects.attributeBit(change >>> 8, attribute)
      return (change & bit) !== 0 && (ram[change >>> 8]! & bit) === 0
    })
  return {
    changed: namesOf(changes),
    moved: namesOf(changes.filter((change) => objects.isParent(change >>> 8))),
    opened: namesOf(nowSet(states.open)),
    lit: namesOf(nowSet(states.lit)),
  }
}
