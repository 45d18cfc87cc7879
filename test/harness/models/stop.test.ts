import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AnswerTape } from '../../../harness/models/answer-tape.ts'
import { ModelClient } from '../../../harness/models/model-client.ts'
import { modelServer } from '../../../harness/models/model-server.ts'
import { probeRungs } from '../../../harness/models/probe.ts'
import { noLimits, Spending } from '../../../harness/models/spending.ts'
import { type Answer, letters, type ModelServer, startModelServer } from '../model-server.ts'

const busy: Answer = { type: 'json', status: 429, body: {}, headers: { 'retry-after': '30' } }
const question = { path: '/chat/completions', body: { messages: [] }, place: '1.1' } as const

let folder: string
let answer: Answer | null
let asked: () => void
let server: ModelServer
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grue-stop-'))
  server = await startModelServer((question) => {
    // Only then is it being waited for.
    setTimeout(asked, 50)
    return answer ?? letters(() => 0)(question)
  })
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
})

function clientUntil(signal: AbortSignal): ModelClient {
  const address = modelServer({ model: 'm', baseURL: server.baseURL })
  return new ModelClient('m', address, AnswerTape.open(folder, 'run'), new Spending(noLimits, null), { signal })
}

it.each<[string, Answer]>([
  ['sends nothing', { type: 'stall' }],
  ['stops midway', { type: 'stall-midway' }],
  ['wants to be left alone for a while', busy],
])('a server that %s keeps nobody who wants to stop', async (_, fault) => {
  for (const ask of [
    (client: ModelClient) => client.ask(question),
    (client: ModelClient) => probeRungs(client, null),
  ]) {
    const stop = new AbortController()
    answer = fault
    const failed = ask(clientUntil(stop.signal)).catch((error: unknown) => error)
    await new Promise<void>((resolve) => {
      asked = resolve
    })
    const start = performance.now()
    stop.abort()
    expect(await failed).toBe(stop.signal.reason)
    expect(performance.now() - start).toBeLessThan(500)
    expect(existsSync(join(folder, 'run.jsonl'))).toBe(false)
  }
  answer = null
  expect(await clientUntil(new AbortController().signal).ask(question)).toMatchObject({ cached: false })
})

it('who has stopped asks nothing more', async () => {
  answer = null
  await expect(clientUntil(AbortSignal.abort()).ask(question)).rejects.toThrow(/aborted/)
  expect(server.questions).toHaveLength(0)
})
