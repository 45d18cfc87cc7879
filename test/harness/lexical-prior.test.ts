import { describe, expect, it } from 'vitest'
import type { PastTurn, View } from '../../harness/contracts.ts'
import { lexicalFeatures, verbWeights } from '../../harness/lexical-features.ts'
import { LexicalPrior, lexicalContext } from '../../harness/lexical-prior.ts'
import { viewOf } from './toy-run.ts'

describe('the lexical prior', () => {
  it('gives log-probabilities that sum to 1', async () => {
    const { logProbabilities, calls } = await new LexicalPrior().score(
      viewOf({ validActions: ['north', 'sing', 'take egg'] }),
    )
    expect(logProbabilities.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 12)
    expect(calls).toEqual([])
  })

  it('weighs verbs by the table: opening at 0.8 against dropping at -0.9 is e^1.7', async () => {
    expect(await odds(viewOf({ text: 'Nothing.', validActions: ['open box', 'drop box'] }))).toBeCloseTo(
      Math.exp(1.7),
      9,
    )
  })

  it('adds what the moment says: an untried way that the text mentions has 0.8 + 0.6 + 0.3, waiting -0.9', async () => {
    expect(await odds(viewOf({ text: 'A path leads north.', validActions: ['north', 'wait'] }))).toBeCloseTo(
      Math.exp(2.6),
      9,
    )
  })

  it('has the same table for every order of the commands', async () => {
    const prior = new LexicalPrior()
    const commands = ['drop lamp', 'north', 'open door', 'take lamp']
    const there = await prior.score(viewOf({ validActions: commands }))
    const back = await prior.score(viewOf({ validActions: commands.toReversed() }))
    for (const [index, value] of back.logProbabilities.toReversed().entries()) {
      expect(value).toBeCloseTo(there.logProbabilities[index]!, 12)
    }
  })

  it('says why each weight is there', () => {
    for (const { reason } of [...verbWeights, ...lexicalFeatures]) expect(reason).not.toBe('')
    expect(new Set(lexicalFeatures.map(({ name }) => name)).size).toBe(lexicalFeatures.length)
  })

  it.each<[string, string, string, Partial<View> & { text?: string }]>([
    ['a way on rather than the way back', 'north', 'south', { history: [past('n', 'Porch')] }],
    [
      'a way not taken here rather than one that was',
      'east',
      'west',
      { history: [past('w'), past('e', 'Study'), past('wait')] },
    ],
    ['anything rather than undoing', 'push desk', 'close desk', { history: [past('open desk')] }],
    [
      'something new rather than what was done here',
      'push desk',
      'move rug',
      { history: [past('move rug'), past('wait')] },
    ],
    ['a thing that the text mentions', 'move rug', 'move desk', { text: 'There is a rug.' }],
    [
      'a thing that the text mentions for the first time',
      'move rug',
      'move desk',
      { text: 'A rug, a desk.', history: [past('wait', 'Room', 'A desk.'), past('wait', 'Room', 'A rug, a desk.')] },
    ],
    ['what the text suggests in quotation marks', 'wave wand', 'wave hand', { text: 'It reads: "Wave wand."' }],
    ['what the text suggests in capitals', 'say xyzzy', 'say plugh', { text: 'Try to SAY XYZZY here.' }],
    ['to fight with a thing in hand', 'attack ogre with sword', 'give lamp to ogre', {}],
    ['a gift to a fight with bare hands', 'give lamp to ogre', 'attack fat ogre', {}],
    ['light in the dark', 'light lamp', 'open box', { text: 'It is pitch black.' }],
    ['the way back out of the dark', 'up', 'east', { text: 'It is pitch dark.', history: [past('down', 'Hall')] }],
  ])('prefers %s: %j to %j', async (_why, better, worse, changes) => {
    expect(await odds(viewOf({ ...changes, validActions: [better, worse] }))).toBeGreaterThan(1)
  })

  it('looks at this room only when it counts what was tried', () => {
    const context = lexicalContext(
      viewOf({ history: [past('north', 'Elsewhere'), past('North'), past('wait'), past('wait')] }),
    )
    expect([...context.triedHere]).toEqual([
      ['north', 1],
      ['wait', 2],
    ])
  })
})

function past(command: string, location = 'Room', text = 'Done.'): PastTurn {
  return { command, text, location, place: location, reward: 0 }
}

/** Of the first command against the second. */
async function odds(view: View): Promise<number> {
  const { logProbabilities } = await new LexicalPrior().score(view)
  return Math.exp(logProbabilities[0]! - logProbabilities[1]!)
}
