import { describe, expect, it } from 'vitest'
import type { ModelCall } from '../../../harness/contracts.ts'
import { noLimits } from '../../../harness/models/spending.ts'
import { ModelTally, modelForecast, plannedTurns } from '../../../src/cli/model-tally.ts'
import { called } from '../../reports/made-up-events.ts'
import { toyRequest } from '../toy-request.ts'

const model = { model: 'm', rung: null, decode: 'client', limits: noLimits, prices: null, cassette: '' } as const

const asked = (settings: Parameters<typeof called>[0]) =>
  ({ type: 'model-called', episode: 1, turn: 1, call: called(settings) }) as const

describe('what a model was asked', () => {
  it('is told with what it costs now and what was of no use; what was answered before costs nothing', () => {
    const tally = new ModelTally({ input: 2, output: 10 })
    expect(tally.line()).toBeNull()
    tally.take(asked({ promptTokens: 1000, completionTokens: 10 }))
    tally.take(asked({ promptTokens: 1000, completionTokens: 10, cached: true }))
    tally.take(asked({ promptTokens: 500, completionTokens: 90, fault: 'refusal' }))
    tally.take(asked({ promptTokens: 0, completionTokens: 0, fault: 'refusal', strangers: 2 }))
    expect(tally.line()).toMatch(/^Model: not asked; answers kept from before: 4; answers of no use: 2 refusal/)
    tally.bill({ promptTokens: 1000, completionTokens: 10 })
    tally.bill({ promptTokens: 500, completionTokens: 90 })
    tally.bill({ promptTokens: 0, completionTokens: 0 })
    // 1500 x 2 + 100 x 10 = 4000 millionths of a dollar.
    expect(tally.line()).toBe(
      'Model: 3 calls, 1600 tokens, $0.0040; answers kept from before: 1; answers of no use: 2 refusal; commands it made up: 2',
    )
  })

  it('is estimated before the start from what the probe took', () => {
    const letter = called({ promptTokens: 300, completionTokens: 1 })
    const calls = [letter, letter]
    const rung = 'single-token labels (top_logprobs)'
    // 100 turns of 2 calls with 300 + 700 tokens in and 1 out: 200 thousand, 0.2 x $1 + 0.0002 x $10.
    const plain = { policy: { name: 'static', parameters: {} }, turns: 100, stepLimit: 60 }
    const probed = { type: 'model-probed', rung, rejected: [], calls } as const
    expect(modelForecast(probed, [plain], { input: 1, output: 10 })).toEqual([
      `its model is asked by ${rung}; at most 100 turns, about 200 calls and 200 thousand tokens ($0.2020)`,
    ])
    // A third call a turn for the proposals, and three for every 60 turns: 100 x (3 x 1000 + 3 x 60) in and
    // 100 x (2 + 3 x 6 + 3 x 6) out, 318 and 3.8 thousand.
    const asking = {
      ...plain,
      policy: { name: 'jitrl:paper', parameters: { proposals: 3, reward: 'evaluator' } },
    }
    expect(modelForecast(probed, [asking], null)[0]).toContain('about 305 calls and 322 thousand tokens')
    const rejected = [{ rung, reason: 'gave no log-probabilities' }]
    const lines = modelForecast(
      { type: 'model-probed', rung: 'frequency of 10 samples', rejected, calls },
      [{ ...plain, turns: 1 }],
      null,
    )
    expect(lines[0]).toBe(`not by ${rung}: the model gave no log-probabilities`)
    expect(lines[1]).toMatch(/about 2 calls .* \(no --prices, no cost\)$/)
  })

  const forecast = (rung: string, calls: readonly ModelCall[], name: string, parameters = {}) =>
    modelForecast(
      { type: 'model-probed', rung, rejected: [], calls },
      [{ policy: { name, parameters }, turns: 100, stepLimit: 60 }],
      null,
    ).at(-1)
  const letters = Array.from({ length: 2 }, () => called({ promptTokens: 300, completionTokens: 1 }))

  it('is estimated from all the calls of the rung that is used, and from no other', () => {
    const unsure = letters.map((call) => ({ ...call, labelMass: 0.1 }))
    const noNumbers = called({ promptTokens: 900, completionTokens: 99, labelMass: null, fault: 'malformed' })
    const samples = Array.from({ length: 10 }, () =>
      called({ promptTokens: 200, completionTokens: 5, labelMass: null }),
    )
    // 10 calls a turn of 200 + 700 tokens in and 5 out: 9050.
    expect(forecast('frequency of 10 samples', [...unsure, noNumbers, ...samples], 'static')).toContain(
      'about 1000 calls and 905 thousand tokens',
    )
    const strings = called({ promptTokens: 100, completionTokens: 0, labelMass: null })
    expect(forecast('command log-probabilities per token (echo)', [...unsure, strings], 'static')).toContain(
      'about 100 calls and 80 thousand tokens',
    )
  })

  it('is estimated with what a policy asks for again, and what the model itself draws', () => {
    const rung = 'single-token labels (top_logprobs)'
    // Calls of 300 + 700 tokens in and 1 out.
    expect(forecast(rung, letters, 'prompt-jitrl:paper')).toContain('about 400 calls and 400 thousand tokens')
    expect(forecast(rung, letters, 'static', { decode: 'server' })).toContain('about 300 calls and 300 thousand tokens')
    // Once with the advantages, and once without.
    expect(forecast(rung, letters, 'jitrl', { decode: 'server' })).toContain('about 400 calls and 400 thousand tokens')
  })

  it('is estimated cell by cell, each by its own policy, and nothing for those that ask no model', () => {
    const cell = (policy: string, parameters = {}) =>
      plannedTurns(toyRequest('', { policy, parameters, model, episodes: 2, stepLimit: 5 }))
    const cells = [
      // 10 turns each: 2 calls, 2 x 2, 2 and the proposals, and the same without them.
      cell('static'),
      cell('prompt-jitrl:paper'),
      cell('jitrl:paper'),
      cell('jitrl:paper', { proposals: 0 }),
      cell('random'),
      cell('walkthrough:tide.txt'),
    ]
    expect(cell('./jitrl.js', { weight: 2 }).policy.parameters).toEqual({ weight: 2 })
    const probed = { type: 'model-probed', rung: 'r', rejected: [], calls: letters } as const
    for (const order of [cells, cells.toReversed()])
      expect(modelForecast(probed, order, null)[0]).toContain('at most 40 turns, about 110 calls')
    // One draw more of the static policy, and two of one that is tilted.
    const drawing = { ...model, decode: 'server' } as const
    const drawn = ['static', 'jitrl', 'prompt-jitrl'].map((policy) =>
      plannedTurns(toyRequest('', { policy, model: drawing, episodes: 2, stepLimit: 5 })),
    )
    expect(modelForecast(probed, drawn, null)[0]).toContain('at most 30 turns, about 110 calls')
  })
})
