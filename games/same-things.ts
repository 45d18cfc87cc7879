import { type NamedEffect, plainest, rank } from './effect-names.ts'
import type { FoundEffect } from './effects.ts'

type Found = FoundEffect & NamedEffect

/**
 * Of effects that leave the same of things, had by commands about the same things, the plainest alone: what another
 * does beside is bookkeeping, as where "read skull" takes the skull and forgets to count it. One that earns more stays.
 */
export function withoutAsides<T extends Found>(
  groups: readonly (readonly T[])[],
  thingsOf: (one: T) => string | null,
): readonly (readonly T[])[] {
  const taken = new Set<string>()
  const keysOf = (group: readonly T[]) =>
    group.flatMap((one) => {
      const things = one.filled.length === 0 ? null : thingsOf(one)
      return things === null ? [] : `${things} ${one.filled.toSorted()}`
    })
  const named = groups.map((group) => {
    const best = plainest(group)
    return { group, gain: Math.max(0, best?.effect.reward ?? 0), rank: best ? rank(best) : 0 }
  })
  return named
    .sort((a, b) => b.gain - a.gain || a.rank - b.rank)
    .map(({ group }) => group)
    .filter((group) => {
      const keys = keysOf(group)
      const isAside = keys.some((key) => taken.has(key))
      if (!isAside) for (const key of keys) taken.add(key)
      return !isAside
    })
}
