import { describe, expect, it } from 'vitest'
import type { Observation } from '../../games/index.ts'
import {
  commandsIn,
  type EncoderName,
  encoderNames,
  encodersOf,
  encodeState,
  encodingOf,
  roomOf,
} from '../../harness/state-encoder.ts'

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
    const { tokens } = encodeState(moment, { encoder: 'situation', withCommands: false })
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

  it('tells rooms of one name apart by their object numbers', () => {
    const { situation, summary } = encodeState({ ...moment, standing: { locationId: 93, isDark: false } })
    expect(roomOf(situation)).toBe('Attic #93')
    const inTheDark = encodeState({ ...moment, standing: { locationId: 93, isDark: true } })
    expect(roomOf(inTheDark.situation)).toBe('Attic #93 in the dark')
    expect(summary).toMatch(/^\[Attic\]/)
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

describe('the tokens of an encoder', () => {
  const tokens = (encoder: EncoderName, changes: object = {}) =>
    encodeState({ ...moment, worldHash: 'ab12', ...changes }, { encoder, withCommands: false }).tokens

  it.each(encoderNames)('%s: keeps the summary of the state, whatever they are', (encoder) => {
    const { summary } = encodeState({ ...moment, worldHash: 'ab12' }, { encoder, withCommands: false })
    expect(summary).toBe(encodeState(moment).summary)
  })

  it('summary+objects: what the valid commands are about and nobody holds', () => {
    const validActions = ['down', 'drop sword', 'put sword on table', 'take rope', 'tie rope to railing']
    expect(tokens('summary+objects', { validActions })).toEqual([
      ...encodeState({ ...moment, validActions }).tokens,
      ...['sees:table', 'sees:rope', 'sees:railing'],
    ])
  })

  it('text: words and pairs of words of what was said, those with punctuation attached among them', () => {
    const text = (said: string) => tokens('text', { observation: { ...attic, text: said } })
    expect(text('There is a leaflet.')).toEqual([
      ...['says:there', 'says:is', 'says:a', 'says:leaflet'],
      ...['says:there is', 'says:is a', 'says:a leaflet'],
    ])
    expect(text('There is a leaflet.')).not.toEqual(text('There is a egg.'))
  })

  it.each([
    ['It is 9:05 pm.', 'It is 11:47 am.'],
    ['You have three matches left.', 'You have 2 matches left.'],
    ['The twenty-first bell rings.', 'The 3rd bell rings.'],
  ])('text, history+text: cannot tell "%s" from "%s"', (one, other) => {
    for (const encoder of ['text', 'history+text'] as const) {
      const of = (text: string) => tokens(encoder, { observation: { ...attic, text } })
      expect(of(one)).toEqual(of(other))
    }
  })

  it('history+text: the words of every command, and room, things held and text as a multiset of runs of four', () => {
    const observation = { ...attic, location: 'Attic', inventory: [], text: 'so it is. So it is. So it is.' }
    expect(
      tokens('history+text', { observation, commands: ['open window', 'w', 'get lamp', 'go up', 'open door'] }),
    ).toEqual([
      ...['did:open', 'did:window', 'did:w', 'did:get', 'did:lamp', 'did:go', 'did:up', 'did:door'],
      ...['is:attic so it is', 'is:so it is so', 'is:it is so it', 'is:is so it is'],
      ...['is:so it is so\u00001', 'is:it is so it\u00001', 'is:is so it is\u00001'],
    ])
  })

  it('world: the hash of the world, which is in the situation as well', () => {
    const { situation, ...state } = encodeState(
      { ...moment, worldHash: 'ab12' },
      { encoder: 'world', withCommands: false },
    )
    expect(state.tokens).toEqual(['world:ab12'])
    expect(situation).toBe('Attic | brass lantern (providing light), sword | 5 | ab12')
  })

  it('have the valid commands among them in any case where a graph needs them', () => {
    for (const encoder of encoderNames) {
      const state = encodeState({ ...moment, worldHash: 'ab12' }, { encoder, withCommands: true })
      expect(commandsIn(state.tokens)).toEqual(moment.validActions)
    }
  })

  it.each(encoderNames)('%s: tell by their tags which it was', (encoder) => {
    const validActions = ['down', 'take rope']
    const withVerbs = encodeState({ ...moment, validActions, worldHash: 'ab12' }, { encoder, withCommands: false })
    expect(encodersOf(withVerbs.tokens)).toEqual([encoder])
  })

  it('are those that a policy names in its parameters', () => {
    expect(encodingOf({ name: 'jitrl', parameters: { encoder: 'text', estimator: 'knn' } })).toEqual({
      encoder: 'text',
      withCommands: false,
    })
    expect(encodingOf({ name: 'mine', parameters: { encoder: 7 } }).encoder).toBe('summary')
  })
})
