import { logSoftmax } from '../softmax.ts'

/** One letter per option, in order. Without I, which is also how a refusal or an explanation begins. */
export const labels: readonly string[] = [...'ABCDEFGHJKLMNOPQRSTU']

/** Options that were offered together, with the log-probability of each; options are indices into the whole list. */
export interface ScoredChunk {
  readonly options: readonly number[]
  readonly logProbabilities: readonly number[]
}

/**
 * Splits `count` options (>= 1) into as few runs as can each be offered under one set of labels, as equally long as
 * possible. All but the first leave a label free for the reference.
 */
export function splitOptions(count: number): readonly (readonly number[])[] {
  const chunks = Math.max(1, Math.ceil((count - 1) / (labels.length - 1)))
  const offered = count + chunks - 1
  const ends = Array.from({ length: chunks }, (_, chunk) => Math.ceil((offered * (chunk + 1)) / chunks) - chunk)
  return ends.map((end, chunk) => {
    const start = ends[chunk - 1] ?? 0
    return Array.from({ length: end - start }, (_, index) => start + index)
  })
}

/**
 * A later chunk as it is offered: with the reference, the most probable option of the first chunk, because its number
 * is the best known and the least likely to go unreported. It keeps its place, so that what a model feels about a
 * letter cancels out of the shift, unless the chunk is too short for that.
 */
export function withReference(options: readonly number[], first: ScoredChunk): readonly number[] {
  const place = likeliest(first)
  return options.toSpliced(place, 0, first.options[place]!)
}

/**
 * One log-probability per option, in order, from chunks that each know only their own options: P(a) / P(reference) is
 * the same whichever options stand beside the two (Luce's axiom of choice, which softmax obeys), so every chunk is
 * shifted until the reference agrees with the first, and the whole is normalised.
 */
export function joinChunks(first: ScoredChunk, rest: readonly ScoredChunk[]): readonly number[] {
  const place = likeliest(first)
  const reference = first.options[place]!
  const joined = [...first.logProbabilities]
  for (const { options, logProbabilities } of rest) {
    const shift = first.logProbabilities[place]! - logProbabilities[options.indexOf(reference)]!
    for (const [index, option] of options.entries()) {
      if (option !== reference) joined[option] = logProbabilities[index]! + shift
    }
  }
  return logSoftmax(joined)
}

function likeliest({ logProbabilities }: ScoredChunk): number {
  return logProbabilities.indexOf(logProbabilities.reduce((a, b) => Math.max(a, b)))
}
