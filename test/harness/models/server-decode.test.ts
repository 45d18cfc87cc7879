import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Decision, View } from '../../../harness/contracts.ts'
import { Asking } from '../../../harness/models/asking.ts'
import { labelRung } from '../../../harness/models/label-rung.ts'
import { LabelSampler } from '../../../harness/models/label-sampler.ts'
import { openModel } from '../../../harness/models/open-model.ts'
import { OpenAIPrior } from '../../../harness/models/openai-prior.ts'
import { probePlace, probeScene } from '../../../harness/models/probe-scene.ts'
import type { RungName } from '../../../harness/models/rung.ts'
import { noLimits } from '../../../harness/models/spending.ts'
import { logSoftmax, softmax } from '../../../harness/softmax.ts'
import { baseLogits, noEstimate, tiltedDecision } from '../../../harness/tilt.ts'
import { everything, languageModel } from '../language-model.ts'
import { type Answer, httpError, letters, type ModelServer, type Question, startModelServer } from '../model-server.ts'
import { opinion } from '../served-model.ts'
import { viewOf } from '../toy-run.ts'
import { clientOf } from './opened.ts'

let server: ModelServer
afterEach(() => server?.close())

const temperature = 0.7

async function samplerOver(answer: (question: Question) => Answer): Promise<LabelSampler> {
  server = await startModelServer(answer)
  return LabelSampler.open(clientOf(server), temperature)
}

/** pi' as the client has it: the model's opinion at the temperature, tilted by these advantages. */
function tilted(view: View, advantages: readonly number[], beta: number): Decision {
  return tiltedFrom(baseLogits(view.validActions.map(opinion), temperature), view, advantages, beta)
}

function tiltedFrom(logits: readonly number[], view: View, advantages: readonly number[], beta: number): Decision {
  const nothing = noEstimate(view.validActions)
  const actions = nothing.actions.map((action, index) => ({ ...action, advantage: advantages[index]! }))
  return tiltedDecision(view, logits, { ...nothing, actions }, beta, 0.5)
}

/** Logits of a model that likes late letters, and may write a letter with a blank before it, some more than others. */
function lettersWritten({ options }: Question, spellings: number) {
  const tokens = options.flatMap(({ label, command }, place) => {
    const logit = opinion(command) + 0.3 * place
    const share = 0.1 + 0.8 * Math.abs(Math.sin(opinion(command)))
    return spellings === 1
      ? [{ token: label, command, logit }]
      : [
          { token: label, command, logit: logit + Math.log(share) },
          { token: ` ${label}`, command, logit: logit + Math.log(1 - share) },
        ]
  })
  return [...tokens, { token: 'The', command: null, logit: -2 }]
}

/** How likely each command is under the question's biases, which meet bare letters alone. */
function drawnBy(question: Question, spellings: number): ReadonlyMap<string | null, number> {
  const biases = question.body.logit_bias as Readonly<Record<string, number>>
  for (const bias of Object.values(biases)) expect(Math.abs(bias)).toBeLessThanOrEqual(100)
  const tokens = lettersWritten(question, spellings)
  const biasOf = (token: string) => (/^[A-Z]$/.test(token) ? (biases[token.charCodeAt(0) - 33] ?? 0) : 0)
  const shares = softmax(tokens.map(({ token, logit }) => (logit + biasOf(token)) / temperature))
  const likely = new Map<string | null, number>()
  for (const [index, { command }] of tokens.entries()) likely.set(command, (likely.get(command) ?? 0) + shares[index]!)
  return likely
}

function likesLateLetters(spellings: number): (question: Question) => Answer {
  return (question) => {
    const tokens = lettersWritten(question, spellings)
    if (question.body.logprobs === true) {
      const logprobs = logSoftmax(tokens.map(({ logit }) => logit))
      return { type: 'tokens', tokens: tokens.map(({ token }, index) => ({ token, logprob: logprobs[index]! })) }
    }
    const likely = drawnBy(question, spellings)
    const [best] = question.options.toSorted((a, b) => likely.get(b.command)! - likely.get(a.command)!)
    return { type: 'texts', texts: [best!.label] }
  }
}

/** How often each command is drawn, of `draws`, the uniform numbers evenly spread. */
async function frequencies(sampler: LabelSampler, decision: Decision, view: View, draws: number) {
  const counts = new Map<string, { chosen: number; static: number }>()
  for (const { action } of decision.candidates) counts.set(action, { chosen: 0, static: 0 })
  for (let draw = 0; draw < draws; draw++) {
    const { chosen, staticChoice } = await sampler.draw(view, decision, (draw + 0.5) / draws)
    counts.get(chosen)!.chosen += 1 / draws
    counts.get(staticChoice)!.static += 1 / draws
  }
  return counts
}

describe('the server draws', () => {
  it.each([
    ['three commands', 3, 200],
    ['more commands than letters', 30, 250],
  ])(
    "from the client's own distribution over %s, and without advantages from the base policy",
    async (_, count, draws) => {
      const sampler = await samplerOver(languageModel(opinion))
      const view = viewOf({ validActions: Array.from({ length: count }, (_, index) => `command ${index}`) })
      // What the model likes least is made the most of.
      const decision = tilted(
        view,
        view.validActions.map((action) => -opinion(action)),
        2,
      )
      const counts = await frequencies(sampler, decision, view, draws)
      // Of the model's opinion of what is drawn: the mean is within four standard errors of its expectation.
      const expectation = (of: 'probability' | 'prior') => {
        const moment = (power: number) =>
          decision.candidates.reduce((sum, row) => sum + row[of] * opinion(row.action) ** power, 0)
        return { mean: moment(1), error: 4 * Math.sqrt((moment(2) - moment(1) ** 2) / draws) }
      }
      const drawn = (of: 'chosen' | 'static') =>
        [...counts].reduce((sum, [action, frequency]) => sum + frequency[of] * opinion(action), 0)
      const [tilt, base] = [expectation('probability'), expectation('prior')]
      expect(Math.abs(drawn('chosen') - tilt.mean)).toBeLessThan(tilt.error)
      expect(Math.abs(drawn('static') - base.mean)).toBeLessThan(base.error)
      // Were the advantages not sent, the difference would show.
      expect(Math.abs(tilt.mean - base.mean)).toBeGreaterThan(tilt.error)
    },
  )

  it("by T z' less what the bare letters have already, far above all other tokens", async () => {
    const sampler = await samplerOver(languageModel(({ length }) => Math.log(length)))
    // Probabilities 1/6, 2/6 and 3/6. Without a temperature z' would be their logarithms plus beta A.
    const view = viewOf({ validActions: ['a', 'bb', 'ccc'] })
    const logits = logSoftmax([0, 0, 0])
    await sampler.draw(view, tiltedFrom(logits, view, [1, 0, -0.5], 2), 0.3)
    // 0.7 x 2 x (1, 0, -0.5) = 1.4, 0, -0.7; the highest is raised to 50 above a logarithm of 0. A is token 32.
    const [biased, unbiased] = server.questions.slice(-2).map(({ body }) => body.logit_bias as Record<string, number>)
    const close = (...biases: readonly number[]) =>
      Object.fromEntries(biases.map((bias, index) => [32 + index, expect.closeTo(bias, 9)]))
    expect(biased).toEqual(close(50 + Math.log(6), 48.6 + Math.log(3), 47.9 + Math.log(2)))
    expect(unbiased).toEqual(close(50 + Math.log(6), 50 + Math.log(3), 50 + Math.log(2)))
  })

  it.each([
    ['one spelling of each letter', 3, 1, 3],
    ['two spellings', 6, 2, 6],
    ['more commands than letters', 30, 1, 14],
    // 40 tokens, of which the server reports 20.
    ['letters that go unreported', 20, 2, 2],
  ])('exactly as the client would, from a model that likes late letters: %s', async (_, count, spellings, together) => {
    const answer = likesLateLetters(spellings)
    server = await startModelServer(answer)
    const client = clientOf(server)
    const sampler = await LabelSampler.open(client, temperature)
    const view = viewOf({ validActions: Array.from({ length: count }, (_, index) => `command ${index}`) })
    const { logProbabilities } = await new OpenAIPrior(client, labelRung).score(view)
    const advantages = view.validActions.map((_, index) => Math.cos(index))
    const decision = tiltedFrom(baseLogits(logProbabilities, temperature), view, advantages, 1.5)
    const asked = server.questions.length
    for (let draw = 0; draw < 8; draw++) await sampler.draw(view, decision, (draw + 0.5) / 8)

    const agreed = server.questions.slice(asked).map((question) => {
      expect(question.body.logprobs).toBeUndefined()
      const likely = drawnBy(question, spellings)
      const lot = decision.candidates.filter(({ action }) => (likely.get(action) ?? 0) > 1e-15)
      expect(lot.length).toBeGreaterThanOrEqual(together)
      const differs = (field: 'probability' | 'prior') => {
        const total = lot.reduce((sum, candidate) => sum + candidate[field], 0)
        return Math.max(...lot.map((candidate) => Math.abs(candidate[field] / total - likely.get(candidate.action)!)))
      }
      return [differs('probability') < 1e-9, differs('prior') < 1e-9]
    })
    expect(agreed).toContainEqual([true, false])
    expect(agreed).toContainEqual([false, true])
    expect(agreed).not.toContainEqual([false, false])
  })

  it('once where there are no advantages: the choice is the static choice', async () => {
    const sampler = await samplerOver(languageModel(opinion))
    const view = viewOf({ validActions: ['a', 'b'] })
    const { chosen, staticChoice, calls } = await sampler.draw(view, tilted(view, [0, 0], 2), 0.3)
    expect(chosen).toBe(staticChoice)
    expect(calls.map(({ purpose }) => purpose)).toEqual(['choose'])
  })

  it('or, where it says nothing of use, the client does, and the call says so', async () => {
    const sampler = await samplerOver((question) =>
      question.body.logprobs === true || question.number < 2
        ? languageModel(opinion)(question)
        : { type: 'texts', texts: ['Well,'] },
    )
    const view = viewOf({ validActions: ['a', 'b'] })
    const decision = tilted(view, [0, 0], 2)
    const { chosen, calls } = await sampler.draw(view, decision, 0.3)
    expect(chosen).toBe(decision.chosen)
    expect(calls.map(({ fault }) => fault)).toEqual(['off the list'])
  })
})

it('a server that does not obey logit_bias is refused before the run', async () => {
  const deaf = samplerOver((question) => ({ type: 'texts', texts: [question.options[0]!.label] }))
  await expect(deaf).rejects.toThrow(/does not sample by logit_bias on the letters.*Use --decode client/)
})

describe('a server that takes no temperature', () => {
  const complaint = "Unsupported value: 'temperature' does not support this value"
  const opened = async (temperature: number) => {
    server = await startModelServer((question) =>
      'temperature' in question.body ? httpError(400, complaint) : languageModel(opinion)(question),
    )
    const client = clientOf(server)
    await labelRung.score(probeScene, new Asking(client, probePlace, 'score'))
    return LabelSampler.open(client, temperature)
  }

  it('is refused before the run: its draws would be of another distribution than the biases are for', async () => {
    await expect(opened(0.7)).rejects.toThrow(/'temperature' does not support this value.*Use --decode client/)
    // Both orders of the probe, the first of them again, and the draw.
    expect(server.questions).toHaveLength(4)
  })

  it('draws at its own, which is 1', async () => {
    await expect(opened(1)).resolves.toBeInstanceOf(LabelSampler)
  })
})

describe('a model that is not asked by letters', () => {
  let cassette: string
  beforeEach(() => {
    cassette = mkdtempSync(join(tmpdir(), 'grue-tape-'))
  })
  afterEach(() => rmSync(cassette, { recursive: true }))

  it.each<[RungName | null, boolean, RegExp]>([
    ['samples', true, /^scripted is asked by frequency of 10 samples: its own sampler .*Use --decode client/],
    [null, false, /, as by single-token labels \(top_logprobs\) it gave no log-probabilities: .*Use --decode client/],
  ])('is refused before the run (--rung %s, log-probabilities: %s)', async (rung, topLogprobs, message) => {
    server = await startModelServer(languageModel(opinion, { ...everything, topLogprobs }))
    const settings = { model: 'scripted', rung, decode: 'server', limits: noLimits, prices: null, cassette } as const
    const opened = openModel(settings, { OPENAI_BASE_URL: server.baseURL }, 'run', temperature, {})
    await expect(opened).rejects.toThrow(message)
  })
})

it('a server that never reports a bare letter is refused before the run', async () => {
  const spaced = samplerOver((question) =>
    question.body.logprobs === true
      ? letters(
          () => 0,
          (label) => [` ${label}`],
        )(question)
      : languageModel(opinion)(question),
  )
  await expect(spaced).rejects.toThrow(/does not say how likely the letters alone are.*Use --decode client/)
})
