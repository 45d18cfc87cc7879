import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type ModelServer, startModelServer } from '../../harness/model-server.ts'
import { grue, inFreshFolder } from './grue.ts'

vi.setConfig({ testTimeout: 180_000 })

let server: ModelServer | undefined
afterEach(() => server?.close())

const decided = z.object({
  type: z.literal('decided'),
  decision: z.object({
    chosen: z.string(),
    candidates: z.array(z.object({ action: z.string(), logit: z.number() })),
  }),
})

/** The decisions of a recorded run, in order. */
function decisions(directory: string) {
  const lines = readFileSync(join(directory, 'events.jsonl'), 'utf8').trim().split('\n')
  return lines.flatMap((line) => {
    const parsed = decided.safeParse(JSON.parse(line))
    return parsed.success ? [parsed.data.decision] : []
  })
}

it('chooses with a model as with the lexical prior when the letters have its log-probabilities', async () => {
  await inFreshFolder(async (cwd) => {
    const words = ['learn', 'tide', '--policy', 'static', '--episodes', '2', '--steps', '6']
    expect(await grue([...words, '--out', 'lexical'], { cwd })).toMatchObject({ code: 0 })
    const lexical = decisions(join(cwd, 'lexical'))

    // A single command needs no model; of the others each is asked about once, in the order in which they were decided.
    const questions = lexical.filter(({ candidates }) => candidates.length > 1)
    server = await startModelServer(({ number, options }) => {
      const candidates = questions[number]?.candidates ?? []
      const tokens = options.map(({ label, command }) => ({
        token: label,
        logprob: candidates.find(({ action }) => action === command)?.logit ?? -99,
      }))
      return { type: 'tokens', tokens }
    })
    const env = { OPENAI_BASE_URL: server.baseURL }
    const { code } = await grue([...words, '--model', 'mirror', '--out', 'model'], { cwd, env })
    expect(code).toBe(0)
    expect(decisions(join(cwd, 'model')).map(({ chosen }) => chosen)).toEqual(lexical.map(({ chosen }) => chosen))
    expect(server.questions).toHaveLength(questions.length)
  })
})
