import type { RunConfig } from './events.ts'
import { randomStream } from './rng.ts'

/** The seed of the story's own random numbers in an episode; drawn ones are integers in [1, 2^31), as the Frotz RNG takes them. */
export function gameSeedOf(
  { gameSeed, seed, story }: Pick<RunConfig, 'gameSeed' | 'seed' | 'story'>,
  episode: number,
): number {
  switch (gameSeed.type) {
    case 'fixed':
      return gameSeed.seed
    case 'per-episode':
      return drawn(seed, episode, 'game')
    case 'story':
      return drawn(story.sha256, 'game')
  }
}

function drawn(...stream: readonly (number | string)[]): number {
  return 1 + Math.floor(randomStream(...stream).next() * (2 ** 31 - 1))
}
