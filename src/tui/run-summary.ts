import { decimal } from './figures.ts'
import { scoreOf, type ViewModel } from './view-model.ts'

/** The best score and the first episode (1-based) that reached it. */
export function bestOf(scores: readonly number[]): { readonly score: number; readonly episode: number } | null {
  if (scores.length === 0) return null
  const score = Math.max(...scores)
  return { score, episode: scores.indexOf(score) + 1 }
}

export function meanOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** One line on what a run came to. */
export function runSummary(view: ViewModel): string {
  const of = view.header ? ` of ${view.header.episodes}` : ''
  const episodes = `${view.scores.length}${of} episodes finished`
  const best = bestOf(view.scores)
  if (!best) return `${episodes}.`
  const last = view.scores.at(-1) ?? null
  return `${episodes}: last ${scoreOf(last, view.maxScore)}, best ${best.score} (episode ${best.episode}), mean ${decimal(meanOf(view.scores), 9)}.`
}

/** What is left on the terminal after a run: the failure if there was one, the summary, how to go on. */
export function closingLines(view: ViewModel, resume: string | undefined): readonly string[] {
  const failure = view.phase === 'failed' ? view.story.findLast((block) => block.type === 'notice') : undefined
  const next = view.phase !== 'ended' && resume !== undefined ? [`Continue with: ${resume}`] : []
  return [...(failure ? [`failed: ${failure.text}`] : []), runSummary(view), ...next]
}
