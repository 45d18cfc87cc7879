import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FileActionCache } from '../../games/action-cache.ts'
import type { Findings, StoryCache } from '../../games/story-cache.ts'
import { openEnvironment, type ZMachineEnvironment } from '../../games/z-machine-environment.ts'
import { describeWith, openShared, packagedStory } from './shared-stories.ts'

const TURNS = 40

/** What is found out about the story, once for all tests. */
const findings = new Map<string, Findings>()
const storyCache: StoryCache = {
  get: (sha256) => findings.get(sha256) ?? null,
  set: (sha256, found) => findings.set(sha256, found),
}
const open = () => openEnvironment(packagedStory('minizork.z3'), { cache: storyCache })

const search = (environment: ZMachineEnvironment) => environment.validActions().actions.map(({ command }) => command)

/** Random valid actions from the opening on, twice over, each list recalled and searched. */
function recallAndSearch(environment: ZMachineEnvironment) {
  const cache = new Map<string, readonly string[]>()
  const put = vi.spyOn(cache, 'set')
  const stale: string[] = []
  let hits = 0
  for (const seed of [1, 2]) {
    let time = environment.reset({ seed })
    for (let turn = 0; turn < TURNS && !time.terminated; turn++) {
      const before = cache.size
      const recalled = environment.recallActions(cache)
      if (cache.size === before) {
        hits++
        if (recalled.join() !== search(environment).join()) stale.push(`seed ${seed}, turn ${turn}`)
      }
      time = environment.step(recalled[(turn * 7) % recalled.length] ?? 'wait')
    }
  }
  return { hits, stale, written: put.mock.calls.flatMap(([, texts]) => texts) }
}

describe('recalled actions', () => {
  let environment: ZMachineEnvironment
  let cache: Map<string, readonly string[]>
  beforeEach(() => {
    environment = open()
    cache = new Map()
  })

  function recallAfter(...commands: string[]): { readonly recalled: readonly string[]; readonly searched: boolean } {
    environment.reset({ seed: 1 })
    for (const command of commands) environment.step(command)
    const put = vi.spyOn(cache, 'set')
    const recalled = environment.recallActions(cache)
    const searched = put.mock.calls.length > 0
    put.mockRestore()
    return { recalled, searched }
  }

  it('are those that a search finds, and leave the story as it was', () => {
    const before = environment.worldHash()
    expect(environment.recallActions(cache)).toEqual(search(environment))
    expect(environment.worldHash()).toBe(before)
    expect(environment.step('open mailbox').observation.text).toContain('leaflet')
  })

  it('are not searched again for what changed in another room, for time that passed, or for what was last spoken of', () => {
    const first = recallAfter('north')
    expect(first.searched).toBe(true)
    expect(recallAfter('north')).toEqual({ recalled: first.recalled, searched: false })
    expect(recallAfter('open mailbox', 'north', 'wait', 'examine windows').searched).toBe(false)
  })

  it('are not searched by one who shares a file with another that has been here meanwhile', () => {
    const folder = mkdtempSync(join(tmpdir(), 'grue-actions-'))
    try {
      const [one, other] = [new FileActionCache(folder, 'a'), new FileActionCache(folder, 'a')]
      // Each has been somewhere, one of them here already, in other circumstances.
      environment.step('open mailbox')
      environment.recallActions(other)
      environment.reset({ seed: 1 })
      const found = environment.recallActions(one)
      const put = vi.spyOn(other, 'set')
      expect(environment.recallActions(other)).toEqual(found)
      expect(put).not.toHaveBeenCalled()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('are searched again where something here has changed, or something is held', () => {
    recallAfter('wait')
    expect(recallAfter('open mailbox').searched).toBe(true)
    expect(recallAfter('open mailbox', 'take leaflet').searched).toBe(true)
    expect(recallAfter('wait').searched).toBe(false)
  })

  it('are known to another environment of the story that has the same cache', () => {
    recallAfter('north')
    const put = vi.spyOn(cache, 'set')
    const other = open()
    other.step('north')
    other.recallActions(cache)
    expect(put).not.toHaveBeenCalled()
  })

  it('are never stale along random turns', () => {
    const { hits, stale } = recallAndSearch(environment)
    expect(stale).toEqual([])
    expect(hits).toBeGreaterThan(0)
  })
})

describeWith(['zork1'], 'recalled actions of zork1', () => {
  it('are never stale along random turns, and each set of bits that they hang on is written once', () => {
    const { stale, written } = recallAndSearch(openShared('zork1'))
    expect(stale).toEqual([])
    const sets = written.filter((text) => text.includes(';'))
    expect(sets.length).toBeGreaterThan(0)
    expect(new Set(sets).size).toBe(sets.length)
  })
})
