import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  joinChunks,
  labels,
  referenceOf,
  type ScoredChunk,
  splitOptions,
  withReference,
} from '../../../harness/models/label-chunks.ts'
import { readLabels } from '../../../harness/models/label-probabilities.ts'
import { logSoftmax } from '../../../harness/softmax.ts'

const ln = Math.log
/** Scores with a spread of several nats. */
const scores = (least: number, most: number) =>
  fc.array(fc.double({ min: -12, max: 0, noNaN: true }), { minLength: least, maxLength: most })

describe('labels', () => {
  it('are 20 different letters in order, without the I of a refusal', () => {
    expect(labels.join('')).toBe('ABCDEFGHJKLMNOPQRSTU')
  })
})

describe('splitting options over calls', () => {
  it.each([
    [1, [1]],
    [20, [20]],
    // 21 options and the reference once more: 22 places in two calls.
    [21, [11, 10]],
    [39, [20, 19]],
    // 40 and the reference twice more: 42 places in three calls.
    [40, [14, 13, 13]],
    // 57 and twice the reference: 59 places, one short of three full calls.
    [57, [20, 19, 18]],
  ])('%i options go in runs of %j', (count, lengths) => {
    expect(splitOptions(count).map((chunk) => chunk.length)).toEqual(lengths)
  })

  it('offers every option once, in order, and leaves a later call one letter for the reference', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const [first, ...rest] = splitOptions(count)
        expect([first, ...rest].flat()).toEqual(Array.from({ length: count }, (_, option) => option))
        expect(first!.length).toBeLessThanOrEqual(20)
        for (const chunk of rest) expect(chunk.length).toBeLessThanOrEqual(19)
      }),
    )
  })

  it('gives the reference, the likeliest of the first call, the same letter in every call', () => {
    const first: ScoredChunk = { options: [0, 1, 2], logProbabilities: [-2, -0.2, -3] }
    expect(withReference([3, 4, 5], first)).toEqual([3, 1, 4, 5])
  })

  it('puts the reference last in a call that is too short for its letter', () => {
    const first: ScoredChunk = { options: [0, 1, 2], logProbabilities: [-3, -2, -0.2] }
    expect(withReference([3], first)).toEqual([3, 2])
  })
})

describe('joining calls', () => {
  it('shifts a call until the reference agrees, then normalises', () => {
    // Together the options weigh 6, 2, 1 and 3, of 12. The first call sees 6 and 2 (of 8), the second 6, 1, 3 (of 10).
    const first = { options: [0, 1], logProbabilities: [ln(6 / 8), ln(2 / 8)] }
    const second = { options: [0, 2, 3], logProbabilities: [ln(6 / 10), ln(1 / 10), ln(3 / 10)] }
    const joined = joinChunks([first, second], 0)
    for (const [index, weight] of [6, 2, 1, 3].entries()) expect(joined[index]).toBeCloseTo(ln(weight / 12), 12)
  })

  it('gives what one call over all options would give', () => {
    fc.assert(
      fc.property(scores(1, 90), (all) => {
        const offer = (options: readonly number[]): ScoredChunk => ({
          options,
          logProbabilities: logSoftmax(options.map((option) => all[option]!)),
        })
        const [head, ...tail] = splitOptions(all.length)
        const first = offer(head!)
        const rest = tail.map((options) => offer(withReference(options, first)))
        const joined = joinChunks([first, ...rest], referenceOf(first))
        for (const [index, whole] of logSoftmax(all).entries()) expect(joined[index]).toBeCloseTo(whole, 9)
      }),
    )
  })
})

describe('reading labels', () => {
  it('takes the log-probability of each letter in the order of the labels', () => {
    const reading = readLabels(
      [
        { token: 'B', logprob: ln(0.6) },
        { token: 'A', logprob: ln(0.3) },
      ],
      2,
    )
    expect(reading.logProbabilities).toEqual([ln(0.3), ln(0.6)])
    expect(reading.labelMass).toBeCloseTo(0.9, 12)
    expect(reading.missing).toBe(0)
  })

  it.each([' A', 'a', ' a', 'A\n', '\u2581A', 'ĠA'])('adds the probability of the token %j to that of "A"', (token) => {
    const { logProbabilities, labelMass } = readLabels(
      [
        { token: 'A', logprob: ln(0.5) },
        { token, logprob: ln(0.25) },
        { token: 'B', logprob: ln(0.125) },
      ],
      2,
    )
    expect(logProbabilities[0]).toBeCloseTo(ln(0.75), 12)
    expect(labelMass).toBeCloseTo(0.875, 12)
  })

  it('counts neither words that begin with a letter nor letters that were not offered', () => {
    const { labelMass, missing } = readLabels(
      [
        { token: 'A', logprob: ln(0.25) },
        { token: 'All', logprob: ln(0.25) },
        { token: 'C', logprob: ln(0.25) },
      ],
      2,
    )
    expect(labelMass).toBeCloseTo(0.25, 12)
    expect(missing).toBe(1)
  })

  it('gives a letter that is not reported half of the least likely token that is', () => {
    // 0.2 is left of 1, more than the 0.1 of "The".
    const { logProbabilities, missing } = readLabels(
      [
        { token: 'A', logprob: ln(0.7) },
        { token: 'The', logprob: ln(0.1) },
      ],
      2,
    )
    expect(logProbabilities[1]).toBeCloseTo(ln(0.05), 12)
    expect(missing).toBe(1)
  })

  it('gives it half of what is left of 1 where that is less', () => {
    const { logProbabilities } = readLabels(
      [
        { token: 'A', logprob: ln(0.5) },
        { token: 'C', logprob: ln(0.48) },
      ],
      2,
    )
    expect(logProbabilities[1]).toBeCloseTo(ln(0.01), 9)
  })

  it('keeps the floor finite where the reported tokens have all of the probability', () => {
    expect(readLabels([{ token: 'A', logprob: 0 }], 2).logProbabilities[1]).toBeCloseTo(ln(1e-6 / 2), 9)
  })

  it.each([null, -9999])('takes %s for a letter that is not reported', (logprob) => {
    const { logProbabilities, missing } = readLabels(
      [
        { token: 'A', logprob: ln(0.5) },
        { token: 'C', logprob: ln(0.25) },
        { token: 'B', logprob },
      ],
      2,
    )
    expect(logProbabilities[1]).toBeCloseTo(ln(0.125), 12)
    expect(missing).toBe(1)
  })

  it('reads a probability below the smallest float', () => {
    const { logProbabilities } = readLabels(
      [
        { token: 'A', logprob: 0 },
        { token: 'B', logprob: -900 },
        { token: ' B', logprob: -900 },
      ],
      2,
    )
    expect(logProbabilities[1]).toBeCloseTo(-900 + Math.LN2, 9)
  })

  it('reports no more mass than there is, whatever rounding adds', () => {
    const reported = [
      { token: 'A', logprob: ln(0.5) + 1e-7 },
      { token: 'B', logprob: ln(0.5) + 1e-7 },
    ]
    expect(readLabels(reported, 2).labelMass).toBe(1)
  })
})
