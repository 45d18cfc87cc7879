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
 * The option by which the other chunks are joined to the first: its most probable one, because its number is the best
 * known and the least likely to go unreported.
 */
export function referenceOf({ options, logProbabilities }: ScoredChunk): number {
  return options[logProbabilities.indexOf(logProbabilities.reduce((a, b) => Math.max(a, b)))]!
}

/**
 * A later chunk as it is offered: with the reference, which keeps its place in the first, so that what a model feels
 * about a letter cancels out of the shift, unless the chunk is too short for that.
 */
export function withReference(options: readonly number[], first: ScoredChunk): readonly number[] {
  const reference = referenceOf(first)
  return options.toSpliced(first.options.indexOf(reference), 0, reference)
}

/**
 * One log-probability per option, in order, from chunks that each know only their own options: P(a) / P(reference) is
 * the same whichever options stand beside the two (Luce's axiom of choice, which softmax obeys), so every chunk is
 * shifted until the reference agrees with the first, and the whole is normalised.
 */
export function joinChunks([first, ...rest]: readonly ScoredChunk[], reference: number): readonly number[] {
  const of = ({ options, logProbabilities }: ScoredChunk) => logProbabilities[options.indexOf(reference)]!
  const joined = [...first!.logProbabilities]
  for (const chunk of rest) {
    const shift = of(first!) - of(chunk)
    for (const [index, option] of chunk.options.entries()) {
      if (option !== reference) joined[option] = chunk.logProbabilities[index]! + shift
    }
  }
  return logSoftmax(joined)
}
