import type { Cell } from './cells/cell.ts'

/** What a run's agent has beyond a player, or does without, as its protocol says it. `memory`: the one it begins with. */
export function handicapsOf(
  { given = [], memoryLimit }: Pick<Cell, 'given' | 'memoryLimit'>,
  memory: string | null,
): readonly string[] {
  return [
    'valid actions',
    ...given,
    ...(memory === null ? [] : [memory]),
    ...(memoryLimit ? [`memory of ${memoryLimit.experiences} experiences, ${memoryLimit.evict} first out`] : []),
  ]
}
