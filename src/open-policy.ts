import { createPolicy, isPolicyFile, loadPolicyFile, type Policy, type PolicyDeps } from '../harness/index.ts'
import { readCommands } from './cli/command-file.ts'
import type { TerminalPlayer } from './terminal-player.ts'

/** The policy that a command line names: `NAME[:PRESET]`, `walkthrough:FILE`, or a policy file's path. */
export async function openPolicy(spec: string, deps: PolicyDeps, terminal: TerminalPlayer): Promise<Policy> {
  if (spec.startsWith('walkthrough:')) {
    return createPolicy('walkthrough', { ...deps, script: readCommands(spec.slice('walkthrough:'.length)) })
  }
  if (isPolicyFile(spec)) return loadPolicyFile(spec, deps)
  return createPolicy(spec, spec === 'human' ? { ...deps, player: terminal.player } : deps)
}
