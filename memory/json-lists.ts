import { DamageError } from './memory-error.ts'

/** Reads a column that `JSON.stringify` wrote from a list of numbers. */
export function numbers(column: string): readonly number[] {
  const list: unknown = JSON.parse(column)
  if (!isNumbers(list)) throw new DamageError('a list of numbers is none')
  return list
}

/** Reads a column that holds a list of such lists. */
export function listsOfNumbers(column: string): readonly (readonly number[])[] {
  const lists: unknown = JSON.parse(column)
  if (!Array.isArray(lists) || !lists.every(isNumbers)) throw new DamageError('a list of numbers is none')
  return lists
}

// By hand, as a schema would take longer over a million of them than everything else together.
function isNumbers(value: unknown): value is readonly number[] {
  if (!Array.isArray(value)) return false
  for (const number of value) if (typeof number !== 'number') return false
  return true
}
