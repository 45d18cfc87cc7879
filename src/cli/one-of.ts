import { z } from 'zod'
import { nearestNames } from '../../games/index.ts'

/** A flag's value that is one of some names. */
export function oneOf(names: readonly string[]) {
  return z.string().superRefine((name, context) => refuseStranger(name, names, context))
}

/** Says which names there are, and which of them may have been meant. */
export function refuseStranger(name: string, names: readonly string[], context: z.RefinementCtx): void {
  if (names.includes(name)) return
  const near = nearestNames(name, names)
  context.addIssue(`must be one of ${names.join(', ')}${near.length > 0 ? ` (${near.join(' or ')}?)` : ''}`)
}
