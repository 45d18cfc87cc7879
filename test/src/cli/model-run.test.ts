import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { logSoftmax } from '../../../harness/softmax.ts'
import { everything, languageModel } from '../../harness/language-model.ts'
import { type Answer, type ModelServer, type Question, startModelServer } from '../../harness/model-server.ts'
import { grue, inFreshFolder } from './grue.ts'

vi.setConfig({ testTimeout: 180_000 })

const key = 'sk-planted-0123456789'
let server: ModelServer | undefined
afterEach(() => server?.close())

/** An opinion of every command, between -3 and 0, in no order. */
const opinion = (command: string) =>
  -3 * Math.abs(Math.sin([...command].reduce((sum, c) => sum * 7 + c.charCodeAt(0), 0)))

/** The environment in which a model with this opinion is to be had. */
async function serve(answer: (question: Question) => Answer = languageModel(opinion)) {
  server = await startModelServer(answer)
  return { OPENAI_BASE_URL: server.baseURL, OPENAI_API_KEY: key }
}

const decided = z.object({
  type: z.literal('decided'),
  decision: z.object({ candidates: z.array(z.object({ action: z.string(), logit: z.number() })) }),
})

/** The events of a recorded run, without the times of day. */
function events(directory: string): readonly string[] {
  const lines = readFileSync(join(directory, 'events.jsonl'), 'utf8').trim().split('\n')
  return lines.map((line) => line.replace(/^{"time":"[^"]*",/, '{'))
}

function everyFile(directory: string): string {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return names.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n')
}

const words = ['learn', 'tide', '--policy', 'static', '--episodes', '2', '--steps', '4', '--model', 'scripted']

describe('a run with a model', () => {
  it('is repeated from its cassette without network or key, event for event, and holds no key', async () => {
    await inFreshFolder(async (cwd) => {
      const env = await serve()
      const recorded = await grue([...words, '--cassette', 'tape', '--out', 'a'], { cwd, env })
      expect(recorded.code).toBe(0)
      const asked = server!.questions.length
      const replayed = await grue([...words, '--cassette', 'tape', '--out', 'b'], { cwd })
      expect(replayed).toMatchObject({ code: 0, stdout: recorded.stdout.replace(/a\n$/, 'b\n') })
      expect(events(join(cwd, 'b'))).toEqual(events(join(cwd, 'a')))
      expect(server!.questions).toHaveLength(asked)
      expect(server!.questions[0]!.headers.authorization).toBe(`Bearer ${key}`)
      expect(`${everyFile(cwd)}${recorded.stdout}${recorded.stderr}`).not.toContain(key)

      for (const line of events(join(cwd, 'a'))) {
        const parsed = decided.safeParse(JSON.parse(line))
        if (!parsed.success) continue
        const { candidates } = parsed.data.decision
        const expected = logSoftmax(candidates.map(({ action }) => opinion(action)))
        for (const [index, { logit }] of candidates.entries()) expect(logit).toBeCloseTo(expected[index]!, 9)
      }
    })
  })

  it('without the rung that is asked for does not start, and says why', async () => {
    await inFreshFolder(async (cwd) => {
      const env = await serve(languageModel(opinion, { ...everything, topLogprobs: false }))
      const forced = await grue([...words, '--rung', 'labels', '--out', 'b'], { cwd, env })
      expect(forced).toMatchObject({ code: 1, stdout: '' })
      expect(forced.stderr).toMatch(/single-token labels \(top_logprobs\): gave no log-probabilities. Leave out --rung/)
    })
  })

  it('stops at a limit, and with a higher one goes on without paying twice', async () => {
    await inFreshFolder(async (cwd) => {
      const env = await serve()
      writeFileSync(join(cwd, 'prices.json'), '{"scripted": {"input": 1, "output": 10}}')
      const limited = [...words, '--prices', 'prices.json', '--out', 'a']
      const stopped = await grue([...limited, '--max-calls', '7'], { cwd, env })
      expect(stopped.code).toBe(1)
      expect(stopped.stderr).toMatch(/The limit --max-calls 7 is reached \(7 calls, 707 tokens, \$0\.0008 so far\)/)
      expect(await grue([...limited, '--max-calls', '99'], { cwd, env })).toMatchObject({ code: 0 })
      const prompts = server!.questions.map(({ body }) => JSON.stringify(body))
      expect(new Set(prompts).size).toBe(prompts.length)
    })
  })
})
