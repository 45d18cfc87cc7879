import type { Environment } from '../games/index.ts'

/**
 * The valid actions of the situations a run has been in, by `Environment.reachHash`, so that each is searched once. A
 * run keeps its own: what a search finds can hang on more than the hash tells (clocks, for one), so only the run that
 * searched first may use it, and a resumed run begins with what its log says was found.
 */
export type ActionMemo = Map<string, readonly string[]>

/** The commands that can be given now, from the memo where this situation is in it. */
export function recalledActions(environment: Environment, reachHash: string, memo: ActionMemo): readonly string[] {
  const known = memo.get(reachHash)
  if (known) return known
  const found = environment.validActions().actions.map(({ command }) => command)
  memo.set(reachHash, found)
  return found
}
