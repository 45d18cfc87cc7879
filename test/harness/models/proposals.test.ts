import { afterEach, describe, expect, it } from 'vitest'
import { createPolicy } from '../../../harness/create-policy.ts'
import { MeteredPrior } from '../../../harness/metered-prior.ts'
import { labelRung } from '../../../harness/models/label-rung.ts'
import { OpenAIPrior } from '../../../harness/models/openai-prior.ts'
import { OpenAIWriter } from '../../../harness/models/openai-writer.ts'
import { randomStream } from '../../../harness/rng.ts'
import { ArrayStore } from '../array-store.ts'
import { letters, type ModelServer, startModelServer } from '../model-server.ts'
import { opinion } from '../served-model.ts'
import { viewOf } from '../toy-run.ts'
import { clientOf } from './opened.ts'

let server: ModelServer
afterEach(() => server.close())

const validActions = ['dig', 'east', 'go north', 'sing', 'wait', 'west']
const view = viewOf({ validActions, state: { summary: '', situation: '', tokens: ['at:a'] } })

/** One decision of a preset whose model proposes what it is told to, with a memory of steps `[action, reward]`. */
async function decide(proposed: string, remembered: readonly (readonly [string, number])[] = [], spec = 'jitrl:paper') {
  server = await startModelServer((question) =>
    question.options[0]?.label === '-' ? { type: 'texts', texts: [proposed] } : letters(opinion)(question),
  )
  const client = clientOf(server)
  const prior = new MeteredPrior(new OpenAIPrior(client, labelRung))
  const model = prior.metered(new OpenAIWriter(client))
  const state = { key: '[a][][]', situation: 'a', tokens: ['at:a'] }
  const store = new ArrayStore(
    remembered.map(([action, reward], index) => ({
      ...{ run: 'run', episode: index + 1, gameSeed: 1, score: 0, terminated: true, victory: true },
      steps: [{ state, action, reward, terminated: true }],
      finalState: state,
    })),
  )
  const policy = createPolicy(spec, { prior, model, store, temperature: 0.8, seed: 1 })
  policy.begin({ run: 'run', episode: 1, episodes: 50, stepLimit: 60 })
  const decision = await policy.decide(view, randomStream(1, 'test'))
  const calls = prior.takeCalls()
  const sources = decision.candidates.map(({ action, source }) => [action, source])
  return { decision, calls, sources, info: policy.info, proposal: calls.find(({ purpose }) => purpose === 'propose') }
}

describe('where a model is', () => {
  it('it proposes three candidates, and the memory adds its own: the base policy is asked about these alone', async () => {
    const { decision, sources, info } = await decide('1. west\n2. "Go North".\n- dig\nsing', [
      ['wait', 3],
      ['dig', 1],
      ['fly', 9],
    ])
    expect(info.parameters).toMatchObject({ proposals: 3 })
    expect(sources).toEqual([
      ['dig', 'model'],
      ['go north', 'model'],
      ['wait', 'memory'],
      ['west', 'model'],
    ])
    expect(decision.candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
    expect(decision.candidates.find(({ action }) => action === 'wait')).toMatchObject({ visits: 1, q: 3 })
    const scored = server.questions.filter(({ options }) => options[0]?.label === 'A')
    for (const { options } of scored)
      expect(options.map(({ command }) => command).toSorted()).toEqual(['dig', 'go north', 'wait', 'west'])
  })

  it("the authors' memory adds only what returned something", async () => {
    // Won at once, so nothing is taken off.
    const remembered = [
      ['wait', 3],
      ['sing', 0],
    ] as const
    expect((await decide('west\ndig\ndig', remembered, 'jitrl:authors')).sources).toEqual([
      ['dig', 'model'],
      ['wait', 'memory'],
      ['west', 'model'],
    ])
  })

  it('commands that are not on the list are no candidates, and are counted', async () => {
    const { sources, proposal } = await decide('fly\nwest\nswim')
    expect(sources).toEqual([['west', 'model']])
    expect(proposal).toMatchObject({ strangers: 2, fault: null })
  })

  it.each(['I would rather not say.', '\n', 'fly\nswim'])(
    'every command is a candidate where it said %j',
    async (said) => {
      const { sources, proposal } = await decide(said, [['wait', 3]])
      expect(sources).toEqual(validActions.map((action) => [action, 'valid']))
      expect(proposal?.fault).not.toBeNull()
    },
  )
})
