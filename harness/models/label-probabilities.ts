import { labels } from './label-chunks.ts'

/** An entry of `top_logprobs`; servers write a probability of zero as null or as OpenAI's sentinel -9999. */
export interface ReportedToken {
  readonly token: string
  readonly logprob: number | null
}

export interface LabelReading {
  /** Natural logarithms, one per option, in the order of the labels; not normalised over them. */
  readonly logProbabilities: readonly number[]
  /** The same of the token that is the letter and nothing else; null where that is not reported. */
  readonly bareLetters: readonly (number | null)[]
  /** Probability that the model put on the offered labels, 0 to 1. */
  readonly labelMass: number
  /** Labels that were offered but not reported, and so got the floor. */
  readonly missing: number
}

const unlikely = -9999
/** Servers compute in single precision: reported probabilities that add up to 1 do so to about this. */
const rounding = 1e-6

/**
 * What a model thinks of the first `count` labels, from the likeliest tokens of its answer's one place. A letter comes
 * in several tokens ("A", " A", "a"): their probabilities are added.
 *
 * A label that is not reported is at most as likely as the least likely token that is, and at most as likely as all
 * that is left of 1. Its floor is half the smaller of the two: the middle of what is possible.
 */
export function readLabels(reported: readonly ReportedToken[], count: number): LabelReading {
  const offered = labels.slice(0, count)
  const known = reported.flatMap(({ token, logprob }) =>
    logprob === null || logprob <= unlikely ? [] : [{ token, label: labelOf(token), logprob }],
  )
  const smallest = known.reduce((least, { logprob }) => Math.min(least, logprob), 0)
  const left = 1 - known.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0)
  const floor = Math.min(smallest, Math.log(Math.max(left, rounding))) - Math.LN2

  const found = offered.map((label) => known.filter((token) => token.label === label).map(({ logprob }) => logprob))
  const mass = found.flat().reduce((sum, logprob) => sum + Math.exp(logprob), 0)
  return {
    logProbabilities: found.map((logprobs) => (logprobs.length === 0 ? floor : logSumExp(logprobs))),
    bareLetters: offered.map((label) => known.find(({ token }) => token === label)?.logprob ?? null),
    labelMass: Math.min(1, mass),
    missing: found.filter((logprobs) => logprobs.length === 0).length,
  }
}

/** Some servers show the blank before a word as their tokenizer writes it: U+2581 (SentencePiece) or Ġ (byte-level BPE). */
function labelOf(token: string): string {
  return token
    .replace(/^[\s\u2581Ġ]+/u, '')
    .trimEnd()
    .toUpperCase()
}

/** log(sum exp(x)), shifted by the largest so that a probability below the smallest float is not taken for zero. */
function logSumExp(values: readonly number[]): number {
  const largest = values.reduce((a, b) => Math.max(a, b))
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
}
