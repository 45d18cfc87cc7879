import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noLimits, presets, type RunEvent } from '../../harness/index.ts'
import { cellFile, readCell } from '../../src/cells/cell.ts'
import { lockFolder } from '../../src/folder-lock.ts'
import { Person } from '../../src/person.ts'
import { type RunRequest, startRun } from '../../src/run.ts'
import { languageModel } from '../harness/language-model.ts'
import { httpError, startModelServer } from '../harness/model-server.ts'
import { opinion } from '../harness/served-model.ts'
import { ToyEnvironment } from '../harness/toy-environment.ts'
import { playToy, toyRequest } from './toy-request.ts'

let directory: string
beforeEach(() => {
  vi.stubEnv('GRUE_ACTION_CACHE', '')
  directory = mkdtempSync(join(tmpdir(), 'grue-run-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

describe('a run', () => {
  it('leaves the description that it can be played from elsewhere', async () => {
    const { command: _, ...request } = toyRequest(join(directory, 'a'))
    const { out, ...description } = request
    await playToy(toyRequest(out), ({ type }) => type === 'decided')
    expect(JSON.parse(readFileSync(join(out, cellFile), 'utf8'))).toEqual(description)
    expect(readCell(join(out, cellFile))).toEqual(description)
  })

  it('asks a model nothing while somebody else plays in its folder, and leaves that when the model will not do', async () => {
    const server = await startModelServer(() => httpError(404, 'not found'))
    vi.stubEnv('OPENAI_BASE_URL', server.baseURL)
    const out = join(directory, 'a')
    const request = toyRequest(out, {
      model: {
        model: 'm',
        rung: null,
        decode: 'client',
        limits: noLimits,
        prices: null,
        cassette: join(out, 'answers'),
      },
    })
    mkdirSync(out)
    const unlock = lockFolder(out)
    await expect(playToy(request)).rejects.toThrow(/is being played already/)
    expect(server.questions).toHaveLength(0)
    unlock()
    await expect(playToy(request)).rejects.toThrow(/no model m/)
    lockFolder(out)()
    await server.close()
  })

  it('keeps its answers in a file of its own, so that its log is the same whoever played with that cassette before', async () => {
    const server = await startModelServer(languageModel(opinion))
    vi.stubEnv('OPENAI_BASE_URL', server.baseURL)
    const model = { model: 'm', rung: null, decode: 'client', limits: noLimits, prices: null } as const
    const play = (name: string, cassette: string, changes: Partial<RunRequest> = {}) =>
      playToy(
        toyRequest(join(directory, name), {
          ...{ policy: 'static', episodes: 2, model: { ...model, cassette: join(directory, cassette) } },
          ...changes,
        }),
      )
    await play('alone', 'fresh')
    // Longer than a file's name can be.
    const parameters = Object.fromEntries(Object.entries(presets.grue).filter(([, value]) => typeof value === 'number'))
    const others = [
      { temperature: 2 },
      { stepLimit: 5 },
      { gameSeed: { type: 'story' } },
      { policy: 'jitrl', parameters },
    ] as const
    for (const [index, changes] of others.entries()) await play(`other-${index}`, 'shared', changes)
    await play('after', 'shared')
    expect(log('after')).toEqual(log('alone'))
    expect(readdirSync(join(directory, 'shared'))).toHaveLength(others.length + 1)

    vi.stubEnv('OPENAI_BASE_URL', '')
    await play('again', 'shared', {
      model: { ...model, limits: { ...noLimits, calls: 999 }, cassette: join(directory, 'shared') },
    })
    expect(log('again')).toEqual(log('alone'))
    expect(readdirSync(join(directory, 'shared'))).toHaveLength(others.length + 1)
    await server.close()
  })

  it('goes on with the policy that a person has put in charge, when it is taken up again', async () => {
    const change = { type: 'policy', policy: 'static', parameters: {} } as const
    const whole = await played('whole')
    expect(whole.filter(({ type }) => type === 'intervened')).toEqual([
      {
        type: 'intervened',
        episode: 1,
        turn: 1,
        doing: { type: 'policy', policy: { name: 'static', parameters: {} } },
      },
    ])
    const decisions = (events: readonly RunEvent[]) => events.filter(({ type }) => type === 'decided')
    const untouched = await playToy(toyRequest(join(directory, 'untouched')))
    expect(decisions(whole)).not.toEqual(decisions(untouched))

    for (const isLast of [
      ({ type, ...at }: RunEvent) => type === 'observed' && 'turn' in at && at.turn === 1,
      ({ type, ...at }: RunEvent) => type === 'observed' && 'episode' in at && at.episode === 2,
    ]) {
      const out = `broken-${whole.findIndex(isLast)}`
      await played(out, isLast)
      await playToy(toyRequest(join(directory, out)))
      expect(log(out)).toEqual(log('whole'))
    }

    /** The policy is changed before the first turn. */
    async function played(name: string, isLast: (event: RunEvent) => boolean = () => false) {
      const person = new Person()
      const events: RunEvent[] = []
      for await (const event of startRun(toyRequest(join(directory, name)), {
        environment: new ToyEnvironment(),
        person,
      })) {
        events.push(event)
        if (event.type === 'observed' && event.episode === 1 && event.turn === 0) person.does(change)
        if (isLast(event)) break
      }
      return events
    }
  })
})

/** Without the times. */
function log(name: string): readonly string[] {
  const lines = readFileSync(join(directory, name, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => line.replace(/"time":"[^"]*",/, ''))
}
