/** A situation in the same room, and how much of what was seen there is believed of this one, 0 to 1. */
export interface Similar<T> {
  readonly node: T
  readonly weight: number
  /** Gains that were had here and not there, and there and not here. */
  readonly had: readonly number[]
  readonly toCome: readonly number[]
}

interface Linked<T> {
  readonly features: ReadonlySet<string>
  readonly earned: ReadonlySet<number>
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
    const entry = similarTo(node, other, likeness)
    if (entry.weight < leastWeight) continue
    const { weight, had, toCome } = entry
    insert(node.similar, entry)
    insert(other.similar, { node, weight, had: toCome, toCome: had })
  }
}

export function similarTo<T extends Linked<T>>(node: T, other: T, likeness: number): Similar<T> {
  const weight = jaccard(node.features, other.features) ** likeness
  return { node: other, weight, had: without(node.earned, other.earned), toCome: without(other.earned, node.earned) }
}

export function without(these: ReadonlySet<number>, those: ReadonlySet<number>): readonly number[] {
  return [...these].filter((each) => !those.has(each))
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
