import type { Environment } from '../games/index.ts'

/**
 * The valid actions of the worlds a run has been in, by world hash, so that each is searched once. A run keeps its own:
 * what a search finds can hang on more than the hash tells (clocks, for one), so only the run that searched first may
 * use it, and a resumed run begins with what its log says was found.
 */
export type ActionMemo = Map<string, readonly string[]>

/** The commands that can be given now, from the memo where this world is in it. */
export function recalledActions(environment: Environment, worldHash: string, memo: ActionMemo): readonly string[] {
  const known = memo.get(worldHash)
  if (known) return known
  const found = environment.validActions().actions.map(({ command }) => command)
  memo.set(worldHash, found)
  return found
}
