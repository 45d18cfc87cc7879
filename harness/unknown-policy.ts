import { nearestNames } from '../games/index.ts'

/** No policy goes by this name, it has no such parameter, or the parameter no such value. */
export class UnknownPolicyError extends Error {
  override readonly name = 'UnknownPolicyError'
}

/** Throws `UnknownPolicyError` for a name that is not known, with the nearest ones. */
export function refuseUnknown(names: readonly string[], what: string, known: readonly string[]): void {
  const name = names.find((each) => !known.includes(each))
  if (name === undefined) return
  if (known.length === 0) throw new UnknownPolicyError(`There is no ${what} called "${name}": it has none.`)
  const nearest = nearestNames(name, known)
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.map((near) => `"${near}"`).join(' or ')}?` : ''
  throw new UnknownPolicyError(`There is no ${what} called "${name}".${hint} There are: ${known.join(', ')}.`)
}
