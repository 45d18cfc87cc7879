/** A situation in the same room, and how much of what was seen there is believed of this one, 0 to 1. */
export interface Similar<T> {
  readonly node: T
  readonly weight: number
}

interface Linked<T> {
  readonly features: ReadonlySet<string>
  readonly similar: Similar<T>[]
}

/** No situation listens to more others than this; the most similar ones. */
const mostSimilar = 20
const leastWeight = 0.02

/**
 * Links a new situation with those of its room, both ways: weight = J^likeness, J being the Jaccard similarity of what
 * is seen, held and can be done.
 */
export function linkSimilar<T extends Linked<T>>(node: T, others: readonly T[], likeness: number): void {
  for (const other of others) {
    const weight = jaccard(node.features, other.features) ** likeness
    if (weight < leastWeight) continue
    insert(node.similar, { node: other, weight })
    insert(other.similar, { node, weight })
  }
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const feature of a) if (b.has(feature)) shared++
  const union = a.size + b.size - shared
  return union === 0 ? 1 : shared / union
}

function insert<T>(list: Similar<T>[], entry: Similar<T>): void {
  const at = list.findIndex(({ weight }) => weight < entry.weight)
  list.splice(at === -1 ? list.length : at, 0, entry)
  if (list.length > mostSimilar) list.pop()
}
