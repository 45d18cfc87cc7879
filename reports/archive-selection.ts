import type { ArchivedEpisode } from './turn-archive.ts'

/** What of an episode fits on the page; a part that does not is null. */
export interface KeptEpisode {
  readonly episode: number
  readonly score: number
  readonly story: string | null
  readonly tables: string | null
}

/** Length of all parts together, in characters of base64. With the rest of a page it stays under five megabytes. */
export const ARCHIVE_BUDGET = 3_600_000

/**
 * As many parts as the budget holds: of every run the best, the last and the first episode, then those between, evenly.
 * Texts come before tables, and no run gets a second episode before each has its first.
 */
export function fitEpisodes(
  runs: readonly (readonly ArchivedEpisode[])[],
  budget = ARCHIVE_BUDGET,
): readonly (readonly KeptEpisode[])[] {
  const order = inTurns(runs.map(byInterest))
  let left = budget
  const fits = (part: string) => {
    if (part.length > left) return false
    left -= part.length
    return true
  }
  const stories = new Set(order.filter(({ story }) => fits(story)))
  const tables = new Set(order.filter((episode) => stories.has(episode) && fits(episode.tables)))
  return runs.map((episodes) =>
    episodes.map((one) => ({
      episode: one.episode,
      score: one.score,
      story: stories.has(one) ? one.story : null,
      tables: tables.has(one) ? one.tables : null,
    })),
  )
}

function byInterest(episodes: readonly ArchivedEpisode[]): readonly ArchivedEpisode[] {
  const best = episodes.reduce<ArchivedEpisode | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
  const chosen = [best, episodes.at(-1), episodes[0], ...evenly(episodes)]
  return [...new Set(chosen.filter((one) => one !== undefined))]
}

/** The middle, the middles of both halves, and so on. */
function evenly<T>(items: readonly T[]): readonly T[] {
  const order: T[] = []
  const parts = [items]
  for (const part of parts) {
    if (part.length === 0) continue
    const middle = Math.floor(part.length / 2)
    order.push(part[middle]!)
    parts.push(part.slice(0, middle), part.slice(middle + 1))
  }
  return order
}

/** The first of every list, the second of every list, and so on. */
function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, rank) => lists.flatMap((list) => list.slice(rank, rank + 1))).flat()
}
