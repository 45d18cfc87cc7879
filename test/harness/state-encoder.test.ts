import { describe, expect, it } from 'vitest'
import type { Observation } from '../../games/index.ts'
import { commandsIn, encodeState, roomOf } from '../../harness/state-encoder.ts'

const attic: Observation = {
  text: 'This is the attic.',
  location: 'Attic',
  inventory: ['sword', 'brass lantern (providing light)'],
  score: 5,
  maxScore: 350,
  moves: 12,
  input: 'line',
}
const moment = {
  observation: attic,
  validActions: ['down', 'take rope'],
  commands: ['open window', 'w', 'get lamp', 'go up'],
}

describe('an encoded state', () => {
  it('is summarised as [location][inventory][last three verbs]', () => {
    expect(encodeState(moment).summary).toBe('[Attic][brass lantern (providing light), sword][west, take, up]')
  })

  it('has tokens tagged with their part, so that no verb equals a thing', () => {
    expect(encodeState({ ...moment, commands: ['light sword', 'sword'] }).tokens).toEqual([
      'at:attic',
      ...['has:brass', 'has:lantern', 'has:providing', 'has:light', 'has:sword'],
      ...['did:light', 'did:sword'],
    ])
  })

  it('has the things held and the valid commands as tokens, each whole, by the encoder "situation"', () => {
    const { tokens } = encodeState(moment, 'situation')
    expect(tokens).toEqual([
      'at:attic',
      'has:brass lantern (providing light)',
      'has:sword',
      'can:down',
      'can:take rope',
    ])
    expect(commandsIn(tokens)).toEqual(['down', 'take rope'])
  })

  it('has a situation of room, inventory, score and valid commands', () => {
    const { situation } = encodeState(moment)
    expect(situation).toMatch(/^Attic \| brass lantern \(providing light\), sword \| 5 \| [0-9a-f]{8}$/)
    expect(roomOf(situation)).toBe('Attic')
  })

  it.each([
    ['commands of the past', { commands: ['dance'] }],
    ['order of the inventory', { observation: { ...attic, inventory: attic.inventory.toReversed() } }],
    ['order of the valid commands', { validActions: ['take rope', 'down'] }],
    ['text', { observation: { ...attic, text: 'Attic.' } }],
    ['moves', { observation: { ...attic, moves: 13 } }],
  ])('is the same situation whatever the %s', (_what, change) => {
    expect(encodeState({ ...moment, ...change }).situation).toBe(encodeState(moment).situation)
  })

  it.each([
    ['room', { observation: { ...attic, location: 'Cellar' } }],
    ['inventory', { observation: { ...attic, inventory: ['sword'] } }],
    ['score', { observation: { ...attic, score: 6 } }],
    ['valid commands', { validActions: ['down'] }],
  ])('is another situation in another %s', (_what, change) => {
    expect(encodeState({ ...moment, ...change }).situation).not.toBe(encodeState(moment).situation)
  })

  it('does not tell the time: clocks and counters are masked', () => {
    const at = (time: string) =>
      encodeState({
        ...moment,
        observation: { ...attic, location: `Bridge, deck ${time.length}`, inventory: [`watch (${time})`] },
      })
    expect(at('9:45:10')).toEqual(at('12.46'))
    expect(at('9:45').summary).toContain('[watch (#)]')
  })

  it("keeps its shape when names contain the encoding's own signs", () => {
    const odd = { ...attic, location: 'A [dark] | place', inventory: ['key]'] }
    const { summary, situation } = encodeState({ ...moment, observation: odd, commands: [] })
    expect(summary).toBe('[A dark place][key][]')
    expect(roomOf(situation)).toBe('A dark place')
  })

  it('bears a story without location, score and inventory', () => {
    const bare = { ...attic, location: null, score: null, inventory: [] }
    expect(encodeState({ observation: bare, validActions: [], commands: [] })).toMatchObject({
      summary: '[unknown][][]',
      tokens: ['at:unknown'],
    })
  })
})
