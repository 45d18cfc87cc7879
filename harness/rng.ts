import { createHash } from 'node:crypto'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { Rng } from './contracts.ts'

/**
 * The stream of random numbers that belongs to a seed and a purpose, e.g. `randomStream(seed, episode, 'policy')`.
 *
 * The whole 128-bit state comes from a SHA-256 of the parts: a 32-bit seed would let two of some thousand streams
 * coincide with a probability worth worrying about. Parts are told apart by type and position: 1 is not '1'.
 */
export function randomStream(...parts: readonly (number | string)[]): Rng {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest()
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)))
  return { next: () => uniformFloat64(generator) }
}
