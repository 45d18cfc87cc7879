import type { Candidate, Decision, View } from './contracts.ts'
import type { Estimator } from './estimator.ts'

/** Who proposes some of a turn's valid commands. */
export interface Proposer {
  /** Valid commands, each once; none where nothing could be used. */
  propose(view: View): Promise<readonly string[]>
}

type Sources = ReadonlyMap<string, Candidate['source']>

/**
 * The candidates of a turn where a model proposes: its proposals and what the memory offers beside them, in the order of
 * the valid commands. Where it proposed nothing that can be used, every valid command is one.
 */
export async function offeredCandidates(view: View, proposer: Proposer, estimator: Estimator): Promise<Sources> {
  const proposed = await proposer.propose(view)
  if (proposed.length === 0) return new Map(view.validActions.map((action) => [action, 'valid']))
  const remembered = estimator.remembered?.(view) ?? []
  const sources = new Map<string, Candidate['source']>()
  for (const action of view.validActions) {
    if (proposed.includes(action)) sources.set(action, 'model')
    else if (remembered.includes(action)) sources.set(action, 'memory')
  }
  return sources
}

export function withSources(decision: Decision, sources: Sources): Decision {
  const candidates = decision.candidates.map((candidate) => {
    return { ...candidate, source: sources.get(candidate.action) ?? candidate.source }
  })
  return { ...decision, candidates }
}
