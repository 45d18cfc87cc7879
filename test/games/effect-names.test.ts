import { describe, expect, it } from 'vitest'
import { nameOf } from '../../games/effect-names.ts'

describe('the name of an effect', () => {
  const named = (changed: readonly string[], terminated: boolean) => {
    const effect = { reward: 0, terminated, changed, moved: [], opened: [], lit: [] }
    const drop = { command: 'drop sceptre', filled: ['sceptre'], effect }
    const attack = { command: 'attack boat with sceptre', filled: ['boat', 'sceptre'], effect }
    return nameOf([drop, attack]).command
  }

  it('speaks of what is changed, were it not the plainest', () => {
    expect(named(['magic boat'], false)).toBe('attack boat with sceptre')
  })

  it('is the plainest where the story ends: what dying strews is not what the command is about', () => {
    expect(named(['magic boat'], true)).toBe('drop sceptre')
    expect(named(['magic boat', 'sceptre'], true)).toBe('drop sceptre')
  })
})
