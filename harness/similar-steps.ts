import { type ExperienceStore, type Recollection, setJaccard } from '../memory/index.ts'
import type { NeighbourParameters } from './published-presets.ts'

type Recall = Pick<NeighbourParameters, 'similarity' | 'historyShare' | 'k' | 'alwaysAbove' | 'perEpisode'> & {
  readonly threshold: number
  readonly returns: Pick<Parameters<ExperienceStore['recall']>[1], 'gamma' | 'decay' | 'rewards'>
}

/** The remembered steps that are most like a state, by the similarity that a preset asks for; ties by recency. */
export function similarSteps(
  store: ExperienceStore,
  tokens: readonly string[],
  recall: Recall,
): readonly Recollection[] {
  return recall.similarity === 'whole' ? bySimilarityOfAll(store, tokens, recall) : byParts(store, tokens, recall)
}

function bySimilarityOfAll(
  store: ExperienceStore,
  tokens: readonly string[],
  { k, alwaysAbove, perEpisode, threshold, returns }: Recall,
): readonly Recollection[] {
  const capped = { ...returns, ...(perEpisode > 0 && { perEpisode }) }
  const best = store.recall(tokens, { ...capped, k, threshold })
  if (alwaysAbove >= 1) return best
  const alike = store
    .recall(tokens, { ...capped, k: Infinity, threshold: Math.max(threshold, alwaysAbove) })
    .filter(({ similarity }) => similarity > alwaysAbove)
  return alike.length > best.length ? alike : best
}

/**
 * The index knows the similarity of whole states. As the parts share no token, it lies between the similarities of the
 * two; what is known of these from the threshold bounds it from below, and all above that bound are looked at.
 */
function byParts(
  store: ExperienceStore,
  tokens: readonly string[],
  { historyShare, k, alwaysAbove, perEpisode, threshold, returns }: Recall,
): readonly Recollection[] {
  const leastOf = (share: number) => (share <= 0 ? 0 : (threshold - (1 - share)) / share)
  const bound = Math.max(0, Math.min(leastOf(historyShare), leastOf(1 - historyShare)) - 1e-9)
  const asked = partsOf(tokens)
  const perRun = new Map<string, number>()
  const isWithinItsEpisode = ({ run, episode }: Recollection) => {
    const name = `${episode} ${run}`
    perRun.set(name, (perRun.get(name) ?? 0) + 1)
    return perEpisode === 0 || perRun.get(name)! <= perEpisode
  }
  const found = store
    .recall(tokens, { ...returns, k: Infinity, threshold: bound, noted: false })
    .map((step) => {
      const parts = partsOf(step.state.tokens)
      const history = setJaccard(asked.history, parts.history)
      const rest = setJaccard(asked.rest, parts.rest)
      return { ...step, similarity: historyShare * history + (1 - historyShare) * rest }
    })
    .filter(({ similarity }) => similarity >= threshold)
    .sort((a, b) => b.similarity - a.similarity || a.age - b.age || b.turn - a.turn)
    .filter(isWithinItsEpisode)
    .filter(({ similarity }, index) => index < k || similarity > alwaysAbove)
  store.noteRecalled(found)
  return found
}

function partsOf(tokens: readonly string[]) {
  const isHistory = (token: string) => token.startsWith('did:')
  return { history: tokens.filter(isHistory), rest: tokens.filter((token) => !isHistory(token)) }
}
