import type { ActionCache, Environment } from '../games/index.ts'

/**
 * The valid actions of the situations a run has been in, by `Environment.reachHash`. A run asks its own memo before the
 * cache that it shares with other runs, and a resumed run begins with what its log says was found: so it goes on with
 * the very lists it began with.
 */
export type ActionMemo = Map<string, readonly string[]>

/** The commands that can be given now: from the memo, else the cache, else searched. */
export function recalledActions(
  environment: Environment,
  reachHash: string,
  memo: ActionMemo,
  cache: ActionCache,
): readonly string[] {
  let commands = memo.get(reachHash) ?? cache.get(reachHash)
  if (commands === undefined) {
    commands = environment.validActions().actions.map(({ command }) => command)
    cache.set(reachHash, commands)
  }
  memo.set(reachHash, commands)
  return commands
}
