import type { EpisodeRecord } from '../../memory/index.ts'
import { BruteForceStore } from '../memory/brute-force-store.ts'

/** The store's contract in its plainest form, with something in it from the start. */
export class ArrayStore extends BruteForceStore {
  constructor(episodes: Iterable<EpisodeRecord> = []) {
    super()
    for (const episode of episodes) this.addEpisode(episode)
  }
}
