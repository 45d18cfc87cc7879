import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Decision, View } from '../../../harness/contracts.ts'
import { LabelSampler } from '../../../harness/models/label-sampler.ts'
import { openModel } from '../../../harness/models/open-model.ts'
import type { RungName } from '../../../harness/models/rung.ts'
import { noLimits } from '../../../harness/models/spending.ts'
import { logSoftmax } from '../../../harness/softmax.ts'
import { noEstimate, tiltedDecision } from '../../../harness/tilt.ts'
import { everything, languageModel } from '../language-model.ts'
import { type Answer, type ModelServer, type Question, startModelServer } from '../model-server.ts'
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
  const logits = logSoftmax(view.validActions.map((action) => opinion(action) / temperature))
  const nothing = noEstimate(view.validActions)
  const actions = nothing.actions.map((action, index) => ({ ...action, advantage: advantages[index]! }))
  return tiltedDecision(view, logits, { ...nothing, actions }, beta, 0.5)
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

  it('by beta A times the temperature on the letters, far above all other tokens', async () => {
    const sampler = await samplerOver(languageModel(opinion))
    const view = viewOf({ validActions: ['a', 'b', 'c'] })
    await sampler.draw(view, tilted(view, [1, 0, -0.5], 2), 0.3)
    // 0.7 x 2 x (1, 0, -0.5) = 1.4, 0, -0.7; the highest is raised to 50. A is token 32.
    const [biased, unbiased] = server.questions.slice(-2).map(({ body }) => body.logit_bias as Record<string, number>)
    expect(biased).toEqual({ 32: 50, 33: expect.closeTo(48.6, 9), 34: expect.closeTo(47.9, 9) })
    expect(unbiased).toEqual({ 32: 50, 33: 50, 34: 50 })
  })

  it('once where there are no advantages: the choice is the static choice', async () => {
    const sampler = await samplerOver(languageModel(opinion))
    const view = viewOf({ validActions: ['a', 'b'] })
    const { chosen, staticChoice, calls } = await sampler.draw(view, tilted(view, [0, 0], 2), 0.3)
    expect(chosen).toBe(staticChoice)
    expect(calls.map(({ purpose }) => purpose)).toEqual(['choose'])
  })

  it('or, where it says nothing of use, the client does, and the call says so', async () => {
    let asked = 0
    const sampler = await samplerOver((question) =>
      ++asked <= 2 ? languageModel(opinion)(question) : { type: 'texts', texts: ['Well,'] },
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
