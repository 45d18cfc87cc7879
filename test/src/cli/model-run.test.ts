import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { logSoftmax } from '../../../harness/softmax.ts'
import { everything, languageModel } from '../../harness/language-model.ts'
import { type Answer, type ModelServer, type Question, startModelServer } from '../../harness/model-server.ts'
import { opinion } from '../../harness/served-model.ts'
import { type Circumstances, grue, inFreshFolder } from './grue.ts'

vi.setConfig({ testTimeout: 180_000 })

const key = 'sk-planted-0123456789'
let server: ModelServer | undefined
afterEach(() => server?.close())

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

it('stops at a limit, goes on with a higher one, and is repeated from its cassette without network or key', async () => {
  await inFreshFolder(async (cwd) => {
    const env = await serve()
    writeFileSync(join(cwd, 'prices.json'), '{"scripted": {"input": 1, "output": 10}}')
    const words =
      'learn tide --policy static --episodes 1 --steps 3 --model scripted --cassette tape --prices prices.json'
    const run = (out: string, more: string, env: Record<string, string>) =>
      grue([...`${words} --out ${out}${more}`.split(' ')], { cwd, env })
    const stopped = await run('a', ' --max-calls 5', env)
    expect(stopped.code).toBe(1)
    expect(stopped.stderr).toMatch(/The limit --max-calls 5 is reached \(5 calls, 505 tokens, \$0\.0006 so far\)/)
    const recorded = await run('a', ' --max-calls 99', env)
    expect(recorded.code).toBe(0)
    // Two of the probe and two a turn: what the first start has asked is not billed again.
    expect(stopped.stderr).toContain('Model: 5 calls, 505 tokens, $0.0006\n')
    expect(recorded.stderr).toContain('Model: 3 calls, 303 tokens, $0.0003; answers kept from before: 5\n')
    const asked = server!.questions.map(({ body }) => JSON.stringify(body))
    expect(new Set(asked).size).toBe(asked.length)

    const repeated = await run('b', '', {})
    expect(repeated).toMatchObject({ code: 0, stdout: recorded.stdout.replace(/a\n$/, 'b\n') })
    expect(repeated.stderr).toContain('Model: not asked; answers kept from before: 8\n')
    expect(events(join(cwd, 'b'))).toEqual(events(join(cwd, 'a')))
    expect(server!.questions).toHaveLength(asked.length)
    expect(server!.questions[0]!.headers.authorization).toBe(`Bearer ${key}`)
    expect(`${everyFile(cwd)}${recorded.stdout}${recorded.stderr}${stopped.stderr}`).not.toContain(key)

    for (const line of events(join(cwd, 'a'))) {
      const parsed = decided.safeParse(JSON.parse(line))
      if (!parsed.success) continue
      const { candidates } = parsed.data.decision
      const expected = logSoftmax(candidates.map(({ action }) => opinion(action)))
      for (const [index, { logit }] of candidates.entries()) expect(logit).toBeCloseTo(expected[index]!, 9)
    }
  })
})

it('goes on when a server is well again that gave nothing readable for five turns', async () => {
  await inFreshFolder(async (cwd) => {
    let well = false
    // Well for the probe and the first turn.
    const env = await serve((question) =>
      well || question.number < 4
        ? languageModel(opinion)(question)
        : { type: 'json', status: 200, body: { error: { message: 'upstream is busy' } } },
    )
    const words = 'learn tide --policy static --episodes 1 --steps 8 --model scripted --cassette tape --out'
    const run = (out: string, env: Record<string, string>) => grue([...words.split(' '), out], { cwd, env })
    for (let attempt = 1; attempt <= 2; attempt++) {
      const { code, stderr } = await run('a', env)
      expect(code).toBe(1)
      expect(stderr).toContain('gave nothing of use 5 turns in a row: at last it gave no completion.')
    }
    well = true
    expect(await run('a', env)).toMatchObject({ code: 0 })
    expect(await run('b', {})).toMatchObject({ code: 0 })
    expect(events(join(cwd, 'b'))).toEqual(events(join(cwd, 'a')))
  })
})

it('shows what a comparison cost on its page, however little', async () => {
  await inFreshFolder(async (cwd) => {
    const env = await serve()
    writeFileSync(join(cwd, 'prices.json'), '{"scripted": {"input": 1, "output": 10}}')
    const words =
      'compare tide --policies static --seeds 1 --episodes 1 --steps 3 --model scripted --prices prices.json'
    expect(await grue([...words.split(' '), '--out', 'c'], { cwd, env })).toMatchObject({ code: 0 })
    // Two calls of the probe and two a turn, of 100 tokens in and 1 out: 8 x (100 x 1 + 1 x 10) millionths of a dollar.
    expect(readFileSync(join(cwd, 'c', 'report.html'), 'utf8')).toContain('<td class="number">0.0009</td>')
  })
})

it('lets the model propose candidates and judge the steps, says so, and what could not be used', async () => {
  await inFreshFolder(async (cwd) => {
    // Of the three steps it judges the first, and in the second opinion none.
    const opinions = ['1: 0.5', 'I enjoyed it.', '1: 0.25']
    let asked = 0
    const env = await serve(languageModel(opinion, everything, () => opinions[asked++ % 3]!))
    const words = 'learn tide --policy jitrl:paper --reward evaluator --episodes 1 --steps 3 --model scripted --out a'
    const { code, stdout, stderr } = await grue(words.split(' '), { cwd, env })
    expect(code).toBe(0)
    expect(stdout).toContain('otherwise than its preset: reward evaluator (preset: score), episodes 1 (preset: 50)')
    expect(stderr).toMatch(/answers of no use: 1 no numbers; steps without a number of the evaluator: 2 of 3/)
    const log = events(join(cwd, 'a')).map((line) => JSON.parse(line))
    const steps = log.filter(({ type }) => type === 'stepped').map(({ reward }) => reward)
    // The median of .5 and .25, where the game gave nothing.
    expect(log.find(({ type }) => type === 'rewarded')).toMatchObject({
      rewards: [steps[0] === 0 ? 0.375 : steps[0], steps[1], steps[2]],
      unrated: 2,
    })
    const sources = log.flatMap(({ type, decision }) =>
      type === 'decided' ? decision.candidates.map(({ source }: { source: string }) => source) : [],
    )
    expect(new Set(sources)).toEqual(new Set(['model']))
  })
})

it('stops at the first Ctrl-C while the server stalls, at the probe or later, and goes on from there', async () => {
  await inFreshFolder(async (cwd) => {
    let stallsAt = Infinity
    let interrupt = () => {}
    const env = await serve((question) => {
      if (question.number < stallsAt) return languageModel(opinion)(question)
      setTimeout(interrupt, 50)
      return { type: 'stall' }
    })
    const play = (out: string, onStart: Circumstances['onStart'] = () => {}) =>
      grue(`learn tide --policy static --episodes 1 --steps 3 --model scripted --out ${out}`.split(' '), {
        cwd,
        env,
        onStart,
      })
    const whole = await play('whole')
    // The probe asks twice.
    for (const answers of [0, 3]) {
      const out = `half-${answers}`
      stallsAt = server!.questions.length + answers
      let signalled = 0
      const half = await play(out, (kill) => {
        interrupt = () => {
          signalled = performance.now()
          kill('SIGINT')
        }
      })
      expect(half).toMatchObject({ code: 130, stdout: '' })
      expect(half.stderr).toContain('Stopped after 0 of 1 episodes. Resume with: grue learn tide')
      expect(performance.now() - signalled).toBeLessThan(1000)
      stallsAt = Infinity
      expect(await play(out)).toMatchObject({ code: 0, stdout: whole.stdout.replace('whole', out) })
      expect(events(join(cwd, out))).toEqual(events(join(cwd, 'whole')))
    }
  })
})
